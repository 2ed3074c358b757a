// The background ends after each step of its work, for every step. Whatever was half done,
// the next background finds a consistent state and continues.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { BackgroundHarness, balance, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
/** How many steps a run may have at most; more would mean that it never ends. */
const MANY = 200;

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

/** Waits until nothing is under way. */
const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};

const connected = () => harness.connect(save);

/**
 * Runs `work` with a new harness each time, ending before its first step, its second, … until a run completes.
 * `check` gets each harness after the background has been restarted.
 */
async function dyingAtEachStep(
  prepare: () => Promise<void>,
  work: () => Promise<unknown>,
  check: (step: string, took: number) => Promise<void>,
): Promise<string[]> {
  const steps: string[] = [];
  for (let fatal = 1; fatal < MANY; fatal++) {
    harness.lifetime.ended = true;
    harness = new BackgroundHarness();
    await harness.wake();
    await settle();
    await prepare();
    await settle();
    let taken = 0;
    let endedAt: string | undefined;
    const { lifetime } = harness;
    lifetime.onStep = (name) => {
      if (++taken < fatal) return;
      lifetime.ended = true;
      endedAt = name;
    };
    let done = false;
    const end = () => {
      done = true;
    };
    work().then(end, end);
    await vi.waitFor(() => expect(endedAt ?? done).toBeTruthy(), { interval: 1 });
    await settle();
    if (endedAt === undefined) return steps;
    steps.push(endedAt);
    await harness.wake();
    await settle();
    await check(endedAt, fatal);
  }
  throw new Error(`still not done after ${MANY} steps: ${steps.slice(-5)}`);
}

/** The stored figures of the account. */
function figures(): { cash: number } | null | undefined {
  const found = Object.entries(harness.browser.local).find(([key]) => key.startsWith('account/'));
  type Item = { data: { snapshot: { figures: { cash: number } | null } } };
  return (found?.[1] as Item | undefined)?.data.snapshot.figures;
}

const TEXT: Record<number, string> = { 98018600: '98', 97000000: '97' };

describe('killed at every step', () => {
  test('of a poll: the old balance or the new one; the badge shows the stored one; the next poll continues', async () => {
    const steps = await dyingAtEachStep(
      async () => {
        await connected();
        harness.answer = balance('97');
      },
      () => harness.passMinutes(1),
      async (step) => {
        const cash = figures()?.cash ?? 0;
        expect([98_018_600, 97_000_000], step).toContain(cash);
        await vi.waitFor(() => expect(harness.browser.toolbar.text, step).toBe(TEXT[cash]));
        const amounts = (await harness.samples()).map((sample) => sample.cash);
        expect(
          amounts.every((amount) => amount in TEXT),
          step,
        ).toBe(true);
        const requestsBefore = harness.requests.length;
        harness.answer = balance('96');
        await harness.passMinutes(2);
        expect(harness.browser.toolbar, step).toMatchObject({ text: '96', icon: '/icons/live-16.png' });
        expect(harness.requests.length - requestsBefore, step).toBe(1);
        expect((await harness.samples()).at(-1)?.cash, step).toBe(96_000_000);
      },
    );
    for (const step of [
      'storage.session.get',
      'storage.session.set',
      'storage.local.set',
      'fetch',
      'sign',
      'indexedDB',
      'action.setBadgeText',
    ]) {
      expect(
        steps.some((name) => name.startsWith(step)),
        step,
      ).toBe(true);
    }
  }, 60_000);

  test('of a failing poll: the balance stays, and the failure count is kept', async () => {
    await dyingAtEachStep(
      async () => {
        await connected();
        harness.answer = () => new Response('', { status: 500 });
      },
      () => harness.passMinutes(1),
      async (step) => {
        expect(figures()?.cash, step).toBe(98_018_600);
        await vi.waitFor(() => expect(harness.browser.toolbar.text, step).toBe('98'));
        const requestsBefore = harness.requests.length;
        for (let second = 0; second < 60; second += 5) {
          harness.now += 5_000;
          await harness.wake(); // it is restarted repeatedly
          await harness.browser.events.startup.emit();
        }
        expect(harness.requests.length - requestsBefore, step).toBeLessThanOrEqual(6);
      },
    );
  }, 60_000);

  test('of connecting: an account with its key, or nothing', async () => {
    await dyingAtEachStep(
      async () => undefined,
      connected,
      async (step) => {
        await harness.browser.events.startup.emit(); // deletes orphans
        const accounts =
          (harness.browser.local.accounts as { data: { keyRef: string }[] } | undefined)?.data ?? [];
        expect((await harness.keys()).sort(), step).toEqual(accounts.map(({ keyRef }) => keyRef).sort());
        if (accounts.length === 0) {
          expect(figures(), step).toBeUndefined();
          expect(harness.browser.toolbar.text, step).toBe('');
          harness.now += 60_000;
          expect(await harness.command('key/save', save), step).toMatchObject({ ok: true });
        }
        expect(harness.browser.toolbar.text, step).toBe('98');
        harness.answer = balance('96');
        await harness.passMinutes(1);
        expect(harness.browser.toolbar.text, step).toBe('96');
      },
    );
  }, 60_000);

  test('of forgetting: all or nothing; orphans are deleted at the next start', async () => {
    let accountId = '';
    await dyingAtEachStep(
      async () => {
        accountId = await connected();
      },
      () => harness.command('account/forget', { accountId }),
      async (step) => {
        await harness.browser.events.startup.emit();
        const accounts = (harness.browser.local.accounts as { data: object[] }).data;
        const { length } = accounts;
        expect(await harness.keys(), step).toHaveLength(length);
        expect(await harness.samples(accountId), step).toHaveLength(length);
        expect(harness.stored().includes('account'), step).toBe(length === 1);
        expect(harness.browser.toolbar.text, step).toBe(length === 1 ? '98' : '');
      },
    );
  }, 60_000);

  test('of unlocking and locking: never partly unlocked', async () => {
    let accountId = '';
    const passphrase = 'four words or more';
    await dyingAtEachStep(
      async () => {
        accountId = await harness.connect({ ...save, passphrase });
      },
      () => harness.command('account/lock', { accountId }),
      async (step) => {
        // The secret and the amount of the popup preview are deleted in one write.
        const { unlocked, 'popup-preview': frame } = harness.browser.session;
        if (!(accountId in (unlocked as object))) expect(frame ?? null, step).toBeNull();
        await harness.passMinutes(1);
        await harness.command('account/lock', { accountId });
        expect(harness.browser.toolbar.text, step).toBe('•••');
        expect(await harness.command('account/unlock', { accountId, passphrase }), step).toMatchObject({
          ok: true,
        });
        expect(harness.browser.toolbar.text, step).toBe('98');
      },
    );
  }, 60_000);
});
