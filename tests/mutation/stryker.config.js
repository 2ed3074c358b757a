// Mutation tests: every change that Stryker makes to the code has to fail a test. `MUTATE=kalshi npm run mutation` does one folder.
import { FILES, NAME } from './folders.js';

export default {
  mutate: [`src/${FILES}.ts`],
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
  jsonReporter: { fileName: `tests/mutation/reports/${NAME}.json` },
  tempDirName: 'tests/mutation/.sandbox',
  disableTypeChecks: false,
  tsconfigFile: 'none', // Stryker would read it with a function that TypeScript 7 no longer has
};
