// The tests that mutation testing runs: the unit tests of the mutated folders, the random ones with few cases.
import { defineConfig } from 'vitest/config';

Object.assign(process.env, {
  FUZZ_RUNS: '50',
  LEDGER_RUNS: '60',
  ALERT_RUNS: '2',
  MODEL_RUNS: '4',
  YEAR_DAYS: '3',
  RESULTS_FILLS: '300',
});

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'tests/unit/{kalshi,vault,portfolio,view,background,storage}/**/*.test.ts',
      'tests/exchange/ledger.test.ts',
    ],
    exclude: [
      '**/load-simulation.test.ts',
      '**/simulated-year.test.ts',
      '**/*-fuzz.test.ts',
      '**/model.test.ts',
    ],
    testTimeout: 60_000,
  },
});
