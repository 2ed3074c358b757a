/** @module-tag slow */
// The release, built from the unpacked source zip in other folders, time zones and languages: the same bytes each time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };
import { archive, filesIn } from '../../../scripts/release/archive.ts';
import { sourceFiles } from '../../../scripts/release/package.ts';
import { needsShell, toolScript } from '../../../scripts/setup.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The source zip of this checkout, unpacked somewhere else, and the release made there. */
function releaseFrom(source: Uint8Array, env: Record<string, string>): Record<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(unzipSync(source))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'package'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    shell: needsShell('npm'),
  });
  expect(status, stdout + stderr).toBe(0);
  const made = join(folder, 'release');
  return Object.fromEntries(readdirSync(made).map((name) => [name, readFileSync(join(made, name))]));
}

describe('npm run package', { timeout: 180_000 }, () => {
  const source = archive(sourceFiles());
  let first: Record<string, Buffer>;
  let second: Record<string, Buffer>;
  beforeAll(() => {
    first = releaseFrom(source, { TZ: 'UTC', NODE_ENV: 'development' });
    second = releaseFrom(source, { TZ: 'Pacific/Auckland', LANG: 'es_ES.UTF-8', NODE_ENV: 'test' });
  }, 180_000);
  const name = `${pkg.name}-${pkg.version}`;

  test('creates these files', () => {
    expect(Object.keys(first).sort()).toEqual(
      [
        `${name}-chromium.zip`,
        `${name}-firefox.zip`,
        `${name}-source.zip`,
        `${name}.cdx.json`,
        'SHA256SUMS',
      ].sort(),
    );
  });

  test('creates the same bytes in another folder, time zone and language', () => {
    for (const [file, bytes] of Object.entries(first)) expect(second[file]?.equals(bytes), file).toBe(true);
  });

  test('the checksums match the files', () => {
    const sums = first.SHA256SUMS?.toString().trimEnd().split('\n') ?? [];
    expect(sums).toHaveLength(4);
    for (const line of sums) {
      const [sum, file = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(first[file] ?? '')
          .digest('hex'),
      ).toBe(sum);
    }
  });

  test('contains the builds in dist/, which the browser tests test', () => {
    for (const [target, zip] of Object.entries({ chrome: 'chromium', firefox: 'firefox' })) {
      expect(first[`${name}-${zip}.zip`]?.equals(archive(filesIn(`dist/${target}`))), target).toBe(true);
    }
  });

  test('the zips contain production builds without a path of the building machine', () => {
    for (const target of ['chromium', 'firefox']) {
      const files = unzipSync(first[`${name}-${target}.zip`] ?? new Uint8Array());
      expect(Object.keys(files)).toContain('manifest.json');
      for (const [file, bytes] of Object.entries(files)) {
        const text = Buffer.from(bytes).toString('latin1');
        for (const folder of [...folders, resolve('.')]) expect(text.includes(folder), file).toBe(false);
      }
    }
  });

  test("Firefox's linter finds no error, and no warning but the two that are explained here", () => {
    const folder = mkdtempSync(join(tmpdir(), 'lint-'));
    folders.push(folder);
    const zip = join(folder, 'firefox.zip');
    writeFileSync(zip, first[`${name}-firefox.zip`] ?? '');
    const { stdout } = spawnSync(process.execPath, [toolScript('addons-linter'), '--output', 'json', zip], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const { errors, warnings } = JSON.parse(stdout) as Record<'errors' | 'warnings', { code: string }[]>;
    expect(errors).toEqual([]);
    const explained = [
      'UNSAFE_VAR_ASSIGNMENT', // Preact's own dangerouslySetInnerHTML, which is not used here
      'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION', // a manifest key that Android knows later: it is not offered there
    ];
    expect([...new Set(warnings.map(({ code }) => code))].sort()).toEqual(explained.sort());
  });
});
