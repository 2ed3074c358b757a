// `npm run check`: types, lint, and the unit and page tests that the uncommitted changes touch, all at once. The random tests
// are small here: `npm test` runs them in their own size.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, say } from './setup.js';

const FEW = {
  FUZZ_RUNS: '100',
  ALERT_RUNS: '2',
  LEDGER_RUNS: '100',
  MODEL_RUNS: '10',
  YEAR_DAYS: '5',
  RESULTS_FILLS: '300',
};

/**
 * Runs one of the project's tools, and shows its output when it has ended.
 * @param {string[]} command
 * @returns {Promise<boolean>} whether it ended well
 */
function step([tool = '', ...args]) {
  const bin = join(ROOT, 'node_modules', '.bin', tool);
  const child = spawn(bin, args, {
    cwd: ROOT,
    env: { ...process.env, ...FEW },
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      say(`— ${tool}\n${output.trim()}\n`);
      resolve(code === 0);
    });
  });
}

const ended = await Promise.all([
  step(['tsc', '--noEmit']),
  step(['biome', 'check', '--error-on-warnings']),
  step([
    ...['vitest', 'run', '--project', 'unit', '--project', 'pages', '--changed', '--passWithNoTests'],
    ...['--exclude', 'tests/unit/release/**'],
  ]),
]);
process.exitCode = ended.every(Boolean) ? 0 : 1;
