// A read of storage.local that fails once, at any step of any command: what is stored stays as it was, or the command
// has its whole effect. A read that never answers holds up nothing that comes later.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import {
  BackgroundHarness,
  balance,
  deriveFast,
  KEY_ID,
  saving,
  withBackground,
} from './background-harness.ts';

const PASSPHRASE = 'four words or more';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };
const OTHER_KEY_ID = KEY_ID.replace('0', '1');
/** How many reads a command may make at most. */
const MANY = 40;

let world: BackgroundHarness;
let accountId: string;
withBackground((entered) => {
  world = entered;
  deriveFast();
});

/** An account, a waiting key pair, and settings that are not the default ones. */
async function prepare(): Promise<void> {
  world.life.dead = true;
  world = new BackgroundHarness();
  await world.wake();
  accountId = await world.connect(save);
  await world.command('settings/change', { badgeFigure: 'total', lockAfterMinutes: 15 });
  await world.command('pair/create', { environment: 'production', keyType: 'Ed25519' });
  world.now += 60_000;
  await vi.waitFor(() => expect(world.timers.size).toBe(0));
}

interface Essence {
  accounts: unknown;
  pending: unknown;
  settings: unknown;
  items: string[];
}

/** What is stored, without what differs from run to run. */
function essence(): Essence {
  const { accounts, pending, settings, ...items } = structuredClone(world.browser.local) as Record<
    string,
    { data: Record<string, unknown> }
  >;
  const known = (accounts?.data as unknown as Record<string, unknown>[]) ?? null;
  return {
    accounts: known?.map(({ label, keyId, protection, scopes, acceptedScopes }) => [
      ...[label, keyId, protection],
      ...[scopes, acceptedScopes],
    ]),
    pending: pending?.data?.environment,
    settings: settings?.data,
    items: Object.keys(items)
      .map((name) => name.replace(/\/.*/, ''))
      .sort(),
  };
}

/** Runs a command with the nth read failing, for every n there is. */
async function failingEachRead(
  run: () => Promise<unknown>,
  check: (result: unknown, before: Essence, nth: number) => void,
): Promise<number> {
  for (let nth = 1; nth < MANY; nth++) {
    await prepare();
    const before = essence();
    const { local } = world.browser.api.storage;
    const { get } = local;
    let reads = 0;
    local.get = async (keys) => {
      if (++reads === nth) throw new Error('IO error');
      return get(keys);
    };
    await world.wake(); // what is stored is read once by each worker
    const result = await run();
    local.get = get;
    if (reads < nth) return nth - 1;
    check(result, before, nth);
  }
  throw new Error('the command reads without end');
}

const commands: Record<string, () => Promise<unknown>> = {
  rename: () => world.command('account/rename', { accountId, label: 'Mine' }),
  'save a new account': () => world.command('key/save', { ...save, keyId: OTHER_KEY_ID }),
  'replace a key': () => world.command('key/save', { ...save, keyId: OTHER_KEY_ID, replaces: accountId }),
  forget: () => world.command('account/forget', { accountId }),
  'create a key pair': () =>
    world.command('pair/create', { environment: 'demo', keyType: 'Ed25519', passphrase: PASSPHRASE }),
  'connect a key pair': () => world.command('pair/connect', { keyId: OTHER_KEY_ID, acceptPower: false }),
  'discard a key pair': () => world.command('pair/discard'),
  'change a setting': () => world.command('settings/change', { periodSeconds: 300 }),
  'reset the settings': () => world.command('settings/reset'),
  'the shortcut that hides amounts': () => world.browser.events.shortcut.emit('hide-amounts'),
  'delete the history': () => world.command('history/delete', { accountId }),
  'change the protection': () =>
    world.command('account/protect', { accountId, passphrase: PASSPHRASE, next: 'another five words' }),
  'accept scopes': () => world.command('account/accept-scopes', { accountId }),
  'start over': () => world.command('storage/reset'),
  refresh: () => world.command('account/refresh', { accountId }),
  lock: () => world.command('account/lock', { accountId }),
  unlock: () => world.command('account/unlock', { accountId, passphrase: PASSPHRASE }),
  'an alarm': () => world.passMinutes(1),
  'the start of the browser': () => world.browser.events.startup.emit(),
};

