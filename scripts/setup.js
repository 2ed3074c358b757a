// Installs what a new machine lacks: the packages, and a Chromium that can load an extension.
// Plain JavaScript with nothing but Node's own modules, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Branded Chrome is not in the list: it ignores --load-extension.
 */
const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/microsoft-edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

const FIREFOXES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Where failed browser tests leave their reports, a folder for each: tests/browser/harness/failure-report.ts. */
export const REPORTS = join(ROOT, 'test-reports');

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Whether a command starts only in a shell: on Windows, npm is a batch file. A shell would split paths at their spaces.
 * @param {string} command
 */
export const needsShell = (command) => command === 'npm' && process.platform === 'win32';

/**
 * Runs a command to its end, its output shown only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {boolean} whether it ended well
 */
function quietly(command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: needsShell(command),
  });
  if (status === 0) return true;
  say(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  return false;
}

/** The packages of the tools that are not named like their package. @type {Record<string, string>} */
const TOOL_PACKAGES = { tsc: 'typescript', biome: '@biomejs/biome' };

/**
 * The script of one of the project's tools, for Node to run. node_modules/.bin/ has batch files on Windows.
 * @param {string} tool
 * @returns {string} its path; throws if the package is not installed
 */
export function toolScript(tool) {
  const folder = join(ROOT, 'node_modules', TOOL_PACKAGES[tool] ?? tool);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[tool]);
}

/**
 * Runs one of the project's tools to its end.
 * @param {string} tool
 * @param {string[]} args
 * @param {'inherit' | 'ignore'} [output] whether what it prints is shown
 * @returns {boolean} whether it ended well
 */
export function runTool(tool, args, output = 'inherit') {
  return spawnSync(process.execPath, [toolScript(tool), ...args], { cwd: ROOT, stdio: output }).status === 0;
}

/** Ends with one sentence saying what to do. @param {string} sentence @returns {never} */
export function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Installs the packages of package-lock.json, unless just these are there. */
export function installPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) giveUp('Node.js 20.19 or newer is needed.');
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = join(ROOT, 'node_modules', '.installed-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    giveUp(
      'node_modules is a link: npm ci would empty the folder of another checkout. Remove the link first.',
    );
  }
  say('Installing packages (about half a minute)…');
  if (!quietly('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) {
    giveUp(
      'The packages could not be installed; the reason is above. Is there a connection to the npm registry?',
    );
  }
  writeFileSync(stamp, lock);
}

/** The path of a Chromium that can load an extension; undefined if there is none. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM names ${named}, which does not exist.`);
  return CANDIDATES.find((path) => existsSync(path)) ?? downloaded();
}

function downloaded() {
  const found = spawnSync(
    process.execPath,
    ['-e', "process.stdout.write(require('playwright-core').chromium.executablePath())"],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return found.status === 0 && existsSync(found.stdout) ? found.stdout : undefined;
}

/** The path of a Firefox; undefined if there is none. */
export function findFirefox() {
  const named = process.env.FIREFOX;
  if (named) return existsSync(named) ? named : giveUp(`FIREFOX names ${named}, which does not exist.`);
  return FIREFOXES.find((path) => existsSync(path));
}

/** Installs a Firefox for the tests if possible; otherwise the tests that need one are skipped. */
export function installFirefox() {
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (findFirefox() || !debian) return;
  say('Installing firefox-esr with apt (about a minute)…');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  quietly('apt-get', ['update', '-q'], env);
  quietly('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'firefox-esr'], env);
}

/** Installs a Chromium, and what is needed to take pictures of its toolbar, if they are missing. */
export function installChromium() {
  const debian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  const lacking = [
    ...(findChromium() ? [] : ['chromium']),
    ...(debian && !existsSync('/usr/bin/Xvfb') ? ['xvfb'] : []),
    ...(debian && !existsSync('/usr/bin/xdotool') ? ['xdotool'] : []),
  ];
  if (lacking.length === 0) return;
  if (debian) {
    say(`Installing ${lacking.join(', ')} with apt (about a minute)…`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    quietly('apt-get', ['update', '-q'], env);
    quietly(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...lacking, 'fonts-dejavu-core'],
      env,
    );
  } else if (!findChromium()) {
    say('Downloading a Chromium for tests (about 150 MB)…');
    quietly(process.execPath, [join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  }
  if (!findChromium()) {
    giveUp(
      'No Chromium to load the extension into: install Chromium or Microsoft Edge, or set CHROMIUM to its path.',
    );
  }
}

/** Everything that `npm start`, `npm run dev` and `npm test` need. */
export function setUp() {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  installPackages();
  installChromium();
}
