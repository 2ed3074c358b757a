// Everything that was ever stored can be read: a past shape of each item, as the version that wrote it wrote it.
import { describe, expect, test } from 'vitest';
import { EMPTY_POLL_LOG } from '../../../src/portfolio/poll-log.ts';
import { DEFAULT_SETTINGS } from '../../../src/portfolio/settings.ts';
import { decodeItem, ITEM_SCHEMAS, type Stored, versionOf } from '../../../src/storage/schemas.ts';

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
const BACKOFF = { attemptedAt: 1, failures: 2, retryAt: 3, clockOffset: 4, statusAskedAt: 5 };

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

/** Item, version, what was stored, what it is now. */
const PAST: [item: keyof Stored, version: number, stored: unknown, now: unknown][] = [
  ['accounts', 1, [ACCOUNT], [{ ...ACCOUNT, scopes: null, scopesAt: 0, acceptedScopes: null }]],
  [
    'accounts',
    1,
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5 }],
    [{ ...ACCOUNT, scopes: ['read'], scopesAt: 5, acceptedScopes: ['read'] }],
  ],
  [
    'accounts',
    2,
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5 }],
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: ['write'] }],
  ],
  [
    'accounts',
    3,
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: null }],
    [{ ...ACCOUNT, scopes: ['write'], scopesAt: 5, acceptedScopes: null }],
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
  [
    'snapshot',
    1,
    { figures: FIGURES, outcome: { kind: 'ok' }, outcomeAt: 1 },
    { figures: FIGURES, outcome: { kind: 'ok' }, outcomeAt: 1 },
  ],
  [
    'snapshot',
    1,
    { figures: null, outcome: null, outcomeAt: null },
    { figures: null, outcome: null, outcomeAt: null },
  ],
  ['pace', 1, PACE, { ...BACKOFF, statusAskedAt: 0 }],
  ['pace', 2, { ...PACE, statusAskedAt: 5 }, BACKOFF],
  ['pace', 3, BACKOFF, BACKOFF],
  ['log', 1, EMPTY_POLL_LOG, EMPTY_POLL_LOG],
  ['day', 1, null, null],
  ['day', 1, DAY, DAY],
  ['sums', 1, null, null],
  ['sums', 1, SUMS, SUMS],
];

test.each(PAST)('%s, version %i: %j', (item, version, stored, now) => {
  expect(decodeItem(item, { v: version, data: stored })).toEqual(now);
});

test('every version of every item is in this test', () => {
  const items = Object.keys(ITEM_SCHEMAS) as (keyof Stored)[];
  const expected = items.flatMap((item) =>
    Array.from({ length: versionOf(item) }, (_, i) => `${item} ${i + 1}`),
  );
  expect([...new Set(PAST.map(([item, version]) => `${item} ${version}`))].sort()).toEqual(expected.sort());
});

describe.each(Object.keys(ITEM_SCHEMAS) as (keyof Stored)[])('%s', (item) => {
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

test('a setting that cannot be read costs its own choice, not the others', () => {
  const stored = { ...DEFAULT_SETTINGS, badgeFigure: 'moon', periodSeconds: 30, restWhenAway: 1 };
  expect(decodeItem('settings', { v: 2, data: stored })).toEqual({ ...DEFAULT_SETTINGS, periodSeconds: 30 });
});
