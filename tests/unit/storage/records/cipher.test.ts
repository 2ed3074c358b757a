// The records of a protected account: decrypted with their own secret, in their own place, and nowhere else.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Holdings } from '../../../../src/domain/holdings/holdings.ts';
import { EMPTY_HOLDINGS } from '../../../../src/domain/holdings/holdings.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { createCipher, seal, storedName, unseal } from '../../../../src/storage/records/cipher.ts';
import {
  type Records,
  readKind,
  readNamed,
  reencryptPart,
  writeRecords,
} from '../../../../src/storage/records/database.ts';
import { appendSample, readSamples } from '../../../../src/storage/records/history.ts';
import { readHoldings, writeHoldings } from '../../../../src/storage/records/holdings.ts';
import { recordOf } from '../../../../src/storage/records/results.ts';

const secretOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const PLACE = ['a', 1, 'holdings', '', 0] as const;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function records(generation: number, secret: string | null, previous?: Records): Promise<Records> {
  return { accountId: 'a', ciphers: [await createCipher(generation, secret), ...(previous?.ciphers ?? [])] };
}

/** Everything in the database, as text. */
async function stored(): Promise<string> {
  const open = indexedDB.open('records', 1);
  await new Promise((resolve) => {
    open.onsuccess = resolve;
  });
  const store = open.result.transaction('records').objectStore('records');
  const [keys, values] = [store.getAllKeys(), store.getAll()];
  await new Promise((resolve) => {
    values.onsuccess = resolve;
  });
  open.result.close();
  const bytes = values.result.map((value) =>
    value.bytes ? Buffer.from(value.bytes).toString('latin1') : '',
  );
  return JSON.stringify([keys.result, values.result, bytes]);
}

describe('a sealed value', () => {
  test('opens in its place', async () => {
    const cipher = await createCipher(1, secretOf(1));
    expect(await unseal(cipher, PLACE, await seal(cipher, PLACE, ['', { cash: 5 }]))).toEqual([
      '',
      { cash: 5 },
    ]);
  });

  test.each([
    ['of another account', ['b', 1, 'holdings', '', 0]],
    ['of another generation', ['a', 2, 'holdings', '', 0]],
    ['of another kind', ['a', 1, 'progress', '', 0]],
    ['of another name', ['a', 1, 'holdings', 'x', 0]],
    ['of another block', ['a', 1, 'holdings', '', 1]],
  ] as const)('is not opened in the place %s', async (_, place) => {
    const cipher = await createCipher(1, secretOf(1));
    expect(await unseal(cipher, place, await seal(cipher, PLACE, 1))).toBeUndefined();
  });

  test('is not opened with another secret, nor changed', async () => {
    const cipher = await createCipher(1, secretOf(1));
    const sealed = (await seal(cipher, PLACE, 1)) as { iv: Uint8Array; bytes: ArrayBuffer };
    expect(await unseal(await createCipher(1, secretOf(2)), PLACE, sealed)).toBeUndefined();
    const bytes = new Uint8Array(sealed.bytes).slice();
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(await unseal(cipher, PLACE, { ...sealed, bytes: bytes.buffer })).toBeUndefined();
    expect(await unseal(cipher, PLACE, 'in clear')).toBeUndefined();
  });

  test('is different each time; names are the same each time, and differ by kind and secret', async () => {
    const [one, other] = [await createCipher(1, secretOf(1)), await createCipher(1, secretOf(2))];
    expect(await seal(one, PLACE, 1)).not.toEqual(await seal(one, PLACE, 1));
    const names = [
      await storedName(one, 'fills', 'RAIN'),
      await storedName(one, 'markets', 'RAIN'),
      await storedName(other, 'fills', 'RAIN'),
    ];
    expect(new Set(names).size).toBe(3);
    expect(names.join()).not.toContain('RAIN');
    expect(await storedName(one, 'fills', 'RAIN')).toBe(names[0]);
  });

  test('its keys cannot be exported', async () => {
    const { keys } = await createCipher(1, secretOf(1));
    expect([keys?.encryption.extractable, keys?.index.extractable]).toEqual([false, false]);
  });
});

