// A checkout with git's setting for Windows, core.autocrlf, has the line endings of every other checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test.skipIf(!existsSync('.git'))('core.autocrlf changes no line ending', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' });
  try {
    const cloned = git('clone', '--quiet', '--depth=1', '--config', 'core.autocrlf=true', '.', folder);
    expect(cloned.status, cloned.stderr).toBe(0);
    const files = git('-C', folder, 'ls-files', '--eol').stdout.trimEnd().split('\n');
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((line) => /w\/(crlf|mixed)/.test(line))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
