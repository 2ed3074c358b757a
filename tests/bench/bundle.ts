// A script of the bench's own, bundled with what it imports.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Bundles a script of this folder into one file, and hands over the folder and the file's name while it is there. */
export async function bundled<T>(
  entry: string,
  use: (folder: string, file: string) => T | Promise<T>,
): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir,
        emptyOutDir: true,
        lib: { entry: join('tests/bench', entry), formats: ['iife'], name: 'bench', fileName: 'bundle' },
      },
    });
    return await use(outDir, 'bundle.iife.js');
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
