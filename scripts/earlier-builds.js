// Builds of earlier revisions from git's history, from which an update must work. Made once per checkout: a revision never changes.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsShell, ROOT, say } from './setup.js';

/** Before there were releases: the first with a key and a badge, the first with passphrases, the first with history. */
const BEFORE_RELEASES = ['630b94b', '7faa2b3', 'b99007b'];

const CACHE = join(ROOT, 'node_modules', '.cache', 'earlier-builds');

/**
 * @param {string[]} args
 * @returns {string | undefined} what git says; undefined if it fails
 */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * @param {string} revision
 * @returns {string | undefined} its full name; undefined if it is not there
 */
const commitOf = (revision) => git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);

/**
 * Every revision that may be installed, oldest first; none without git, as in an unpacked source zip.
 * @returns {string[]}
 */
export function earlierRevisions() {
  if (!existsSync(join(ROOT, '.git'))) return [];
  const tags = git('tag', '--list', 'v*', '--sort=creatordate')?.split('\n').filter(Boolean) ?? [];
  return [...BEFORE_RELEASES.filter(commitOf), ...tags];
}

/**
 * Where the build of a revision is kept.
 * @param {string} revision
 * @param {'chrome' | 'firefox'} browser
 */
const keptBuild = (revision, browser) => join(CACHE, commitOf(revision) ?? revision, browser);

/** Builds what is not built yet, each revision as it was, with the packages it had. */
export function buildEarlierRevisions() {
  for (const revision of earlierRevisions()) {
    const kept = join(CACHE, commitOf(revision) ?? revision);
    if (existsSync(kept)) continue;
    say(`Building ${revision}, from which an update is tested (about ten seconds)…`);
    const source = mkdtempSync(join(tmpdir(), 'earlier-'));
    /** @type {(command: string, args: string[], cwd: string) => void} */
    const run = (command, args, cwd) => {
      const options = { cwd, encoding: /** @type {const} */ ('utf8'), shell: needsShell(command) };
      const { status, stdout, stderr } = spawnSync(command, args, options);
      if (status !== 0) throw new Error(`${command} ${args[0]}: ${stdout}${stderr}`);
    };
    try {
      run('git', ['archive', '--output', join(source, 'source.tar'), revision], ROOT);
      run('tar', ['-xf', 'source.tar'], source);
      run('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], source);
      for (const mode of ['chrome', 'firefox']) {
        run('npm', ['exec', '--', 'vite', 'build', '--mode', mode, '--logLevel', 'warn'], source);
      }
      // Moved there in one step: an interrupted build leaves nothing that looks complete.
      mkdirSync(CACHE, { recursive: true });
      cpSync(join(source, 'dist'), `${kept}.new`, { recursive: true });
      renameSync(`${kept}.new`, kept);
    } finally {
      rmSync(source, { recursive: true, force: true });
    }
  }
}

/**
 * A copy of a revision's build, building it if necessary.
 * @param {string} revision
 * @param {'chrome' | 'firefox'} browser
 * @returns {string} the folder of the built extension, which the caller removes
 */
export function copyOfBuild(revision, browser) {
  buildEarlierRevisions();
  const folder = mkdtempSync(join(tmpdir(), 'earlier-'));
  cpSync(keptBuild(revision, browser), folder, { recursive: true });
  return folder;
}
