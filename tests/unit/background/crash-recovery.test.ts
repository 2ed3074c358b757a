// Pull the plug: the background dies after each step of what it does, for every step there is. Whatever was half done,
// the next one finds a true state, and goes on.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { BackgroundHarness, balance, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
/** How many steps a run may have at most; more would mean that it never ends. */
const MANY = 200;

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

/** Lets everything that is under way come to rest. */
const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};

const connected = () => world.connect(save);

/**
 * Runs `work` in worlds of their own, dying before its first step, its second, … until a run gets to its end.
 * `check` sees each world after the background has been started again.
 */
async function dyingAtEachStep(
  prepare: () => Promise<void>,
  work: () => Promise<unknown>,
  check: (step: string, took: number) => Promise<void>,
): Promise<string[]> {
  const steps: string[] = [];
  for (let fatal = 1; fatal < MANY; fatal++) {
    world.life.dead = true;
    world = new BackgroundHarness();
    await world.wake();
    await settle();
    await prepare();
    await settle();
    let taken = 0;
    let died: string | undefined;
    const { life } = world;
    life.onStep = (name) => {
      if (++taken < fatal) return;
      life.dead = true;
      died = name;
    };
    let done = false;
    const end = () => {
      done = true;
    };
    work().then(end, end);
    await vi.waitFor(() => expect(died ?? done).toBeTruthy(), { interval: 1 });
    await settle();
    if (died === undefined) return steps;
    steps.push(died);
    await world.wake();
    await settle();
    await check(died, fatal);
  }
  throw new Error(`still not done after ${MANY} steps: ${steps.slice(-5)}`);
}

/** The figures stored of the one account. */
function figures(): { cash: number } | null | undefined {
  const found = Object.entries(world.browser.local).find(([key]) => key.startsWith('account/'));
  type Item = { data: { snapshot: { figures: { cash: number } | null } } };
  return (found?.[1] as Item | undefined)?.data.snapshot.figures;
}

const TEXT: Record<number, string> = { 98018600: '98', 97000000: '97' };

describe('dying at every step', () => {
  test('of a poll: the old figure or the new one, never another; the badge shows what is stored; the next goes on', async () => {
    const steps = await dyingAtEachStep(
      async () => {
        await connected();
        world.answer = balance('97');
      },
      () => world.passMinutes(1),
      async (step) => {
        const cash = figures()?.cash ?? 0;
        expect([98_018_600, 97_000_000], step).toContain(cash);
        await vi.waitFor(() => expect(world.browser.toolbar.text, step).toBe(TEXT[cash]));
        const amounts = (await world.samples()).map((sample) => sample.cash);
        expect(
          amounts.every((amount) => amount in TEXT),
          step,
        ).toBe(true);
        const asked = world.requests.length;
        world.answer = balance('96');
        await world.passMinutes(2);
        expect(world.browser.toolbar, step).toMatchObject({ text: '96', icon: '/icons/live-16.png' });
        expect(world.requests.length - asked, step).toBe(1);
        expect((await world.samples()).at(-1)?.cash, step).toBe(96_000_000);
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

  test('of a poll that fails: the figure stays; the failures are not forgotten into a storm', async () => {
    await dyingAtEachStep(
      async () => {
        await connected();
        world.answer = () => new Response('', { status: 500 });
      },
      () => world.passMinutes(1),
      async (step) => {
        expect(figures()?.cash, step).toBe(98_018_600);
        await vi.waitFor(() => expect(world.browser.toolbar.text, step).toBe('98'));
        const asked = world.requests.length;
        for (let second = 0; second < 60; second += 5) {
          world.now += 5_000;
          await world.wake(); // it is started over and over
          await world.browser.events.startup.emit();
        }
        expect(world.requests.length - asked, step).toBeLessThanOrEqual(6);
      },
    );
  }, 60_000);

  test('of connecting: an account with its key, or nothing at all', async () => {
    await dyingAtEachStep(
      async () => undefined,
      connected,
      async (step) => {
        await world.browser.events.startup.emit(); // clears away what nobody refers to
        const accounts =
          (world.browser.local.accounts as { data: { keyRef: string }[] } | undefined)?.data ?? [];
        expect((await world.keys()).sort(), step).toEqual(accounts.map(({ keyRef }) => keyRef).sort());
        if (accounts.length === 0) {
          expect(figures(), step).toBeUndefined();
          expect(world.browser.toolbar.text, step).toBe('');
          world.now += 60_000;
          expect(await world.command('key/save', save), step).toMatchObject({ ok: true });
        }
        expect(world.browser.toolbar.text, step).toBe('98');
        world.answer = balance('96');
        await world.passMinutes(1);
        expect(world.browser.toolbar.text, step).toBe('96');
      },
    );
  }, 60_000);

  test('of forgetting: all of it, or nothing; what is left over goes at the next start', async () => {
    let accountId = '';
    await dyingAtEachStep(
      async () => {
        accountId = await connected();
      },
      () => world.command('account/forget', { accountId }),
      async (step) => {
        await world.browser.events.startup.emit();
        const accounts = (world.browser.local.accounts as { data: object[] }).data;
        const { length } = accounts;
        expect(await world.keys(), step).toHaveLength(length);
        expect(await world.samples(accountId), step).toHaveLength(length);
        expect(world.stored().includes('account'), step).toBe(length === 1);
        expect(world.browser.toolbar.text, step).toBe(length === 1 ? '98' : '');
      },
    );
  }, 60_000);

  test('of unlocking and locking: never unlocked by half', async () => {
    let accountId = '';
    const passphrase = 'four words or more';
    await dyingAtEachStep(
      async () => {
        accountId = await world.connect({ ...save, passphrase });
      },
      () => world.command('account/lock', { accountId }),
      async (step) => {
        // The secret and the amount that the popup would draw first go in one write.
        const { unlocked, 'popup-preview': frame } = world.browser.session;
        if (!(accountId in (unlocked as object))) expect(frame ?? null, step).toBeNull();
        await world.passMinutes(1);
        await world.command('account/lock', { accountId });
        expect(world.browser.toolbar.text, step).toBe('•••');
        expect(await world.command('account/unlock', { accountId, passphrase }), step).toMatchObject({
          ok: true,
        });
        expect(world.browser.toolbar.text, step).toBe('98');
      },
    );
  }, 60_000);
});
