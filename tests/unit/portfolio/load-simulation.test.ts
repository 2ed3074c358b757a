// A small crowd around an outage, a busy minute and two hours of maintenance; `npm run load-simulation` shows the large one.
import { expect, test } from 'vitest';
import { seedOf } from '../../fakes/random.ts';
import { simulate } from '../../tools/load-simulation.ts';

const SEED = seedOf('CROWD_SEED');

test(`no request spike, and every installation is current within two periods; seed ${SEED}`, {
  timeout: 60_000,
}, () => {
  const { mean, peak, recovered } = simulate(5_000, SEED);
  expect(mean).toBeGreaterThan(50);
  expect(peak / mean, `CROWD_SEED=${SEED}`).toBeLessThanOrEqual(2);
  for (const { weather, periods } of recovered) {
    expect(periods, `${weather}, CROWD_SEED=${SEED}`).toBeLessThanOrEqual(2);
    expect(periods, 'somebody met it').toBeGreaterThan(0);
  }
});
