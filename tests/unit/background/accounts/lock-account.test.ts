// A protected account: locked until it is unlocked; while locked, it shows and requests nothing.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };
const WRONG = { ok: false, problem: { kind: 'passphrase-wrong' } };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const lock = () => harness.command('account/lock', { accountId });
const unlock = (passphrase = PASSPHRASE) => harness.command('account/unlock', { accountId, passphrase });
const restart = async () => {
  harness.browser.restart();
  await harness.wake();
  await harness.browser.events.startup.emit();
  await vi.waitFor(() => expect(harness.browser.toolbar.title).not.toBe(''));
};
const expectLocked = () => {
  expect(harness.browser.toolbar).toMatchObject({ text: '•••', icon: '/icons/locked-16.png' });
  expect(harness.browser.toolbar.title).toBe('Balance Badge\nLocked. Click to unlock.');
  expect(harness.browser.session.unlocked ?? {}).toEqual({});
};

test('an account saved with a passphrase is unlocked and polls', async () => {
  expect(harness.browser.toolbar.text).toBe('98');
  harness.answer = balance('99');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('99');
});

test('a restarted background is still unlocked: the secret is in session storage', async () => {
  await harness.wake();
  harness.answer = balance('99');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('99');
});

test('neither passphrase nor secret is in local storage', async () => {
  const { key, records } = harness.browser.secrets[accountId] ?? { key: '', records: '' };
  expect([key.length, records.length]).toEqual([44, 44]);
  const stored = JSON.stringify(harness.browser.local);
  expect(stored).not.toContain(PASSPHRASE);
  for (const secret of [key, records]) expect(stored).not.toContain(secret);
});

describe('locked', () => {
  test('by the button: nothing is shown or requested', async () => {
    await lock();
    expectLocked();
    const before = harness.requests.length;
    for (let i = 0; i < 5; i++) await harness.passMinutes(1);
    await harness.command('account/refresh', { accountId });
    await harness.wake();
    expect(harness.requests.length).toBe(before);
    await vi.waitFor(expectLocked);
  });

  test('at browser start, before anything is requested or shown', async () => {
    const before = harness.requests.length;
    await restart();
    expectLocked();
    await harness.passMinutes(1);
    expect(harness.requests.length).toBe(before);
  });

  test('during a poll: its result is neither shown nor written', async () => {
    harness.now += 60_000;
    harness.answer = async () => {
      await lock();
      return balance('1')();
    };
    const snapshot = structuredClone(harness.data(accountId).snapshot);
    await harness.command('account/refresh', { accountId });
    expectLocked();
    expect(harness.data(accountId).snapshot).toEqual(snapshot);
  });
});

test('locking ends a request under way', async () => {
  harness.now += 60_000;
  harness.answer = () => new Promise(() => {}); // never
  const refreshed = harness.command('account/refresh', { accountId });
  await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
  await lock();
  await refreshed;
  expectLocked();
});

describe('user away', () => {
  const settle = () => vi.waitFor(expectLocked);

  test('locks after the chosen time', async () => {
    await harness.command('settings/change', { lockAfterMinutes: 5 });
    await vi.waitFor(() => expect(harness.browser.idleAfter).toBe(300));
    await harness.browser.events.presence.emit('active');
    expect(harness.browser.toolbar.text).toBe('98');
    await harness.browser.events.presence.emit('idle');
    await settle();
  });

  test('does not lock while away if the user chose that', async () => {
    await harness.browser.events.presence.emit('idle');
    expect(harness.browser.toolbar.text).toBe('98');
  });

  test("locks with the operating system's screen lock in any case", async () => {
    await harness.browser.events.presence.emit('locked');
    await settle();
  });

  test('the screen lock reads nothing first: it works while nothing that is stored can be read', async () => {
    const { local } = harness.browser.api.storage;
    const { get } = local;
    local.get = () => new Promise(() => undefined);
    await harness.wake();
    void harness.browser.events.presence.emit('locked');
    await vi.waitFor(() => expect(harness.browser.session.unlocked).toBeUndefined());
    local.get = get;
  });

  test('the idle listener is registered in the first turn', async () => {
    await harness.wake();
    expect(harness.browser.events.presence.listeners.size).toBe(1);
    await harness.browser.events.presence.emit('locked');
    await settle();
  });

  test('an account without a passphrase has nothing to lock', async () => {
    harness.now += 20_000;
    const { passphrase: _, ...plain } = save;
    await harness.command('key/save', { ...plain, replaces: accountId });
    await harness.browser.events.presence.emit('locked');
    expect(harness.browser.toolbar.text).toBe('98');
  });
});