const HOLDINGS: Holdings = { ...EMPTY_HOLDINGS };
const NAMES = Array.from({ length: 450 }, (_, index) => `TICKER-${index}`);

async function fill(into: Records): Promise<void> {
  await writeHoldings(into, HOLDINGS);
  await appendSample(
    into,
    { at: Date.UTC(2026, 0, 1), cash: 98_765_432 as Micros, positions: 1 as Micros },
    60_000,
  );
  await writeRecords(into, {
    put: NAMES.map((name) => recordOf('markets', name, { title: `Title ${name}` })),
  });
}

async function expectWhole(from: Records): Promise<void> {
  expect(await readHoldings(from)).toEqual(HOLDINGS);
  expect(await readSamples(from, 0)).toMatchObject([{ cash: 98_765_432 }]);
  const markets = await readKind(from, 'markets');
  expect(markets.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  expect((await readNamed(from, 'markets', ['TICKER-7'])).get('TICKER-7')).toMatchObject([
    { value: { title: 'Title TICKER-7' } },
  ]);
}

test('protected: no amount, ticker or title is stored in clear; another secret reads nothing', async () => {
  const own = await records(0, secretOf(1));
  await fill(own);
  await expectWhole(own);
  const text = await stored();
  for (const word of ['98765432', 'TICKER', 'Title', 'cash']) expect(text).not.toContain(word);
  const stranger = await records(0, secretOf(2));
  expect(await readHoldings(stranger)).toBeNull();
  expect(await readSamples(stranger, 0)).toEqual([]);
  expect(await readKind(stranger, 'markets')).toEqual([]);
});

describe.each([
  ['adding a passphrase', null, secretOf(1)],
  ['another passphrase', secretOf(1), secretOf(2)],
  ['removing the passphrase', secretOf(1), null],
])('%s', (_, before, after) => {
  test('everything is readable after each part, and at the end with the new secret alone', async () => {
    const old = await records(0, before);
    await fill(old);
    const both = await records(1, after, old);
    await expectWhole(both);
    let parts = 0;
    for (let after = await reencryptPart(both); after; after = await reencryptPart(both, after)) {
      parts++;
      await expectWhole(both);
    }
    expect(parts).toBeGreaterThan(1);
    await expectWhole(await records(1, after));
    expect(await readKind(old, 'markets')).toEqual([]);
    if (after !== null) expect(await stored()).not.toContain('TICKER');
  });

  test('what is written meanwhile is kept, and its old form is gone', async () => {
    const old = await records(0, before);
    await fill(old);
    const both = await records(1, after, old);
    await writeRecords(both, { put: [recordOf('markets', 'TICKER-7', { title: 'new' })] });
    expect((await readKind(old, 'markets')).map(({ name }) => name)).not.toContain('TICKER-7');
    for (let after = await reencryptPart(both); after; after = await reencryptPart(both, after));
    const found = await readNamed(await records(1, after), 'markets', ['TICKER-7']);
    expect(found.get('TICKER-7')).toMatchObject([{ value: { title: 'new' } }]);
  });
});

test('what the previous secret does not decrypt stays, and the others are encrypted anew', async () => {
  const [own, stranger] = [await records(0, secretOf(1)), await records(0, secretOf(3))];
  await fill(own);
  const foreign = NAMES.map((name) => recordOf('unnamed', name, 1));
  await writeRecords(stranger, { put: foreign });
  const both = await records(1, secretOf(2), own);
  for (let after = await reencryptPart(both); after; after = await reencryptPart(both, after));
  await expectWhole(await records(1, secretOf(2)));
  expect(await readKind(own, 'markets')).toEqual([]);
  expect(await readKind(stranger, 'unnamed')).toHaveLength(foreign.length);
});
