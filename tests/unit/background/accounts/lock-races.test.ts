// Locking and forgetting while something else is under way: a poll, its lists, an unlock, a save, a key pair.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readHoldings } from '../../../../src/storage/records/holdings.ts';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  OTHER_KEY_ID,
  saving,
  withBackground,
} from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };
const INTERRUPTED = { ok: false, problem: { kind: 'interrupted' } };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const lock = (id = accountId) => harness.command('account/lock', { accountId: id });
const forget = () => harness.command('account/forget', { accountId });
const unlock = (id = accountId) =>
  harness.command('account/unlock', { accountId: id, passphrase: PASSPHRASE });
const screenLocks = () => harness.browser.events.presence.emit('locked');
const unlocked = () => Object.keys((harness.browser.session.unlocked as object | undefined) ?? {});
const never = () => new Promise<Response>(() => undefined);
const emptyList = () => new Response('{"cursor":""}');

const expectLocked = () => {
  expect(unlocked()).toEqual([]);
  expect(harness.browser.toolbar.text).toBe('•••');
  expect(harness.browser.toolbar.title).not.toContain('$');
  expect(harness.browser.session['popup-preview'] ?? null).toBeNull();
};

/** Calls `interrupt` when a key is next derived from a passphrase, and continues the derivation afterwards. */
function whilePassphraseIsDerived(interrupt: () => Promise<unknown>): void {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementationOnce(async (...args) => {
    await interrupt();
    return derive(...args);
  });
}

// A request that an abort does not end would end by its own time limit, which is disabled here.
describe('a poll under way', { timeout: 5_000 }, () => {
  beforeEach(() => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
    harness.now += 60_000;
  });

  test.each([
    ['lock', () => lock()],
    ['screen lock', screenLocks],
    ['forget', forget],
  ])('%s ends the balance request at once', async (_, interrupt) => {
    harness.answer = never;
    const polled = harness.command('account/refresh', { accountId });
    await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
    await interrupt();
    await polled;
    expect(harness.requests).toHaveLength(2);
  });

  /** What is requested side by side after the balance. */
  const DETAILS = /deposits|withdrawals|transfers|balances/;

  describe.each(['deposits', 'withdrawals', 'positions', 'settlements'])('the request for %s', (list) => {
    test.each([
      ['lock', () => lock()],
      ['screen lock', screenLocks],
      ['forget', forget],
    ])('%s ends it at once; no further one is sent', async (_, interrupt) => {
      harness.list = (url) => (url.includes(`/${list}`) ? never() : emptyList());
      const polled = harness.passMinutes(1);
      const detailsSent = () => harness.listRequests.filter((url) => DETAILS.test(url)).length;
      await vi.waitFor(() => {
        expect(harness.listRequests.some((url) => url.includes(`/${list}`))).toBe(true);
        expect(detailsSent()).toBe(4);
      });
      const before = harness.listRequests.length;
      await interrupt();
      await polled;
      expect(harness.listRequests).toHaveLength(before);
    });
  });

  test('lock ends the request for the scopes at once', async () => {
    harness.now += 24 * 3_600_000;
    harness.scopes = never;
    const polled = harness.passMinutes(1);
    await vi.waitFor(() => expect(harness.scopeRequests).toBe(2));
    await lock();
    await polled;
    // What the balance needs comes before the scopes, the other lists after them.
    expect(harness.listRequests.filter((url) => !DETAILS.test(url))).toEqual([]);
  });

  const LISTS = ['withdrawals', 'settlements'];

  test.each(LISTS)('a lock during the request for %s: no row and no sum is written', async (list) => {
    const sums = () => harness.data(accountId).holdings;
    let before: unknown;
    harness.list = async (url) => {
      if (url.includes(`/${list}`)) {
        before = structuredClone(sums());
        await lock();
      }
      return emptyList();
    };
    await harness.passMinutes(1);
    expect(before).toBeDefined();
    expect(sums()).toEqual(before);
    expect(await readHoldings(await harness.records(accountId))).toBeNull();
    expectLocked();
  });

  test.each(LISTS)(
    'forget during the request for %s: nothing comes back under the forgotten id',
    async (list) => {
      harness.list = async (url) => {
        if (url.includes(`/${list}`)) await forget();
        return emptyList();
      };
      await harness.passMinutes(1);
      expect(await readHoldings(await harness.records(accountId))).toBeNull();
      expect(await harness.samples(accountId)).toEqual([]);
      expect(Object.keys(harness.browser.local)).toEqual(['accounts']);
    },
  );

  test('a key replaced during the request for settlements: no row of the old one is written', async () => {
    harness.list = async (url) => {
      if (url.includes('/settlements')) {
        harness.now += 20_000;
        const saved = await harness.command('key/save', {
          ...save,
          replaces: accountId,
          keyId: OTHER_KEY_ID,
          history: 'keep',
        });
        expect(saved).toMatchObject({ ok: true });
      }
      return emptyList();
    };
    await harness.passMinutes(1);
    expect(await readHoldings(await harness.records(accountId))).toBeNull();
  });
});

