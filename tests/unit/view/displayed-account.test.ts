// The displayed account, and the sum of several.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../src/domain/accounts/account.ts';
import { type AccountData, NO_DATA } from '../../../src/domain/accounts/account-data.ts';
import { NO_ALERTS } from '../../../src/domain/alerts/alert.ts';
import type { Day } from '../../../src/domain/balance/daily-change.ts';
import {
  NO_SNAPSHOT,
  type Snapshot,
  snapshotWithBalance,
  snapshotWithFailure,
} from '../../../src/domain/balance/snapshot.ts';
import { NO_TRANSFERS } from '../../../src/domain/balance/transfer-list.ts';
import { type Micros, micros } from '../../../src/domain/money.ts';
import { ALL, accountChoices, displayedAccount, sumOf } from '../../../src/view/displayed-account.ts';
import { changeQualifiers } from '../../../src/view/texts/change-text.ts';
import { english } from '../../fakes/english.ts';
import { readyState } from '../../fakes/state.ts';

const account = (id: string, more: Partial<Account> = {}): Account => ({
  id,
  label: '',
  environment: 'production',
  keyId: `${id}${id}${id}${id}-0000`,
  keyType: 'RSA',
  scopes: null,
  scopesAt: 0,
  acceptedScopes: null,
  moneyId: id,
  keyRef: id,
  protection: 'none',
  connectedAt: 0,
  ...more,
});
const good = (cash: number, positions: number, at: number) =>
  snapshotWithBalance({ cash: micros(cash) as Micros, positions: micros(positions) as Micros, at });
const known = (accounts: Account[], snapshots: Record<string, Snapshot> = {}, locked: string[] = []) =>
  readyState({
    accounts: accounts.map((each) =>
      locked.includes(each.id) ? { ...each, protection: 'passphrase' as const } : each,
    ),
    data: Object.fromEntries(
      Object.entries(snapshots).map(([id, snapshot]) => [id, { ...NO_DATA, snapshot }]),
    ),
  });

const A = account('a');
const B = account('b', { label: 'Bot' });
const PLAY = account('p', { environment: 'demo' });

describe('choices', () => {
  test.each([
    ['none', [], []],
    ['one', [A], ['a']],
    ['two', [A, B], ['a', 'b', ALL]],
    ['one and demo money', [A, PLAY], ['a', 'p']],
    ['two and demo money', [A, PLAY, B], ['a', 'p', 'b', ALL]],
  ])('%s', (_, accounts, choices) => expect(accountChoices(known(accounts))).toEqual(choices));
});

test('a missing choice falls back to the first account', () => {
  expect(displayedAccount(known([A, B]), 'gone', english)?.id).toBe('a');
  expect(displayedAccount(known([A]), ALL, english)?.id).toBe('a');
  expect(displayedAccount(known([]), ALL, english)).toBeNull();
});

test('accounts are named by the user, or by their position', () => {
  const all = known([A, B, PLAY]);
  expect(accountChoices(all).map((choice) => displayedAccount(all, choice, english)?.name)).toEqual([
    'Production 1',
    'Bot',
    'Demo 3',
    'All accounts',
  ]);
  expect(displayedAccount(known([A]), null, english)?.name).toBe('Balance Badge');
});

