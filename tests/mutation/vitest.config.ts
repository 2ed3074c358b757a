// The tests that mutation testing runs: the unit tests of the mutated folder, the random ones with few cases.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { TESTS } from './folders.js';

Object.assign(process.env, {
  FUZZ_RUNS: '50',
  LEDGER_RUNS: '60',
  ALERT_RUNS: '2',
  RESULTS_FILLS: '300',
  FAULT_MINUTES: '4',
  POLLED_HOURS: '1',
  // The seeds are in the names of the tests, by which Stryker knows them.
  LEDGER_SEED: '1',
  ALERT_SEED: '1',
  RESULTS_SEED: '1',
});

export default defineConfig({
  resolve: {
    alias: {
      'webextension-polyfill': fileURLToPath(new URL('../fakes/webextension-polyfill.ts', import.meta.url)),
    },
  },
  test: {
    environment: 'node',
    include: [`tests/unit/${TESTS}.test.ts`, 'tests/exchange/ledger.test.ts'],
    exclude: ['**/load-simulation.test.ts', '**/*-fuzz.test.ts', '**/model.test.ts'],
    testTimeout: 60_000,
  },
});
