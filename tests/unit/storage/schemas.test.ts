// Every stored item can be read: an example of each, and of an older version.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { NO_DATA } from '../../../src/domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/accounts/settings.ts';
import {
  decodeItem,
  decodeVersioned,
  ITEM_SCHEMAS,
  type StoredItems,
  versionOf,
} from '../../../src/storage/schemas.ts';

const ACCOUNT = {
  id: 'a',
  label: 'Main',
  environment: 'production',
  keyId: '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11',
  keyType: 'Ed25519',
  keyRef: 'r',
  protection: 'none',
  scopes: ['read'],
  scopesAt: 5,
  acceptedScopes: null,
  moneyId: 'b',
  connectedAt: 1_781_159_348_000,
};
const PENDING = {
  id: 'p',
  environment: 'demo',
  keyType: 'RSA',
  keyRef: 'r',
  protection: 'passphrase',
  publicPem: 'x',
};
const FIGURES = { cash: 98_018_600, positions: 1_980_000, at: 1_781_159_348_000 };
const BACKOFF = { failures: 2, retryAt: 3, clockOffset: 4 };

const POINT = { at: 1, cash: 2, positions: 3, gap: true };
const DAY = { began: 0, base: POINT, whole: false, points: [POINT] };
const COUNTED = { count: 1, amount: 2 };
const SNAPSHOT = { figures: { ...FIGURES, perps: 7 }, outcome: { kind: 'ok' }, outcomeAt: 1 };
const TRANSFER = {
  id: 'deposit 1',
  kind: 'deposit',
  status: 'applied',
  amount: 5,
  requestedAt: 1,
  finishedAt: 2,
  appliedAt: null,
  neverApplied: false,
  fee: 1,
  booked: { at: 2, amount: 5 },
  reversedAt: 3,
};
const DATA = {
  ...NO_DATA,
  snapshot: SNAPSHOT,
  backoff: BACKOFF,
  pollLog: { lifetimes: 3, entries: [] },
  day: DAY,
  holdings: {
    at: 1,
    readAt: 1,
    pricesAt: 1,
    readable: true,
    pending: COUNTED,
    orders: COUNTED,
    settling: [{ day: 1, count: 2 }],
  },
  transfers: {
    status: 'current',
    readAt: 1,
    recheckUntil: 0,
    rows: [TRANSFER],
    jumps: [{ from: 1, at: 2, amount: 3 }],
    jumpsSince: 1,
  },
  perps: { status: 'readable', equity: 7, equityAt: 1 },
  otherSubaccounts: { cash: 5, checkedAt: 1 },
};

/** The current version of each item. */
const CURRENT: [item: keyof StoredItems, stored: unknown][] = [
  ['installation', { backupAt: 5, updatedTo: '0.2.0' }],
  ['accounts', [ACCOUNT]],
  ['pending', null],
  ['pending', PENDING],
  ['settings', { ...DEFAULT_SETTINGS, restWhenAway: true }],
  ['account', NO_DATA],
  ['account', DATA],
];

test.each(CURRENT)('%s: %j', (item, stored) => {
  expect(decodeItem(item, { v: versionOf(item), data: stored })).toEqual(stored);
});

test('parts of the record of an account that are missing are empty', () => {
  expect(decodeItem('account', { v: 1, data: {} })).toEqual(NO_DATA);
});

describe('an item with two older versions', () => {
  const schema = {
    schema: v.object({ name: v.string(), tags: v.array(v.string()) }),
    migrations: [
      ({ label }: { label: string }) => ({ name: label }),
      (old: object) => ({ ...old, tags: [] }),
    ] as ((old: unknown) => unknown)[],
  };

  test.each([
    [1, { label: 'x' }],
    [2, { name: 'x' }],
    [3, { name: 'x', tags: [] }],
  ])('version %i is migrated', (version, data) => {
    expect(decodeVersioned(schema, { v: version, data })).toEqual({ name: 'x', tags: [] });
  });

  test.each([
    ['newer', 4, { name: 'x', tags: [] }],
    ['damaged', 1, null],
    ['of another shape after its migrations', 1, { label: 7 }],
  ])('%s: unreadable, and nothing is thrown', (_, version, data) => {
    expect(decodeVersioned(schema, { v: version, data })).toBeUndefined();
  });
});

describe.each(Object.keys(ITEM_SCHEMAS) as (keyof StoredItems)[])('%s', (item) => {
  test.each([
    ['absent', undefined],
    ['null', null],
    ['text', 'x'],
    ['without an envelope', { data: [] }],
    ['of version 0', { v: 0, data: [] }],
    ['of half a version', { v: 1.5, data: [] }],
    ['of a version to come', { v: versionOf(item) + 1, data: [] }],
    ['of no shape', { v: 1, data: 7 }],
    ['of a list that is none', { v: 1, data: [null] }],
  ])('%s: unreadable, and nothing is thrown', (_, stored) => {
    expect(decodeItem(item, stored)).toBeUndefined();
  });
});

test('an unreadable setting gets its default, the others stay', () => {
  const stored = { ...DEFAULT_SETTINGS, badgeFigure: 'moon', periodSeconds: 30, restWhenAway: 1 };
  expect(decodeItem('settings', { v: 1, data: stored })).toEqual({ ...DEFAULT_SETTINGS, periodSeconds: 30 });
});