describe('unlocking', () => {
  test('shows the balance and polls', async () => {
    await restart();
    harness.now += 60_000;
    harness.answer = balance('77');
    expect(await unlock()).toEqual({ ok: true, value: null });
    expect(harness.browser.toolbar.text).toBe('77');
  });

  test.each([
    ['a wrong passphrase', 'another one'],
    ['none', ''],
  ])('with %s: the one answer, and still locked', async (_, passphrase) => {
    await lock();
    expect(await unlock(passphrase)).toEqual(WRONG);
    expectLocked();
  });

  test('an unknown account gets the same error', async () => {
    expect(await harness.command('account/unlock', { accountId: 'unknown', passphrase: PASSPHRASE })).toEqual(
      WRONG,
    );
  });

  test("another account's key gets the same error", async () => {
    await lock();
    const accounts = harness.browser.local.accounts as { data: { id: string }[] };
    const [account] = accounts.data;
    if (account) account.id = 'swapped';
    expect(await harness.command('account/unlock', { accountId: 'swapped', passphrase: PASSPHRASE })).toEqual(
      WRONG,
    );
  });
});

test('a short passphrase is refused before any request', async () => {
  const before = harness.requests.length;
  expect(await harness.command('key/save', { ...save, passphrase: 'short' })).toEqual({
    ok: false,
    problem: { kind: 'passphrase-refused', fault: 'short' },
  });
  expect(harness.requests.length).toBe(before);
});

test('forgetting deletes the secret', async () => {
  await harness.command('account/forget', { accountId });
  const { icon, ...left } = harness.browser.session;
  expect(icon).toMatch(/^\/icons\/brand-16\.png /);
  expect(left).toMatchObject({ unlocked: {} });
  expect(Object.keys(left).filter((key) => key.includes(accountId))).toEqual([]);
});

test('a replacement without a passphrase needs no unlocking', async () => {
  harness.now += 20_000;
  const { passphrase: _, ...plain } = save;
  await harness.command('key/save', { ...plain, replaces: accountId });
  await restart();
  expect(harness.browser.toolbar.text).toBe('98');
});

test('a storage failure in the middle leaves no account unlocked by mistake', async () => {
  harness.now += 20_000;
  const set = harness.browser.api.storage.local.set;
  harness.browser.api.storage.local.set = (items) =>
    'accounts' in items ? Promise.reject(new Error('QuotaExceededError')) : set(items);
  const result = await harness.command('key/save', { ...save, keyId: KEY_ID.replace('0', '1') });
  harness.browser.api.storage.local.set = set;
  expect(result).toEqual({ ok: false, problem: { kind: 'storage' } });
  expect(Object.keys(harness.browser.session.unlocked as object)).toEqual([accountId]);
});

describe('session storage fails', () => {
  const STORAGE = { ok: false, problem: { kind: 'storage' } };
  const fail = () => Promise.reject(new Error('no memory'));

  test('while locking: says so, and shows no amount until the background ends', async () => {
    const { session } = harness.browser.api.storage;
    const kept = { ...session };
    Object.assign(session, { set: fail, remove: fail });
    expect(await lock()).toEqual(STORAGE);
    Object.assign(session, kept);
    expect(harness.browser.toolbar.text).toBe('•••');
  });

  test('while the screen locks: shows no amount until the background ends', async () => {
    const { session } = harness.browser.api.storage;
    const kept = { ...session };
    Object.assign(session, { set: fail, remove: fail });
    await harness.browser.events.presence.emit('locked').catch(() => undefined);
    Object.assign(session, kept);
    expect(harness.browser.toolbar.text).toBe('•••');
  });

  test('while unlocking: says so, and the account stays locked', async () => {
    await lock();
    const { session } = harness.browser.api.storage;
    const { set } = session;
    session.set = fail;
    expect(await unlock()).toEqual(STORAGE);
    session.set = set;
    expectLocked();
    expect(await unlock()).toEqual({ ok: true, value: null });
  });
});

test('unlocking sends a request although the last poll was a moment ago', async () => {
  await lock();
  const before = harness.requests.length;
  harness.now += 16_000;
  await unlock();
  expect(harness.requests).toHaveLength(before + 1);
});

test('accounts that cannot be read cannot be unlocked, and it says so', async () => {
  harness.browser.local.accounts = { v: 99, data: [] };
  await harness.wake();
  expect(await unlock()).toEqual({ ok: false, problem: { kind: 'unreadable' } });
});
