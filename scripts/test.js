// `npm test`: sets up whatever is missing, then runs every test without the tag `slow`. `--slow` runs those with it, `--all` both; other
// arguments are passed to vitest. The last line counts what passed and failed.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFirefox, REPORTS, runTool, say, setUp } from './setup.js';

const args = process.argv.slice(2);
const isSlow = args.includes('--slow');
const isAll = args.includes('--all');
const extra = args.filter((arg) => arg !== '--slow' && arg !== '--all');

setUp();
installFirefox();

/**
 * Runs one of the project's tools with its output shown.
 * @param {string} what
 * @param {string[]} args
 * @returns {boolean} whether it ended well
 */
function step(what, [tool = '', ...args]) {
  say(`\n— ${what}`);
  return runTool(tool, args);
}

const checks = [
  ...(isSlow
    ? []
    : [
        step('types', ['tsc', '--noEmit']),
        step('lint and format', ['biome', 'check', '--error-on-warnings']),
      ]),
  step('build for Chromium', ['vite', 'build', '--mode', 'chrome', '--logLevel', 'warn']),
  step('build for Firefox', ['vite', 'build', '--mode', 'firefox', '--logLevel', 'warn']),
];

rmSync(REPORTS, { recursive: true, force: true }); // of an earlier run

const scratch = mkdtempSync(join(tmpdir(), 'balance-badge-'));
const report = join(scratch, 'tests.json');
const ended = step('unit, pages and browser tests', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
  ...(isAll ? [] : ['--tags-filter', isSlow ? 'slow' : '!slow']),
  ...extra,
]);

/** @returns {{ passed: number, failed: number, skipped: number }} */
function countAndSum() {
  try {
    /** @type {{ testResults: { assertionResults: { status: string, tags: string[] }[] }[] }} */
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ tags }) => isAll || tags.includes('slow') === isSlow); // the others are reported as skipped
    const count = (/** @type {string} */ status) => tests.filter((test) => test.status === status).length;
    return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // the tests did not even get as far as a report
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Repeats the reports of failed browser tests, which the run printed thousands of lines above. */
function repeatReports() {
  for (const test of existsSync(REPORTS) ? readdirSync(REPORTS) : []) {
    const text = join(REPORTS, test, 'report.txt');
    if (existsSync(text)) say(`\n— report of ${test}\n${readFileSync(text, 'utf8')}`);
  }
}

repeatReports();
const tests = countAndSum();
const passed = tests.passed + checks.filter(Boolean).length;
// A run that ended badly without a failed test (a file that does not load, an error outside a test) is a failure too.
const failed = Math.max(tests.failed, ended ? 0 : 1) + checks.filter((ok) => !ok).length;
say(`\n${passed} passed, ${failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`);
process.exitCode = failed ? 1 : 0;