test('forget deletes the holdings with everything else', async () => {
  harness.list = emptyList;
  await harness.passMinutes(1);
  expect(await readHoldings(await harness.records(accountId))).not.toBeNull();
  await forget();
  expect(await readHoldings(await harness.records(accountId))).toBeNull();
  expect(await harness.samples(accountId)).toEqual([]);
});

describe('an unlock under way', () => {
  beforeEach(() => lock());

  test.each([
    ['the screen locks', screenLocks],
    ['the account is locked', () => lock()],
    ['the account is forgotten', forget],
  ])('%s while the passphrase is derived: it stays locked', async (_, interrupt) => {
    whilePassphraseIsDerived(interrupt);
    const before = harness.requests.length;
    expect(await unlock()).toEqual(INTERRUPTED);
    expect(unlocked()).toEqual([]);
    expect(harness.requests.length).toBe(before);
    expect(harness.browser.toolbar.title).not.toContain('$');
  });

  test('a screen lock between reading and writing the secrets: stays locked', async () => {
    const { session } = harness.browser.api.storage;
    const get = session.get;
    session.get = async (names) => {
      const found = await get(names);
      if (names === 'unlocked') {
        session.get = get;
        void screenLocks();
      }
      return found;
    };
    expect(await unlock()).toEqual(INTERRUPTED);
    expectLocked();
  });
});

describe('a save under way', () => {
  test('a screen lock during the check: nothing is saved', async () => {
    harness.now += 20_000;
    harness.answer = async () => {
      await screenLocks();
      return balance('55')();
    };
    const before = structuredClone(harness.browser.local);
    expect(await harness.command('key/save', { ...save, keyId: OTHER_KEY_ID })).toEqual(INTERRUPTED);
    expect(harness.browser.local).toEqual(before);
    expect(await harness.keys()).toHaveLength(1);
    expectLocked();
  });

  test('a screen lock during encryption: nothing is saved', async () => {
    harness.now += 20_000;
    whilePassphraseIsDerived(screenLocks);
    expect(await harness.command('key/save', { ...save, keyId: OTHER_KEY_ID })).toEqual(INTERRUPTED);
    expect(await harness.keys()).toHaveLength(1);
    expectLocked();
  });

  test('a key without a passphrase is saved in any case', async () => {
    harness.now += 20_000;
    harness.answer = async () => {
      await screenLocks();
      return balance('55')();
    };
    const plain = { ...saving(pem), keyId: OTHER_KEY_ID };
    expect(await harness.command('key/save', plain)).toMatchObject({ ok: true });
  });

  test('forget during the check of a replacement key: no account is restored', async () => {
    harness.now += 20_000;
    harness.answer = async () => {
      await forget();
      return balance('55')();
    };
    const replacing = { ...save, keyId: OTHER_KEY_ID, replaces: accountId };
    expect(await harness.command('key/save', replacing)).toEqual(INTERRUPTED);
    expect(harness.browser.local).toEqual({ accounts: { v: 1, data: [] } });
    expect(await harness.keys()).toEqual([]);
    expect(unlocked()).toEqual([]);
  });
});

describe('a generated key pair', () => {
  const create = () =>
    harness.command('pair/create', { environment: 'production', keyType: 'Ed25519', passphrase: PASSPHRASE });
  const connect = () => harness.command('pair/connect', { keyId: OTHER_KEY_ID });
  const pending = () => (harness.browser.local.pending as { data: { id: string } | null } | undefined)?.data;

  test('a screen lock during generation: nothing is stored', async () => {
    whilePassphraseIsDerived(screenLocks);
    expect(await create()).toEqual(INTERRUPTED);
    expect(pending()).toBeUndefined();
    expect(await harness.keys()).toHaveLength(1);
    expect(unlocked()).toEqual([]);
  });

  test('a screen lock while pending: locked like an account', async () => {
    await create();
    expect(unlocked()).toHaveLength(2);
    await screenLocks();
    expect(unlocked()).toEqual([]);
    expect(await connect()).toMatchObject({ ok: false, problem: { failure: { kind: 'key-missing' } } });
  });

  test('a screen lock during the check: no account is created, the pair stays locked', async () => {
    await create();
    harness.now += 20_000;
    harness.answer = async () => {
      await screenLocks();
      return balance('55')();
    };
    expect(await connect()).toEqual(INTERRUPTED);
    expect(pending()).toBeTruthy();
    expectLocked();
    expect(JSON.stringify(harness.browser.local.accounts)).not.toContain(OTHER_KEY_ID);
  });
});

