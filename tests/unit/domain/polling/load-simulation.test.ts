// A small number of installations around an outage, a rate limit and two hours of maintenance; `npm run load-simulation` runs the large one.
import { expect, test } from 'vitest';
import { simulate } from '../../../../scripts/load-simulation.ts';
import { seedOf } from '../../../fakes/random.ts';

const SEED = seedOf('LOAD_SEED');

test(`no request spike, and every installation is current within two periods; seed ${SEED}`, {
  timeout: 60_000,
}, () => {
  const { mean, peak, recovered } = simulate(5_000, SEED);
  expect(mean).toBeGreaterThan(50);
  expect(peak / mean, `LOAD_SEED=${SEED}`).toBeLessThanOrEqual(2);
  for (const { weather, periods } of recovered) {
    expect(periods, `${weather}, LOAD_SEED=${SEED}`).toBeLessThanOrEqual(2);
    expect(periods, 'some installation was affected').toBeGreaterThan(0);
  }
});
