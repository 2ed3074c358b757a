// How a key is stored, and changing that: refused passphrases, a new passphrase, none.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
const NEXT = 'another five words or so';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };
const pair = { environment: 'production', keyType: 'Ed25519' };
const MANY = 200;

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const unlock = (passphrase: string) => harness.command('account/unlock', { accountId, passphrase });
const lock = () => harness.command('account/lock', { accountId });
const protect = (next: string | null, passphrase = PASSPHRASE) =>
  harness.command('account/protect', { accountId, passphrase, next });
const unlocked = () => Object.keys((harness.browser.session.unlocked as object | undefined) ?? {});
const account = () => (harness.browser.local.accounts as { data: Record<string, unknown>[] }).data[0];

/** The contents of the vault, by reference. */
async function vault(): Promise<CryptoKey[]> {
  const { openDB } = await import('idb');
  const db = await openDB('vault', 1);
  const all = await db.getAll('keys');
  db.close();
  return all;
}

describe('a weak passphrase is refused before any request or key', () => {
  test.each([
    ['short', 'short'],
    [' '.repeat(12), 'blank'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['password123', 'common'],
  ])('%j', async (passphrase, fault) => {
    const refused = { ok: false, problem: { kind: 'passphrase-refused', fault } };
    const requests = harness.requests.length;
    expect(await harness.command('key/save', { ...save, passphrase })).toEqual(refused);
    expect(await harness.command('pair/create', { ...pair, passphrase })).toEqual(refused);
    expect(await protect(passphrase)).toEqual(refused);
    expect(harness.requests.length).toBe(requests);
    expect(await harness.keys()).toHaveLength(1);
    expect(await unlock(PASSPHRASE)).toEqual({ ok: true, value: null });
  });
});

describe('changing the passphrase', () => {
  test('the new one decrypts the key, the old one does not; no old ciphertext remains', async () => {
    const [before] = await harness.keys();
    expect(await protect(NEXT)).toEqual({ ok: true, value: null });
    expect(await harness.keys()).toHaveLength(1);
    expect(await harness.keys()).not.toContain(before);
    expect(unlocked()).toEqual([accountId]);
    harness.answer = balance('77');
    await harness.passMinutes(1);
    expect(harness.browser.toolbar.text).toBe('77');
    await lock();
    expect(await unlock(PASSPHRASE)).toMatchObject({ ok: false, problem: { kind: 'passphrase-wrong' } });
    expect(await unlock(NEXT)).toEqual({ ok: true, value: null });
    expect(JSON.stringify([harness.browser.local, harness.browser.session])).not.toContain(NEXT);
  });

  test('requires the current passphrase', async () => {
    expect(await protect(NEXT, 'not this one')).toEqual({
      ok: false,
      problem: { kind: 'passphrase-wrong' },
    });
    await lock();
    expect(await unlock(PASSPHRASE)).toMatchObject({ ok: true });
  });

  test('an account without a passphrase is refused', async () => {
    harness.now += 20_000;
    await harness.command('key/save', { ...saving(pem), replaces: accountId });
    expect(await protect(NEXT)).toMatchObject({ ok: false });
    expect(account()).toMatchObject({ protection: 'none' });
  });

  test('a screen lock meanwhile keeps the old passphrase', async () => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'deriveBits').mockImplementationOnce(async (...args) => {
      await harness.browser.events.presence.emit('locked');
      return derive(...args);
    });
    expect(await protect(NEXT)).toEqual({ ok: false, problem: { kind: 'interrupted' } });
    expect(unlocked()).toEqual([]);
    expect(await unlock(PASSPHRASE)).toMatchObject({ ok: true });
  });

  describe('beside another account', () => {
    const other = { ...save, keyId: KEY_ID.replace('0', '1'), passphrase: 'quite different words' };
    const accounts = () =>
      (harness.browser.local.accounts as { data: { id: string; keyRef: string; records?: unknown }[] }).data;

    test('changes this one alone, whichever it is', async () => {
      harness.now += 20_000;
      const first = accountId;
      const second = await harness.connect(other);
      for (const [id, passphrase] of [
        [first, PASSPHRASE],
        [second, other.passphrase],
      ] as const) {
        const before = accounts();
        accountId = id;
        expect(await protect(NEXT, passphrase)).toEqual({ ok: true, value: null });
        for (const [index, account] of accounts().entries()) {
          const { keyRef, records: _, ...rest } = account;
          expect({ ...rest, keyRef: before[index]?.keyRef }).toEqual({
            ...before[index],
            records: undefined,
          });
          expect(keyRef !== before[index]?.keyRef).toBe(account.id === id);
        }
        expect(unlocked().sort()).toEqual([first, second].sort());
        expect(await harness.keys()).toHaveLength(2);
      }
    });

    test('the passphrase of the other account changes nothing', async () => {
      harness.now += 20_000;
      await harness.connect(other);
      expect(await protect(NEXT, other.passphrase)).toEqual({
        ok: false,
        problem: { kind: 'passphrase-wrong' },
      });
    });
  });

  test.each([
    ['replaced', () => harness.command('key/save', { ...save, passphrase: 'a third one of these' }), 1],
    ['forgotten', () => harness.command('account/forget', { accountId }), 0],
  ])('a key that is %s meanwhile stays as that says', async (_, meanwhile, keys) => {
    harness.now += 20_000;
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'deriveBits').mockImplementationOnce(async (...args) => {
      await meanwhile();
      return derive(...args);
    });
    expect(await protect(NEXT)).toMatchObject({ ok: false });
    expect(await harness.keys()).toHaveLength(keys);
    expect(await unlock(NEXT)).toMatchObject({ ok: false });
    if (keys > 0) expect(await unlock('a third one of these')).toEqual({ ok: true, value: null });
  });

  test('accounts that cannot be read: says so', async () => {
    harness.browser.local.accounts = { v: 99, data: [] };
    await harness.wake();
    expect(await protect(NEXT)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
  });

  test('killed at any step: exactly one of the two passphrases decrypts the key', async () => {
    for (let fatal = 1; fatal < MANY; fatal++) {
      harness.lifetime.ended = true;
      harness = new BackgroundHarness();
      await harness.wake();
      accountId = await harness.connect(save);
      let taken = 0;
      let over = false;
      harness.lifetime.onStep = () => {
        if (++taken === fatal) harness.lifetime.ended = true;
      };
      const done = () => {
        over = true;
      };
      protect(NEXT).then(done, done);
      await vi.waitFor(() => expect(over || harness.lifetime.ended).toBe(true), { interval: 1 });
      if (!harness.lifetime.ended) return expect(fatal).toBeGreaterThan(5);
      await harness.wake();
      await harness.browser.events.startup.emit();
      expect(await harness.keys(), `step ${fatal}`).toHaveLength(1);
      await lock();
      const results = [await unlock(PASSPHRASE), await unlock(NEXT)] as { ok: boolean }[];
      expect(
        results.filter(({ ok }) => ok),
        `step ${fatal}`,
      ).toHaveLength(1);
      harness.now += 60_000;
      await harness.command('account/refresh', { accountId });
      expect(harness.browser.toolbar.text, `step ${fatal}`).toBe('98');
    }
    throw new Error('it never ends');
  });
});

