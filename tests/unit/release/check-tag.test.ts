// A tag is published only if it is the version, on main, and the builds have the address of the repository. In a folder without
// packages, as in the job that publishes.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
const git = (...args: string[]) => spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).stdout;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-tag-'));
  mkdirSync(join(folder, 'scripts/release'), { recursive: true });
  for (const file of ['setup.js', 'release/check-tag.js', 'release/release-files.js']) {
    copyFileSync(join('scripts', file), join(folder, 'scripts', file));
  }
  const pkg = { name: 'x', version: '1.2.3', type: 'module', repository: 'https://example.org/owner/name' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(pkg));
  git('init', '--quiet');
  git('config', 'user.name', 'x');
  git('config', 'user.email', 'x@example.org');
  for (const subject of ['one', 'two', 'three']) git('commit', '--quiet', '--allow-empty', '-m', subject);
  git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['the newest commit of main', 'HEAD~1', {}, 'v1.2.3 is on main.'],
  ['an older commit of main', 'HEAD~2', {}, 'v1.2.3 is on main.'],
  ['a commit beside main', 'HEAD', {}, 'is not on main'],
  ['another version', 'HEAD~1', { GITHUB_REF_NAME: 'v1.2.4' }, 'is not v1.2.3'],
  [
    'another repository',
    'HEAD~1',
    { GITHUB_REPOSITORY: 'fork/name' },
    'is not https://example.org/fork/name',
  ],
])('%s', (_, commit, env, sentence) => {
  const head = git('rev-parse', 'HEAD').trim();
  git('checkout', '--quiet', commit);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/release/check-tag.js'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      GITHUB_REF_NAME: 'v1.2.3',
      GITHUB_SERVER_URL: 'https://example.org',
      GITHUB_REPOSITORY: 'owner/name',
      ...env,
    },
  });
  git('checkout', '--quiet', head);
  expect(stdout + stderr).toContain(sentence);
  expect(status).toBe(stdout ? 0 : 1);
});
