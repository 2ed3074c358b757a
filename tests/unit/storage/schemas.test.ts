// Every stored version can be read: a past example of each item.
import { describe, expect, test } from 'vitest';
import { NO_DATA } from '../../../src/domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/accounts/settings.ts';
import {
  decodeItem,
  decodeLegacyItems,
  ITEM_SCHEMAS,
  type LEGACY_ITEMS,
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
const PACE = { attemptedAt: 1, failures: 2, notBefore: 3, clockOffset: 4 };
const BACKOFF = { failures: 2, retryAt: 3, clockOffset: 4 };

const POINT = { at: 1, cash: 2, positions: 3, gap: true };
const DAY = { began: 0, base: POINT, whole: false, points: [POINT] };
const COUNTED = { count: 1, amount: 2 };
const SUMS = {
  at: 1,
  readable: true,
  positions: 2,
  pending: COUNTED,
  orders: COUNTED,
  transfers: [{ at: 1, amount: -5 }],
};

const SNAPSHOT = { figures: FIGURES, outcome: { kind: 'ok' }, outcomeAt: 1 };
/** As stored by version 1, and as it is read: the sums are read from the exchange again. */
const DATA_1 = {
  snapshot: SNAPSHOT,
  backoff: BACKOFF,
  pollLog: { lives: 3, entries: [] },
  day: DAY,
  holdings: SUMS,
};
const DATA = {
  ...NO_DATA,
  snapshot: SNAPSHOT,
  backoff: BACKOFF,
  pollLog: { lifetimes: 3, entries: [] },
  day: DAY,
};
const TRANSFER = {
  id: 'deposit 1',
  kind: 'deposit',
  status: 'applied',
  amount: 5,
  requestedAt: 1,
  finishedAt: 2,
  appliedAt: null,
  neverApplied: false,
};
const DATA_2 = {
  ...DATA,
  snapshot: { ...SNAPSHOT, figures: { ...FIGURES, perps: 7 } },
  holdings: { at: 1, readAt: 1, readable: true, pending: COUNTED, orders: COUNTED },
  transfers: { readAt: 1, current: true, readable: true, recheckUntil: 0, rows: [TRANSFER] },
  perps: { status: 'readable', checkedAt: 1, equity: 7, equityAt: 1 },
};

/** Item, version, what was stored, what it is now. */
const PAST: [item: keyof StoredItems, version: number, stored: unknown, now: unknown][] = [
  ['installation', 1, { backupAt: 5, updatedTo: '0.2.0' }, { backupAt: 5, updatedTo: '0.2.0' }],
  ['accounts', 1, [ACCOUNT], [{ ...ACCOUNT, scopes: null, scopesAt: 0, acceptedScopes: null, moneyId: 'a' }]],
  [
    'accounts',
    1,
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5 }],
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5, acceptedScopes: ['read'], moneyId: 'a' }],
  ],
  [
    'accounts',
    2,
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5 }],
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: ['write'], moneyId: 'a' }],
  ],
  [
    'accounts',
    3,
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: null }],
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: null, moneyId: 'a' }],
  ],
  [
    'accounts',
    4,
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5, acceptedScopes: null, moneyId: 'b' }],
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5, acceptedScopes: null, moneyId: 'b' }],
  ],
  ['pending', 1, null, null],
  ['pending', 1, PENDING, PENDING],
  [
    'settings',
    1,
    { badgeFigure: 'total', periodSeconds: 30 },
    { ...DEFAULT_SETTINGS, badgeFigure: 'total', periodSeconds: 30 },
  ],
  [
    'settings',
    1,
    { badgeFigure: 'cash', periodSeconds: 60, shownAccount: 'a', lockAfterMinutes: 15 },
    { ...DEFAULT_SETTINGS, shownAccount: 'a', lockAfterMinutes: 15 },
  ],
  ['settings', 2, { ...DEFAULT_SETTINGS, restWhenAway: true }, { ...DEFAULT_SETTINGS, restWhenAway: true }],
  ['account', 1, {}, NO_DATA],
  ['account', 1, DATA_1, DATA],
  ['account', 2, DATA_2, DATA_2],
];

test.each(PAST)('%s, version %i: %j', (item, version, stored, now) => {
  expect(decodeItem(item, { v: version, data: stored })).toEqual(now);
});

test('every version of every item is covered', () => {
  const items = Object.keys(ITEM_SCHEMAS) as (keyof StoredItems)[];
  const expected = items.flatMap((item) =>
    Array.from({ length: versionOf(item) }, (_, i) => `${item} ${i + 1}`),
  );
  expect([...new Set(PAST.map(([item, version]) => `${item} ${version}`))].sort()).toEqual(expected.sort());
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
  expect(decodeItem('settings', { v: 2, data: stored })).toEqual({ ...DEFAULT_SETTINGS, periodSeconds: 30 });
});

describe('legacy items of an account', () => {
  const LEGACY: [item: keyof typeof LEGACY_ITEMS, version: number, stored: unknown, now: object][] = [
    ['snapshot', 1, SNAPSHOT, { snapshot: SNAPSHOT }],
    ['snapshot', 1, { figures: null, outcome: null, outcomeAt: null }, {}],
    ['pace', 1, PACE, { backoff: BACKOFF }],
    ['pace', 2, { ...PACE, statusAskedAt: 5 }, { backoff: BACKOFF }],
    ['log', 1, { lives: 3, entries: [] }, { pollLog: { lifetimes: 3, entries: [] } }],
    ['day', 1, null, {}],
    ['day', 1, DAY, { day: DAY }],
    ['sums', 1, null, {}],
    ['sums', 1, SUMS, {}],
  ];

  test.each(LEGACY)('%s, version %i: %j', (item, version, stored, now) => {
    const find = (name: string) => (name === item ? { v: version, data: stored } : undefined);
    expect(decodeLegacyItems(find)).toEqual({ ...NO_DATA, ...now });
  });

  test('all legacy items form the record', () => {
    const stored: Record<string, unknown> = {
      snapshot: SNAPSHOT,
      pace: PACE,
      log: { lives: 3, entries: [] },
      day: DAY,
      sums: SUMS,
    };
    expect(decodeLegacyItems((item) => ({ v: 1, data: stored[item] }))).toEqual(DATA);
  });

  test.each([
    ['absent', undefined],
    ['damaged', { v: 1, data: 7 }],
    ['of a version that never was', { v: 9, data: SNAPSHOT }],
  ])('%s: the record is empty', (_, item) => {
    expect(decodeLegacyItems(() => item)).toEqual(NO_DATA);
  });
});
