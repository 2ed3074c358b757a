// `npm run check`: types, lint of the changed and uncommitted files, and the unit and page tests closest to them, all at once:
// those that changed, mirror a changed file or import one. `npm test` runs all tests, and the random ones in their own size.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, say, toolScript } from './setup.js';

const SHORT = {
  FUZZ_RUNS: '100',
  ALERT_RUNS: '2',
  LEDGER_RUNS: '100',
  MODEL_RUNS: '10',
  RESULTS_FILLS: '300',
  FAULT_MINUTES: '12',
  POLLED_HOURS: '2',
};

/**
 * The names of files, as git says them.
 * @param {string[]} args
 * @returns {string[]}
 */
function files(...args) {
  const { stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}

/**
 * Runs one of the project's tools, and shows its output when it has ended.
 * @param {string[]} command
 * @returns {Promise<boolean>} whether it ended well
 */
function step([tool = '', ...args]) {
  const env = { ...process.env, ...SHORT };
  const child = spawn(process.execPath, [toolScript(tool), ...args], { cwd: ROOT, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => {
      say(`— ${tool}\n${output.trim()}\n`);
      resolve(code === 0);
    });
  });
}

const changed = [
  ...files('diff', '--name-only', '--diff-filter=d', 'HEAD'),
  ...files('ls-files', '--others', '--exclude-standard'),
];
/** @param {string} test */
function isClose(test) {
  if (changed.includes(test)) return true;
  if (test.startsWith('tests/pages/')) return changed.some((file) => /^src\/(pages|view)\//.test(file));
  const mirrored = test.replace(/^tests\/unit\/(.+)\.test\.ts$/, 'src/$1.ts');
  const imports = [...readFileSync(join(ROOT, test), 'utf8').matchAll(/'(\.[^'\n]+)'/g)];
  return [mirrored, ...imports.map(([, from = '']) => join(dirname(test), from).replaceAll('\\', '/'))].some(
    (file) => changed.includes(file),
  );
}

const tests = files('ls-files', 'tests/unit', 'tests/pages', 'tests/exchange').filter(
  (file) => /\.test\.tsx?$/.test(file) && !file.startsWith('tests/unit/release/') && isClose(file),
);
const ended = await Promise.all([
  step(['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo']),
  step(['biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched', ...changed]),
  step([
    ...['vitest', 'run', '--project', 'unit', '--project', 'pages', '--tags-filter', '!slow'],
    ...['tests/unit/import-boundaries.test.ts', ...tests],
  ]),
]);
process.exitCode = ended.every(Boolean) ? 0 : 1;