describe('what is stored beside the snapshot', () => {
  const figures = good(1, 10, 5);
  const at = (accountId: string, more: Partial<AccountData>) => ({
    [accountId]: { ...NO_DATA, snapshot: figures, ...more },
  });
  const day = {
    began: 0,
    base: { ...figures.figures, gap: false },
    whole: true,
    points: [],
  } as unknown as Day;
  const unreadable = { status: 'unreadable', checkedAt: 1 } as const;
  const readable = { status: 'readable', equity: micros(7) as Micros, equityAt: 9 } as const;
  const full: Partial<AccountData> = {
    day,
    perps: unreadable,
    results: { kind: 'denied', at: 77, books: { same: 0, different: 0 }, computation: 1 },
    alerts: { ...NO_ALERTS, nextId: 5 },
  };
  const shownOf = (data: Record<string, AccountData>, choice: string, accounts = [A, B]) =>
    displayedAccount({ ...known(accounts), data }, choice, english);

  test('of one account', () => {
    expect(shownOf(at('a', full), 'a')).toMatchObject({
      id: 'a',
      members: [{ id: 'a' }],
      days: [day],
      perpsAt: null,
      perpsUnreadable: true,
      resultsAt: [77],
      resultsReadable: false,
      alerts: [{ nextId: 5 }],
    });
    expect(shownOf(at('a', { perps: readable }), 'a')).toMatchObject({
      days: [null],
      perpsAt: 9,
      perpsUnreadable: false,
      resultsAt: [null],
      resultsReadable: true,
      alerts: [NO_ALERTS],
    });
  });

  test('what is in none of the figures is named', () => {
    const named = (more: Partial<AccountData>) => shownOf(at('a', more), 'a')?.notIncluded;
    expect(named({})).toEqual([]);
    expect(named({ perps: { status: 'elsewhere', checkedAt: 1 } })).toEqual(['perpsElsewhere']);
    expect(named({ perps: { status: 'unstated', checkedAt: 1 } })).toEqual(['perpsUnstated']);
    const others = (cash: number) => ({ otherSubaccounts: { cash: micros(cash) as Micros, checkedAt: 1 } });
    expect([named(others(1)), named(others(0))]).toEqual([['otherSubaccounts'], []]);
  });

  test('of all accounts', () => {
    expect(shownOf({ ...at('a', full), ...at('b', { perps: readable }) }, ALL)).toMatchObject({
      id: ALL,
      environment: 'production',
      days: [day, null],
      perpsAt: 9,
      perpsUnreadable: true,
      resultsAt: [77, null],
      resultsReadable: false,
      alerts: [{ nextId: 5 }, NO_ALERTS],
    });
    expect(shownOf({ ...at('a', { perps: readable }), ...at('b', {}) }, ALL)).toMatchObject({
      perpsUnreadable: false,
      resultsReadable: true,
    });
  });

  test('while the browser refuses to write, that is the outcome', () => {
    const stored = { ...known([A], { a: figures }), storageFailing: { local: true, history: false } };
    const outcome = { kind: 'storage-failed' };
    expect(displayedAccount(stored, 'a', english)?.snapshot).toEqual({ ...figures, outcome });
  });
});

