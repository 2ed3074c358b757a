/** @module-tag slow */
// The worker is stopped, or the whole browser killed, at random moments, while polls are under way and the balance moves. Nothing
// is lost, and only balances that the exchange returned are shown. Every step is killed once in the simulated browser
// (unit/background/crash-recovery.test.ts); this shows that a real one keeps what it says it has stored.
//   KILLS=… sets the number, KILLS_SEED=… repeats the moments as far as two processes can.
import { expect } from 'vitest';
import { seeded, seedOf } from '../fakes/random.ts';
import { testInOwnBrowser as test } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';

const KILLS = Number(process.env.KILLS ?? 15);
/** One of this many kills ends the whole browser. */
const WHOLE_BROWSER = 5;
const SEED = seedOf('KILLS_SEED');

test(`${KILLS} times, seed ${SEED}`, async ({ scene }) => {
  const random = seeded(SEED);
  const { member, key, keyId } = scene.newMember('Ed25519', { cash: '100' });
  await scene.connect(keyId, key.pem);
  const amounts = new Set(['100']);
  const micros = () => new Set([...amounts].map((amount) => Number(amount) * 1_000_000));
  const {
    keys: [keyBefore],
  } = await scene.stored();

  for (let kill = 1; kill <= KILLS; kill++) {
    const amount = String(100 + kill);
    amounts.add(amount);
    member.setCash(amount);
    await scene.forgetAttempts();
    await scene.fireAlarm();
    // Between the alarm and well after the response.
    await new Promise((resolve) => setTimeout(resolve, random() * 150));
    if (kill % WHOLE_BROWSER === 0) {
      await scene.chromium.kill();
      await scene.start();
    } else {
      await scene.chromium.stopWorker(scene.page);
    }

    const { local, keys } = await scene.stored();
    expect(keys, `kill ${kill}`).toEqual([keyBefore]);
    expect((local.accounts as { data: object[] }).data, `kill ${kill}`).toHaveLength(1);
    const snapshot = Object.entries(local).find(([name]) => name.startsWith('account/'))?.[1] as {
      data: { snapshot: { figures: { cash: number } } };
    };
    expect(micros(), `kill ${kill}`).toContain(snapshot.data.snapshot.figures.cash);
    const badge = await scene.chromium.badge(scene.page);
    expect([...amounts, ''], `kill ${kill}`).toContain(badge); // empty only while a browser has just started
  }

  member.setCash('777');
  await scene.passPeriod();
  await expect.poll(() => scene.chromium.badge(scene.page), SOON).toBe('777');
  scene.expectCleanJournal();
  expect(scene.complaints).toEqual([]);
});
