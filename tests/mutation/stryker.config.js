// Mutation tests: every change that Stryker makes to the code has to fail a test. `npm run mutation -- kalshi` mutates one folder.
const folder = process.env.MUTATE ?? '{kalshi,vault,portfolio,view,background}';

export default {
  mutate: [`src/${folder}/**/*.ts`, '!src/**/*.tsx'],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  // A value of a module is computed once, before any test: its mutants would need a process of their own each.
  ignoreStatic: true,
  incremental: true,
  incrementalFile: 'tests/mutation/reports/incremental.json',
  concurrency: 2,
  timeoutMS: 10_000,
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'tests/mutation/reports/mutation.json' },
  tempDirName: 'tests/mutation/.sandbox',
  disableTypeChecks: false,
};