describe('the sum', () => {
  test('of nothing, and of accounts that were never polled', () => {
    const nothing = { figures: null, outcome: null, outcomeAt: null };
    expect(sumOf([])).toEqual(nothing);
    expect(sumOf([NO_SNAPSHOT, NO_SNAPSHOT])).toEqual(nothing);
    expect(sumOf([NO_SNAPSHOT, good(1, 1, 1), good(1, 1, 1)]).figures).toBeNull();
  });

  test('has no figures where a figure, or the total, would not be exact', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(sumOf([good(most, 0, 1), good(1, -5, 1)]).figures).toBeNull();
    expect(sumOf([good(-5, most, 1), good(0, 1, 1)]).figures).toBeNull();
    expect(sumOf([good(most, 0, 1), good(0, 1, 1)]).figures).toBeNull();
  });

  test('adds perps in either order', () => {
    const [a, b] = [good(1, 10, 5), good(2, 20, 5)];
    const withPerps = { ...b, figures: b.figures && { ...b.figures, perps: micros(7) as Micros } };
    expect(sumOf([a, withPerps]).figures?.perps).toBe(7);
  });

  test('adds the production accounts without demo money', () => {
    const snapshots = { a: good(1, 10, 5), b: good(2, 20, 3), p: good(400, 4000, 9) };
    const shown = displayedAccount(known([A, PLAY, B], snapshots), ALL, english);
    expect(shown?.snapshot).toEqual({
      figures: { cash: 3, positions: 30, at: 3 },
      outcome: { kind: 'ok' },
      outcomeAt: 5,
    });
    expect(shown?.members.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('adds two keys of one member once', () => {
    const second = account('c', { moneyId: 'a' });
    expect(accountChoices(known([A, second]))).toEqual(['a', 'c']); // one money: there is nothing to add
    const snapshots = { a: good(1, 10, 5), b: good(2, 20, 5), c: good(1, 10, 5) };
    const shown = displayedAccount(known([A, second, B], snapshots), ALL, english);
    expect(shown?.members.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(shown?.snapshot.figures).toMatchObject({ cash: 3, positions: 30 });
  });

  test('adds perps where one of them has some', () => {
    const [a, b] = [good(1, 10, 5), good(2, 20, 5)];
    const perps = micros(7) as Micros;
    const withPerps = { ...a, figures: a.figures && { ...a.figures, perps } };
    expect(sumOf([withPerps, b]).figures).toEqual({ cash: 3, positions: 30, perps: 7, at: 5 });
    expect(sumOf([a, b]).figures).not.toHaveProperty('perps');
  });

  test('names every time from which a change is counted', () => {
    const midnight = new Date(2026, 10, 22).getTime();
    const two = midnight + 14 * 3_600_000;
    const data = (id: string, at: number, whole: boolean, gain: number) => {
      const base = { at, cash: micros(100e6) as Micros, positions: micros(0) as Micros, gap: false };
      const transfers = { ...NO_TRANSFERS, readAt: at, status: 'current' } as const;
      const day = { began: midnight, base, whole, points: [base] };
      return { [id]: { ...NO_DATA, snapshot: good(100e6 + gain, 0, two), day, transfers } };
    };
    const stored = {
      ...known([A, B]),
      data: { ...data('a', midnight, true, 10e6), ...data('b', two, false, 1e6) },
    };
    const change = displayedAccount(stored, ALL, english)?.changeSince(midnight);
    if (!change || change === 'unconfirmed') throw new Error('no change');
    expect(change).toMatchObject({ amount: 11e6, since: ['midnight', two], transfers: 'excluded' });
    expect(changeQualifiers(change, english, two)).toMatch(/^since midnight \/ 2:00\sPM$/);
  });

  test('is as old as the oldest, in any order', () => {
    expect(sumOf([good(1, 1, 3), good(1, 1, 5)]).figures?.at).toBe(3);
    expect(sumOf([good(1, 1, 5), good(1, 1, 3)]).figures?.at).toBe(3);
  });

  test('is locked if one of them is', () => {
    expect(displayedAccount(known([A, B], {}, ['b']), ALL, english)?.locked).toBe(true);
  });

  test('has no figures if one of them has none', () => {
    expect(sumOf([good(1, 1, 1), NO_SNAPSHOT])).toEqual({ figures: null, outcome: null, outcomeAt: 1 });
  });

  test('has the worst outcome', () => {
    const offline = snapshotWithFailure(good(1, 1, 1), { kind: 'offline' }, 7);
    const refused = snapshotWithFailure(good(1, 1, 1), { kind: 'key-unknown' }, 8);
    expect(sumOf([good(1, 1, 1), offline]).outcome).toEqual({ kind: 'offline' });
    expect(sumOf([offline, refused, good(1, 1, 1)]).outcome).toEqual({ kind: 'key-unknown' });
    expect(sumOf([offline, good(1, 1, 1)]).figures).toEqual({ cash: 2, positions: 2, at: 1 });
  });

  test('is exact or absent', () => {
    const snapshot = fc
      .tuple(fc.maxSafeInteger(), fc.integer(), fc.nat())
      .map(([cash, positions, at]) => good(cash, positions, at));
    fc.assert(
      fc.property(fc.array(snapshot, { minLength: 1, maxLength: 5 }), (snapshots) => {
        const exact = snapshots.reduce((sum, { figures }) => sum + BigInt(figures?.cash ?? 0), 0n);
        const { figures } = sumOf(snapshots);
        if (figures) expect(BigInt(figures.cash)).toBe(exact);
      }),
    );
  });
});
