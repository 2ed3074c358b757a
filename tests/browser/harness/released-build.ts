// The build of the newest release, from which an update must work. Built from git, once for each release.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsShell, ROOT } from '../../../scripts/setup.js';

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

/**
 * The tag of the newest release; undefined before the first one, and without git. `UPDATE_FROM=…` names another revision.
 */
export function newestRelease(): string | undefined {
  if (process.env.UPDATE_FROM) return process.env.UPDATE_FROM;
  if (!existsSync(join(ROOT, '.git'))) return undefined;
  return git('tag', '--list', 'v*', '--sort=-creatordate').split('\n')[0] || undefined;
}

/** A copy of a release's build for one browser, which the caller removes. @throws what its build throws */
export function copyOfRelease(tag: string, browser: 'chrome' | 'firefox'): string {
  const kept = join(ROOT, 'node_modules/.cache/releases', git('rev-parse', `${tag}^{commit}`));
  if (!existsSync(kept)) build(tag, kept);
  const copy = mkdtempSync(join(tmpdir(), 'release-'));
  cpSync(join(kept, browser), copy, { recursive: true });
  return copy;
}

/** Builds a revision as it was, with the packages that it had. */
function build(tag: string, kept: string): void {
  const source = mkdtempSync(join(tmpdir(), 'source-'));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: source, shell: needsShell(command) });
  try {
    git('archive', '--output', join(source, 'source.tar'), tag);
    run('tar', '-xf', 'source.tar');
    run('npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
    run('npm', 'run', 'build');
    // Moved in one step: an interrupted build leaves nothing that looks complete.
    mkdirSync(join(kept, '..'), { recursive: true });
    cpSync(join(source, 'dist'), `${kept}.new`, { recursive: true });
    renameSync(`${kept}.new`, kept);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}
