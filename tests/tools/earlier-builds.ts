// Builds of earlier revisions from git's history, from which an update must work.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before there were releases: the first with a key and a badge, the first with passphrases, the first with history. */
const BEFORE_RELEASES = ['630b94b', '7faa2b3', 'b99007b'];

function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Every revision that may be installed, oldest first; none without git, as in an unpacked source zip. */
export function earlierRevisions(): string[] {
  if (!existsSync('.git')) return [];
  const tags = git('tag', '--list', 'v*', '--sort=creatordate')?.split('\n').filter(Boolean) ?? [];
  const known = BEFORE_RELEASES.filter(
    (revision) => git('cat-file', '-e', `${revision}^{commit}`) !== undefined,
  );
  return [...known, ...tags];
}

/**
 * Builds a revision as it was, with the packages it had.
 * @returns the folder of the built extension, in a folder of its own that the caller removes
 */
export function buildRevision(revision: string, mode: 'chrome' | 'firefox'): string {
  const folder = mkdtempSync(join(tmpdir(), 'earlier-'));
  mkdirSync(join(folder, 'source'));
  const source = join(folder, 'source');
  const archive = join(folder, 'source.tar');
  const run = (command: string, args: string[], cwd: string) => {
    const shell = process.platform === 'win32';
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', shell });
    if (status !== 0) throw new Error(`${command} ${args[0]}: ${stdout}${stderr}`);
  };
  run('git', ['archive', '--output', archive, revision], '.');
  run('tar', ['-xf', archive], source);
  run('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], source);
  run('npm', ['exec', '--', 'vite', 'build', '--mode', mode, '--logLevel', 'warn'], source);
  return join(source, 'dist', mode);
}