describe('a read that fails once', () => {
  test.each(Object.entries(commands))('%s', async (name, run) => {
    const polls = /refresh|unlock|alarm|start of/.test(name);
    await prepare();
    await run();
    const whole = essence();
    const steps = await failingEachRead(run, (result, before, nth) => {
      const refused = (result as { ok?: boolean } | undefined)?.ok === false;
      const after = essence();
      const chosen = ({ items: _, ...rest }: Essence) => rest;
      if (refused && !polls) expect(after, `read ${nth}`).toEqual(before);
      expect([chosen(before), chosen(whole)], `read ${nth}`).toContainEqual(chosen(after));
      // A poll may leave out what it could not write; nothing is lost that both runs have.
      const kept = before.items.filter((item) => whole.items.includes(item));
      expect(after.items, `read ${nth}`).toEqual(expect.arrayContaining(kept));
      if (!polls) expect([before.items, whole.items], `read ${nth}`).toContainEqual(after.items);
    });
    expect(steps).toBeGreaterThan(0);
  });
});

describe('a store that never answers', () => {
  beforeEach(async () => {
    await prepare();
    world.speed = 1_000; // the time limit of a store passes in a few milliseconds
  });
  afterEach(() => vi.restoreAllMocks());

  /** No store opens until the function that this gives is called. */
  function hang(): () => void {
    const spy = vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    return () => spy.mockRestore();
  }

  test.each([
    ['the scopes are asked for again', () => world.passMinutes(24 * 60)],
    ['an account is unlocked', () => world.command('account/unlock', { accountId, passphrase: PASSPHRASE })],
    [
      'a key pair is connected',
      () => world.command('pair/connect', { keyId: OTHER_KEY_ID, acceptPower: false }),
    ],
    ['a key pair is created', () => world.command('pair/create', { environment: 'demo', keyType: 'RSA' })],
    ['a poll is due', () => world.passMinutes(1)],
  ])('while %s: it ends, and the next poll gets through', { timeout: 10_000 }, async (_, run) => {
    const answersAgain = hang();
    await run();
    answersAgain();
    world.answer = balance('77');
    await world.passMinutes(2);
    expect(world.browser.toolbar.title).toContain('$77.00');
  });

  test.each(['local', 'session'] as const)(
    'storage.%s: the poll ends, and the next one gets through',
    { timeout: 10_000 },
    async (area) => {
      const storage = world.browser.api.storage[area];
      const { get } = storage;
      storage.get = () => new Promise(() => undefined);
      if (area === 'local') await world.wake(); // the state is read once in a lifetime of the background
      await world.passMinutes(1);
      storage.get = get;
      world.answer = balance('77');
      await world.passMinutes(2);
      expect(world.browser.toolbar.title).toContain('$77.00');
    },
  );
});

describe('settings that cannot be read', () => {
  const NEWER = { v: 99, data: { badgeFigure: 'total', hideAmounts: true } };
  beforeEach(async () => {
    await prepare();
    world.browser.local.settings = structuredClone(NEWER);
    await world.wake();
  });

  test('are not written over, by a choice or by the shortcut', async () => {
    expect(await world.command('settings/change', { periodSeconds: 300 })).toEqual({
      ok: false,
      problem: { kind: 'settings-unreadable' },
    });
    await world.browser.events.shortcut.emit('hide-amounts');
    expect(world.browser.local.settings).toEqual(NEWER);
  });

  test('hide the amounts: they may have said so', async () => {
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('•••');
    expect(world.browser.toolbar.title).not.toContain('$');
  });

  test('are replaced by the defaults when the user says so, and polls go on meanwhile', async () => {
    const before = world.requests.length;
    await world.passMinutes(1);
    expect(world.requests.length).toBe(before + 1);
    expect(await world.command('settings/reset')).toEqual({ ok: true, value: null });
    expect(world.browser.local.settings).toMatchObject({ data: { badgeFigure: 'cash', hideAmounts: false } });
    expect(world.browser.toolbar.text).toBe('98');
  });

  test('a reset changes nothing where they can be read', async () => {
    world.browser.local.settings = { v: 2, data: { ...NEWER.data, periodSeconds: 300 } };
    await world.wake();
    const before = structuredClone(world.browser.local.settings);
    expect(await world.command('settings/reset')).toEqual({ ok: true, value: null });
    expect(world.browser.local.settings).toEqual(before);
  });
});
