// The log of outcomes, and the text of *Copy diagnostics*.
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../src/domain/accounts/account.ts';
import { NO_DATA } from '../../../../src/domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../../../../src/domain/accounts/settings.ts';
import { snapshotWithBalance, snapshotWithFailure } from '../../../../src/domain/balance/snapshot.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { INITIAL_BACKOFF } from '../../../../src/domain/polling/backoff.ts';
import type { Outcome } from '../../../../src/domain/polling/outcome.ts';
import {
  addToPollLog,
  EMPTY_POLL_LOG,
  MAX_ENTRIES,
  type PollLog,
} from '../../../../src/domain/polling/poll-log.ts';
import { diagnostics } from '../../../../src/view/export/diagnostics.ts';
import { FAILURES } from '../../../fakes/failures.ts';
import { readyState } from '../../../fakes/state.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const OK: Outcome = { kind: 'ok' };

describe('the log', () => {
  test('equal consecutive outcomes are one entry', () => {
    let log: PollLog = EMPTY_POLL_LOG;
    const polls: [Outcome, number][] = [
      [OK, 80],
      [OK, 300],
      [OK, 90],
      [{ kind: 'exchange-error', status: 500 }, 10],
      [{ kind: 'exchange-error', status: 503 }, 10],
      [OK, 50],
    ];
    for (const [index, [outcome, took]] of polls.entries()) {
      log = addToPollLog(log, outcome, NOW + index, took, index % 3 === 0);
    }
    expect(log).toEqual({
      lifetimes: 2,
      entries: [
        { kind: 'ok', detail: '', first: NOW, last: NOW + 2, times: 3, slowest: 300 },
        { kind: 'exchange-error', detail: '500', first: NOW + 3, last: NOW + 3, times: 1, slowest: 10 },
        { kind: 'exchange-error', detail: '503', first: NOW + 4, last: NOW + 4, times: 1, slowest: 10 },
        { kind: 'ok', detail: '', first: NOW + 5, last: NOW + 5, times: 1, slowest: 50 },
      ],
    });
  });

  test('is limited in length', () => {
    let log: PollLog = EMPTY_POLL_LOG;
    for (let i = 0; i < 1000; i++)
      log = addToPollLog(log, i % 2 ? OK : { kind: 'offline' }, NOW + i, 1, false);
    expect(log.entries).toHaveLength(MAX_ENTRIES);
    expect(log.entries.at(-1)).toMatchObject({ kind: 'ok', last: NOW + 999 });
  });
});

test('diagnostics contain outcomes, but no names and no amounts', () => {
  const account: Account = {
    id: 'a3c5',
    label: 'My label',
    environment: 'demo',
    keyId: '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11',
    keyType: 'RSA',
    scopes: ['read', 'write::transfer'],
    scopesAt: NOW,
    acceptedScopes: ['read'],
    moneyId: 'member',
    keyRef: 'reference',
    protection: 'passphrase',
    connectedAt: NOW,
  };
  const figures = { cash: 765_402_500 as Micros, positions: 469_160_000 as Micros, at: NOW - 9_000 };
  let log: PollLog = EMPTY_POLL_LOG;
  for (const failure of FAILURES) log = addToPollLog(log, failure, NOW, 12, true);
  const text = diagnostics(
    readyState({
      accounts: [account],
      settings: { ...DEFAULT_SETTINGS, shownAccount: 'a3c5' },
      data: {
        a3c5: {
          ...NO_DATA,
          snapshot: snapshotWithFailure(snapshotWithBalance(figures), { kind: 'offline' }, NOW),
          backoff: { ...INITIAL_BACKOFF, clockOffset: 42_000, failures: 3 },
          pollLog: log,
        },
      },
      hosts: { demo: NOW + 1 },
      unreadableItems: ['account/a3c5'],
      storageFailing: { local: true, history: false },
    }),
    {
      version: '1.2.3',
      userAgent: 'Browser/1',
      locale: 'es',
      access: { 'demo recommended': true, 'demo alternative': false },
      bytes: 7,
    },
    NOW,
  );
  for (const secret of ['a3c5', 'My label', account.keyId, 'reference', '765', '469', '1234']) {
    expect(text).not.toContain(secret);
  }
  expect(JSON.parse(text)).toMatchObject({
    version: '1.2.3',
    bytes: 7,
    time: '2026-11-22T12:00:00.000Z',
    settings: { badgeFigure: 'cash', periodSeconds: 60 },
    unreadable: ['account'],
    failing: { local: true },
    accounts: [
      {
        environment: 'demo',
        host: 'alternative',
        keyType: 'RSA',
        protection: 'passphrase',
        power: 'money',
        locked: true,
        figure: 'stale',
        clockOffsetMs: 42_000,
        failures: 3,
        lastResult: '2026-11-22T12:00:00.000Z',
        figureAt: '2026-11-22T11:59:51.000Z',
        retryAt: null,
        lifetimes: FAILURES.length,
      },
    ],
  });
  for (const { kind } of FAILURES) expect(text).toContain(kind);
  const [first] = JSON.parse(text).accounts[0].outcomes;
  expect(first).toBe('2026-11-22T12:00:00.000Z  2026-11-22T12:00:00.000Z  1×  offline  ≤ 12 ms');
});

test('without a passphrase, or unlocked, an account is not locked; before the first poll it has no times', () => {
  const account = { id: 'a', environment: 'production', keyType: 'RSA', scopes: null } as unknown as Account;
  const of = (protection: Account['protection'], unlocked: string[], data = {}) => {
    const state = readyState({
      accounts: [{ ...account, protection }],
      settings: { ...DEFAULT_SETTINGS, periodSeconds: 3_600 },
      data,
      unlocked,
    });
    const info = { version: '1', userAgent: '', locale: 'en', access: {}, bytes: 0 };
    return JSON.parse(diagnostics(state, info as never, NOW)).accounts[0];
  };
  expect(of('none', [])).toMatchObject({
    locked: false,
    figure: 'waiting',
    figureAt: null,
    lastResult: null,
  });
  expect(of('passphrase', ['a']).locked).toBe(false);
  expect(of('passphrase', ['b']).locked).toBe(true);
  const figures = { cash: 1 as Micros, positions: 1 as Micros, at: NOW - 3_600_000 };
  const data = { a: { ...NO_DATA, snapshot: snapshotWithBalance(figures) } };
  expect(of('none', [], data).figure).toBe('live'); // a period of an hour has just passed
});

test('a state that cannot be read has no accounts', () => {
  const state = { kind: 'unreadable', unreadableItems: ['accounts'], storageFailing: { local: false } };
  const report = JSON.parse(diagnostics(state as never, { version: '1' } as never, NOW));
  expect(report).toMatchObject({ unreadable: ['accounts'] });
  expect(report).not.toHaveProperty('accounts');
});
