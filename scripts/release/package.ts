// `npm run zip`: what a release is made of, from the builds in dist/ into release/. The same bytes wherever and whenever it is
// made. Firefox's file of updates is not among them: signing adds it (sign.js), so that nothing unsigned is offered as an update.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pkg from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { archive, type Files, filesIn } from './archive.ts';
import { bill, shippedPackages } from './bill.ts';
import { sumLine } from './release-files.js';

/** Not part of the source: what is made from it, and what is fetched. */
const MADE = /^(node_modules|dist|release|pictures|\.git)\//;

/** The project's own files. Out of git where there is one; an unpacked source zip has only those. */
export function sourceFiles(): Files {
  if (!existsSync('.git')) {
    return Object.fromEntries(Object.entries(filesHere('')).filter(([name]) => !MADE.test(name)));
  }
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error('git ls-files failed');
  const names = stdout.split('\0').filter((name) => name && existsSync(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(name)]));
}

function filesHere(folder: string): Files {
  const found: Files = {};
  for (const entry of readdirSync(join('.', folder), { withFileTypes: true })) {
    const name = folder + entry.name;
    if (entry.isFile()) found[name] = readFileSync(name);
    else if (entry.isDirectory() && !MADE.test(`${name}/`)) Object.assign(found, filesHere(`${name}/`));
  }
  return found;
}

/** The files of a release by their names. The two builds have to be in dist/. */
export function release(): Record<string, Uint8Array> {
  const name = `${pkg.name}-${pkg.version}`;
  const files: Record<string, Uint8Array> = {
    [`${name}-chromium.zip`]: archive(filesIn('dist/chrome')),
    [`${name}-firefox.zip`]: archive(filesIn('dist/firefox')),
    [`${name}-source.zip`]: archive(sourceFiles()),
    [`${name}.cdx.json`]: Buffer.from(bill(lock, shippedPackages())),
  };
  const sums = Object.entries(files).map(([name, bytes]) => sumLine(name, bytes));
  return { ...files, SHA256SUMS: Buffer.from(sums.join('')) };
}

if (process.argv[1]?.endsWith('package.ts')) {
  const files = release();
  rmSync('release', { recursive: true, force: true });
  mkdirSync('release');
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join('release', name), bytes);
    process.stdout.write(`${String(bytes.length).padStart(9)}  release/${name}\n`);
  }
  process.stdout.write(`\n${Buffer.from(files.SHA256SUMS ?? []).toString()}`);
}