describe('several accounts', () => {
  let other: string;
  beforeEach(async () => {
    harness.now += 20_000;
    other = await harness.connect({ ...save, keyId: OTHER_KEY_ID });
    expect(unlocked().sort()).toEqual([accountId, other].sort());
  });

  test('a screen lock locks all of them although the toolbar fails', async () => {
    const { action } = harness.browser.api;
    const { setBadgeText, setTitle } = action;
    action.setBadgeText = () => Promise.reject(new Error('no toolbar'));
    action.setTitle = () => Promise.reject(new Error('no toolbar'));
    await screenLocks();
    expect(unlocked()).toEqual([]);
    Object.assign(action, { setBadgeText, setTitle });
  });

  test('locking one leaves the other unlocked', async () => {
    await lock();
    expect(unlocked()).toEqual([other]);
  });

  /** The cash of both accounts after the next poll, dollars. */
  const cashAfterPoll = async (dollars: string) => {
    harness.answer = balance(dollars);
    await harness.passMinutes(1);
    return [accountId, other].map((id) => Math.floor((harness.data(id).snapshot.figures?.cash ?? 0) / 1e6));
  };

  test('locking one: the other is still polled', async () => {
    await lock();
    expect(await cashAfterPoll('77')).toEqual([98, 77]);
    await unlock();
    expect(await cashAfterPoll('55')).toEqual([55, 55]);
  });

  test('unlocking one: the other stays as it is', async () => {
    await lock();
    await lock(other);
    await unlock(other);
    expect(unlocked()).toEqual([other]);
    expect(await cashAfterPoll('77')).toEqual([98, 77]);
    await unlock();
    expect(unlocked().sort()).toEqual([accountId, other].sort());
    expect(await cashAfterPoll('55')).toEqual([55, 55]);
  });

  test('locking one while the other is unlocked: both take effect', async () => {
    await lock(other);
    whilePassphraseIsDerived(async () => void lock());
    expect(await unlock(other)).toEqual({ ok: true, value: null });
    await vi.waitFor(() => expect(unlocked()).toEqual([other]));
  });

  test('locking one locks all of them if the secrets are unreadable', async () => {
    const { session } = harness.browser.api.storage;
    const { get } = session;
    session.get = () => Promise.reject(new Error('no memory'));
    expect(await lock()).toEqual({ ok: true, value: null });
    session.get = get;
    expect(unlocked()).toEqual([]);
  });
});

test('all are locked while the secrets are read to lock one: no secret is written back', async () => {
  harness.now += 20_000;
  const other = await harness.connect({ ...save, keyId: OTHER_KEY_ID });
  expect(unlocked()).toHaveLength(2);
  const { session } = harness.browser.api.storage;
  const { get } = session;
  session.get = async (keys) => {
    session.get = get;
    const before = await get(keys);
    await screenLocks();
    return before;
  };
  await lock(other);
  expect(unlocked()).toEqual([]);
});

test('all are locked while a secret is written: it is deleted again', async () => {
  await lock();
  const { session } = harness.browser.api.storage;
  const { set } = session;
  session.set = async (items) => {
    if (!('unlocked' in items)) return set(items);
    session.set = set;
    await screenLocks();
    return set(items); // the browser applies the write last
  };
  expect(await unlock()).toEqual(INTERRUPTED);
  expectLocked();
});

test('a screen lock while a new background reads what is stored: the account is locked', async () => {
  const { session } = harness.browser.api.storage;
  const { get } = session;
  session.get = async (keys) => {
    session.get = get;
    const before = await get(keys);
    void screenLocks(); // it renders when the read has ended
    return before;
  };
  const requests = harness.requests.length;
  await harness.wake();
  await vi.waitFor(expectLocked);
  await harness.passMinutes(1);
  expectLocked();
  expect(harness.requests).toHaveLength(requests);
});

describe('unreadable accounts', () => {
  beforeEach(() => {
    harness.browser.readError = new Error('IO error');
  });
  afterEach(() => {
    harness.browser.readError = undefined;
  });

  test('a screen lock works', async () => {
    await screenLocks();
    expect(unlocked()).toEqual([]);
  });

  test('the Lock button works', async () => {
    expect(await lock()).toEqual({ ok: true, value: null });
    expect(unlocked()).toEqual([]);
  });
});

test('a render under way when the account is locked writes no amount', async () => {
  const { action } = harness.browser.api;
  const { setBadgeText } = action;
  let locked: Promise<unknown> | undefined;
  action.setBadgeText = async (details) => {
    action.setBadgeText = setBadgeText;
    locked = lock();
    return setBadgeText(details);
  };
  const titles: string[] = [];
  const { setTitle } = action;
  action.setTitle = async (details) => {
    titles.push(details.title);
    return setTitle(details);
  };
  await harness.command('settings/change', { badgeFigure: 'total' });
  await locked;
  expectLocked();
  expect(titles.filter((title) => title.includes('$'))).toEqual([]);
});