test('removing the passphrase stores a non-extractable key that can only sign', async () => {
  expect(await protect(null)).toEqual({ ok: true, value: null });
  expect(account()).toMatchObject({ protection: 'none' });
  const [stored] = await vault();
  expect(stored).toMatchObject({ extractable: false, usages: ['sign'], type: 'private' });
  expect(unlocked()).toEqual([]);
  harness.browser.restart();
  await harness.wake();
  harness.answer = balance('77');
  await harness.passMinutes(1);
  harness.now += 60_000;
  await harness.command('account/refresh', { accountId });
  expect(harness.browser.toolbar.text).toBe('77');
});

/** Calls back before each import of a key, with the very bytes that are imported. */
function onImport(inspect: (format: string, bytes: Uint8Array, algorithm: unknown) => void): void {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<CryptoKey>;
  vi.spyOn(crypto.subtle, 'importKey').mockImplementation((async (...args: [string, Uint8Array, unknown]) => {
    inspect(...args);
    return importKey(...args);
  }) as unknown as typeof crypto.subtle.importKey);
}

describe('imported keys', () => {
  test.each(['RSA', 'Ed25519'])(
    'a generated %s key without a passphrase is not extractable',
    async (keyType) => {
      await harness.command('pair/create', { ...pair, keyType });
      const [stored] = await vault();
      expect(stored).toMatchObject({ extractable: false, usages: ['sign'], type: 'private' });
    },
  );

  test('the decoded bytes of a key are overwritten after every use', async () => {
    const seen: Uint8Array[] = [];
    onImport((format, bytes) => {
      if (format === 'pkcs8') seen.push(bytes);
    });
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementation((algorithm, key, bytes) => {
      if ((bytes as Uint8Array)[0] === 0x30) seen.push(bytes as Uint8Array); // a key, not a record
      return encrypt(algorithm, key, bytes);
    });
    harness.now += 20_000;
    await harness.command('key/save', { ...save, keyId: KEY_ID.replace('0', '1') });
    await protect(NEXT);
    await protect(null, NEXT);
    expect(seen.length).toBe(2 + 1 + 1);
    expect(seen.map((bytes) => bytes.every((byte) => byte === 0))).toEqual(seen.map(() => true));
  });
});
