// `npm run repeat`: the browser tests again and again beside busy processes, to find those that fail now and then. ROUNDS=50 says
// how often, BUSY=2 how many busy processes a core has; what follows `--` is passed to vitest: a file, `-t` and a name.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { installFirefox, REPORTS, ROOT, runTool, say, setUp } from './setup.js';

const ROUNDS = Number(process.env.ROUNDS ?? 50);
const BUSY = Number(process.env.BUSY ?? 2);

/**
 * One round of the tests.
 * @param {string} report the file for its results
 * @returns {{ passed: string[], failed: string[], messages: string[] }} the names of the tests, and why they failed
 */
function runRound(report) {
  rmSync(report, { force: true });
  const extra = process.argv.slice(2);
  const options = ['run', '--project', 'browser', '--reporter=json', `--outputFile=${report}`, ...extra];
  const ended = runTool('vitest', options, 'ignore');
  /** @type {{ testResults: { name: string, status: string, assertionResults: { fullName: string, status: string, failureMessages: string[] }[] }[] }} */
  const { testResults } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (/** @type {string} */ status) =>
    tests.filter((test) => test.status === status).map(({ fullName }) => fullName);
  const failed = named('failed');
  // A file that did not load, or whose hook failed: its tests are skipped.
  for (const { name, status, assertionResults } of testResults) {
    const isNamed = assertionResults.some((test) => test.status === 'failed');
    if (status === 'failed' && !isNamed) failed.push(relative(ROOT, name));
  }
  if (!ended && failed.length === 0) failed.push('(the run itself)');
  return { passed: named('passed'), failed, messages: tests.flatMap((test) => test.failureMessages) };
}

/**
 * Keeps the reports of this round: the next would replace those of the same test.
 * @param {number} round
 */
function keepReports(round) {
  for (const name of existsSync(REPORTS) ? readdirSync(REPORTS) : []) {
    if (!name.startsWith('round-')) renameSync(join(REPORTS, name), join(REPORTS, `round-${round}-${name}`));
  }
}

setUp();
installFirefox();
for (const mode of ['chrome', 'firefox']) {
  if (!runTool('vite', ['build', '--mode', mode, '--logLevel', 'warn'])) process.exit(1);
}
rmSync(REPORTS, { recursive: true, force: true });

// Each ends by itself when this process has, however that ended.
const busy = Array.from({ length: BUSY * availableParallelism() }, () =>
  spawn(process.execPath, ['-e', 'for (const parent = process.ppid; process.ppid === parent; );'], {
    stdio: 'ignore',
  }),
);

const scratch = mkdtempSync(join(tmpdir(), 'repeat-'));
/** @type {Map<string, number>} */
const failures = new Map();
let runs = 0;
for (let round = 1; round <= ROUNDS; round++) {
  const { passed, failed, messages } = runRound(join(scratch, 'tests.json'));
  runs += passed.length + failed.length;
  for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1);
  keepReports(round);
  say(`round ${round}: ${passed.length} passed${failed.length ? `, failed: ${failed.join(' · ')}` : ''}`);
  for (const message of messages) say(message);
}
rmSync(scratch, { recursive: true, force: true });
for (const each of busy) each.kill();

say(
  `\n${ROUNDS} rounds, ${runs} runs of tests beside ${busy.length} busy processes, ${failures.size} tests that failed`,
);
for (const [name, times] of failures) say(`${times} of ${ROUNDS}: ${name}`);
process.exitCode = failures.size > 0 || runs === 0 ? 1 : 0;
