// Which accounts are the same money, what a backup means here, and the record of an account.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type Account, accountsAndPendingKey, moneyIdOf } from '../../../../src/domain/accounts/account.ts';
import { accountDataSchema, alertsOf, NO_DATA } from '../../../../src/domain/accounts/account-data.ts';
import { accountHere, restoredSettings } from '../../../../src/domain/accounts/backup.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/domain/accounts/settings.ts';
import { NO_ALERTS } from '../../../../src/domain/alerts/alert.ts';

const account = (id: string, more: Partial<Account> = {}) =>
  ({ id, environment: 'production', keyId: `key ${id}`, moneyId: `money ${id}`, ...more }) as Account;
const [A, B] = [account('a'), account('b')];
const DEMO = account('d', { environment: 'demo', keyId: 'key b' });

describe('the money of an account', () => {
  test('is that of another account whose key Kalshi lists beside it', () => {
    expect(moneyIdOf(A, ['key b'], [A, B])).toBe('money b');
    expect(moneyIdOf({ id: 'n', environment: 'production' }, ['key b'], [A, B])).toBe('money b');
  });

  test('is its own otherwise: another environment, itself, nothing known', () => {
    expect(moneyIdOf(A, ['key b'], [A, DEMO])).toBe('money a');
    expect(moneyIdOf(A, ['key a'], [A, B])).toBe('money a');
    expect(moneyIdOf(A, [], [A, B])).toBe('money a');
    expect(moneyIdOf(A, undefined, [A, B])).toBe('money a');
    expect(moneyIdOf({ id: 'n', environment: 'production' }, undefined, [])).toBe('n');
  });
});

test('everything that has a key', () => {
  const pending = { id: 'p' } as never;
  expect(accountsAndPendingKey({ accounts: [A], pending: null })).toEqual([A]);
  expect(accountsAndPendingKey({ accounts: [A], pending })).toEqual([A, pending]);
});

describe('an account of a backup is here', () => {
  test('the same one, before one with the same key', () => {
    const renamed = account('x', { keyId: 'key a' });
    expect(accountHere(A, [renamed, A])).toBe(A);
    expect(accountHere(A, [B, renamed])).toBe(renamed);
  });

  test('not one with the same key in the other environment', () => {
    expect(accountHere(account('x', { keyId: 'key b' }), [A, DEMO])).toBeUndefined();
    expect(accountHere(A, [B])).toBeUndefined();
  });
});

describe('settings after a restore', () => {
  const backup = {
    ...DEFAULT_SETTINGS,
    periodSeconds: 300,
    hideAmounts: true,
    shownAccount: 'a',
    lockAfterMinutes: 15,
    restWhenAway: true,
  } satisfies Settings;
  const rename = (id: string) => `${id} here`;

  test('what is still as it was at first is taken over', () => {
    expect(restoredSettings(DEFAULT_SETTINGS, backup, rename, true)).toEqual({
      ...backup,
      shownAccount: 'a here',
    });
    const nothing = { ...backup, shownAccount: null };
    expect(restoredSettings(DEFAULT_SETTINGS, nothing, rename, true).shownAccount).toBeNull();
  });

  test('what was changed here stays', () => {
    const here = { ...DEFAULT_SETTINGS, periodSeconds: 30, shownAccount: 'z' } satisfies Settings;
    expect(restoredSettings(here, backup, rename, true)).toMatchObject({
      periodSeconds: 30,
      shownAccount: 'z',
      hideAmounts: true,
    });
  });

  test('what needs a permission is left where that is missing', () => {
    const { lockAfterMinutes, restWhenAway } = DEFAULT_SETTINGS;
    const restored = restoredSettings(DEFAULT_SETTINGS, backup, rename, false);
    expect(restored).toMatchObject({ lockAfterMinutes, restWhenAway, hideAmounts: true });
  });
});

describe('the record of an account', () => {
  test('a part that cannot be read is empty, the others stay', () => {
    const pollLog = { lifetimes: 3, entries: [] };
    expect(v.parse(accountDataSchema, { ...NO_DATA, pollLog, snapshot: 7, alerts: 'x' })).toEqual({
      ...NO_DATA,
      pollLog,
      alerts: undefined,
    });
    expect(v.parse(accountDataSchema, {})).toEqual(NO_DATA);
  });

  test('something else is no record', () => {
    expect([7, null, [], 'x'].map((value) => v.is(accountDataSchema, value))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('its alerts', () => {
    expect(alertsOf({})).toBe(NO_ALERTS);
    const alerts = { ...NO_ALERTS, nextId: 3 };
    expect(alertsOf({ alerts })).toBe(alerts);
  });
});
