// Bytes: what the popup and the worker load, beside the libraries that they are told to use, and the packed whole.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { archive, filesIn } from '../tools/archive.ts';
import { neededByPage, sizeOf, wholePopup, worker } from '../tools/sizes.ts';

/** Preact with hooks and the polyfill, bundled alone and compressed with brotli. Bytes. */
async function librariesAlone(): Promise<number> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      lib: { entry: 'tests/bench/libraries-entry.ts', formats: ['iife'], name: 'all', fileName: 'libraries' },
    },
  });
  const size = await sizeOf(outDir, ['libraries.iife.js']);
  rmSync(outDir, { recursive: true });
  return size;
}

/** Name, bytes, and the ratio to the libraries alone where that says something. */
export async function measureSizes(): Promise<[name: string, bytes: number, ratio?: number][]> {
  const root = 'dist/chrome';
  const floor = await librariesAlone();
  const first = await sizeOf(root, neededByPage(root, 'src/popup/index.html'));
  const whole = await sizeOf(root, wholePopup(root));
  const background = await sizeOf(root, worker(root));
  return [
    ['preact and polyfill alone, brotli (floor)', floor, 1],
    ['popup before its first frame, brotli', first, first / floor],
    ['whole popup without the large chart, brotli', whole, whole / floor],
    ['worker, brotli', background, background / floor],
    ['packed extension', archive(filesIn(root)).length],
  ];
}
