// A read of storage.local that fails once, at any step of any command: what is stored stays as it was, or the command
// has its whole effect. A read that never ends does not delay later work.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { BackgroundHarness, balance, OTHER_KEY_ID, saving, withBackground } from './background-harness.ts';

const PASSPHRASE = 'four words or more';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };
/** How many reads a command may make at most. */
const MANY = 40;

let harness: BackgroundHarness;
let accountId: string;
withBackground((entered) => {
  harness = entered;
});

/** An account, a pending key pair, and settings other than the defaults. */
async function prepare(): Promise<void> {
  harness.lifetime.ended = true;
  harness = new BackgroundHarness();
  await harness.wake();
  accountId = await harness.connect(save);
  await harness.command('settings/change', { badgeFigure: 'total', lockAfterMinutes: 15 });
  await harness.command('pair/create', { environment: 'production', keyType: 'Ed25519' });
  harness.now += 60_000;
  await vi.waitFor(() => expect(harness.timers.size).toBe(0));
}

interface Essence {
  accounts: unknown;
  pending: unknown;
  settings: unknown;
  items: string[];
}

/** The stored data, without what differs between runs. */
function essence(): Essence {
  const { accounts, pending, settings, ...items } = structuredClone(harness.browser.local) as Record<
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

/** Runs a command with the nth read failing, for every n. */
async function failingEachRead(
  run: () => Promise<unknown>,
  check: (result: unknown, before: Essence, nth: number) => void,
): Promise<number> {
  for (let nth = 1; nth < MANY; nth++) {
    await prepare();
    const before = essence();
    const { local } = harness.browser.api.storage;
    const { get } = local;
    let reads = 0;
    local.get = async (keys) => {
      if (++reads === nth) throw new Error('IO error');
      return get(keys);
    };
    await harness.wake(); // what is stored is read once by each worker
    const result = await run();
    local.get = get;
    if (reads < nth) return nth - 1;
    await harness.browser.events.startup.emit(); // deletes what could not be deleted
    check(result, before, nth);
  }
  throw new Error('the command reads without end');
}

const commands: Record<string, () => Promise<unknown>> = {
  rename: () => harness.command('account/rename', { accountId, label: 'Mine' }),
  'save a new account': () => harness.command('key/save', { ...save, keyId: OTHER_KEY_ID }),
  'replace a key': () => harness.command('key/save', { ...save, keyId: OTHER_KEY_ID, replaces: accountId }),
  forget: () => harness.command('account/forget', { accountId }),
  'create a key pair': () =>
    harness.command('pair/create', { environment: 'demo', keyType: 'Ed25519', passphrase: PASSPHRASE }),
  'connect a key pair': () => harness.command('pair/connect', { keyId: OTHER_KEY_ID }),
  'discard a key pair': () => harness.command('pair/discard'),
  'change a setting': () => harness.command('settings/change', { periodSeconds: 300 }),
  'reset the settings': () => harness.command('settings/reset'),
  'the shortcut that hides amounts': () => harness.browser.events.shortcut.emit('hide-amounts'),
  'delete the history': () => harness.command('history/delete', { accountId }),
  'change the protection': () =>
    harness.command('account/protect', { accountId, passphrase: PASSPHRASE, next: 'another five words' }),
  'accept scopes': () => harness.command('account/accept-scopes', { accountId, scopes: null }),
  'start over': () => harness.command('storage/reset'),
  refresh: () => harness.command('account/refresh', { accountId }),
  lock: () => harness.command('account/lock', { accountId }),
  unlock: () => harness.command('account/unlock', { accountId, passphrase: PASSPHRASE }),
  'an alarm': () => harness.passMinutes(1),
  'the start of the browser': () => harness.browser.events.startup.emit(),
};

describe('a read that fails once', () => {
  test.each(Object.entries(commands))('%s', async (name, run) => {
    const polls = /refresh|unlock|alarm|start of/.test(name);
    await prepare();
    await run();
    const whole = essence();
    const steps = await failingEachRead(run, (result, before, nth) => {
      const { ok, problem } = (result ?? {}) as { ok?: boolean; problem?: { kind: string } };
      const isDone = ok === true || problem?.kind === 'not-deleted'; // but for what the start of the browser has deleted
      const refused = ok === false && !isDone;
      const after = essence();
      if (isDone && !polls) expect(after, `read ${nth}`).toEqual(whole);
      const chosen = ({ items: _, ...rest }: Essence) => rest;
      if (refused && !polls) expect(after, `read ${nth}`).toEqual(before);
      expect([chosen(before), chosen(whole)], `read ${nth}`).toContainEqual(chosen(after));
      // A poll may omit what it could not write; nothing that both runs have is lost.
      const kept = before.items.filter((item) => whole.items.includes(item));
      expect(after.items, `read ${nth}`).toEqual(expect.arrayContaining(kept));
      if (!polls) expect([before.items, whole.items], `read ${nth}`).toContainEqual(after.items);
    });
    expect(steps).toBeGreaterThan(0);
  });
});

describe('a store that never responds', () => {
  beforeEach(async () => {
    await prepare();
    // The time limit of a store passes in a few milliseconds, until the store responds again.
    harness.speed = 1_000;
  });
  afterEach(() => vi.restoreAllMocks());

  /** No store opens until the returned function is called. */
  function hang(): () => void {
    const spy = vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    return () => spy.mockRestore();
  }

  test.each([
    ['the scopes are refreshed', () => harness.passMinutes(24 * 60)],
    [
      'an account is unlocked',
      () => harness.command('account/unlock', { accountId, passphrase: PASSPHRASE }),
    ],
    ['a key pair is connected', () => harness.command('pair/connect', { keyId: OTHER_KEY_ID })],
    ['a key pair is created', () => harness.command('pair/create', { environment: 'demo', keyType: 'RSA' })],
    ['a poll is due', () => harness.passMinutes(1)],
  ])('while %s: it ends, and the next poll gets through', { timeout: 10_000 }, async (_, run) => {
    const answersAgain = hang();
    await run();
    answersAgain();
    harness.speed = 1;
    harness.answer = balance('77');
    await harness.passMinutes(2);
    expect(harness.browser.toolbar.title).toContain('$77.00');
  });

  test.each(['local', 'session'] as const)(
    'storage.%s: the poll ends, and the next one gets through',
    { timeout: 10_000 },
    async (area) => {
      const storage = harness.browser.api.storage[area];
      const { get } = storage;
      storage.get = () => new Promise(() => undefined);
      if (area === 'local') await harness.wake(); // the state is read once in a lifetime of the background
      await harness.passMinutes(1);
      storage.get = get;
      harness.speed = 1;
      harness.answer = balance('77');
      await harness.passMinutes(2);
      expect(harness.browser.toolbar.title).toContain('$77.00');
    },
  );
});

describe('unreadable settings', () => {
  const NEWER = { v: 99, data: { badgeFigure: 'total', hideAmounts: true } };
  beforeEach(async () => {
    await prepare();
    harness.browser.local.settings = structuredClone(NEWER);
    await harness.wake();
  });

  test('are not overwritten by a setting or the shortcut', async () => {
    expect(await harness.command('settings/change', { periodSeconds: 300 })).toEqual({
      ok: false,
      problem: { kind: 'settings-unreadable' },
    });
    await harness.browser.events.shortcut.emit('hide-amounts');
    expect(harness.browser.local.settings).toEqual(NEWER);
  });

  test('hide the amounts, because they may have been hidden', async () => {
    await harness.passMinutes(1);
    expect(harness.browser.toolbar.text).toBe('•••');
    expect(harness.browser.toolbar.title).not.toContain('$');
  });

  test("are replaced by the defaults at the user's request, while polls continue", async () => {
    const before = harness.requests.length;
    await harness.passMinutes(1);
    expect(harness.requests.length).toBe(before + 1);
    expect(await harness.command('settings/reset')).toEqual({ ok: true, value: null });
    expect(harness.browser.local.settings).toMatchObject({
      data: { badgeFigure: 'cash', hideAmounts: false },
    });
    expect(harness.browser.toolbar.text).toBe('98');
  });

  test('a reset changes nothing if they are readable', async () => {
    harness.browser.local.settings = { v: 1, data: { ...NEWER.data, periodSeconds: 300 } };
    await harness.wake();
    const before = structuredClone(harness.browser.local.settings);
    expect(await harness.command('settings/reset')).toEqual({ ok: true, value: null });
    expect(harness.browser.local.settings).toEqual(before);
  });
});
