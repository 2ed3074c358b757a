// The toolbar as a value: what is shown for every state a snapshot can be in.
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../../src/domain/accounts/account.ts';
import { NO_DATA } from '../../../../src/domain/accounts/account-data.ts';
import { BADGE_FIGURES, DEFAULT_SETTINGS } from '../../../../src/domain/accounts/settings.ts';
import type { Day } from '../../../../src/domain/balance/daily-change.ts';
import {
  NO_SNAPSHOT,
  snapshotWithBalance,
  snapshotWithFailure,
} from '../../../../src/domain/balance/snapshot.ts';
import { NO_TRANSFERS, type TransferList } from '../../../../src/domain/balance/transfer-list.ts';
import type { Transfer } from '../../../../src/domain/balance/transfers.ts';
import { NO_HOLDINGS } from '../../../../src/domain/holdings/summary.ts';
import { fromCents, type Micros, micros } from '../../../../src/domain/money.ts';
import { requiresAction } from '../../../../src/domain/polling/outcome.ts';
import { badgeView, brokenBadge, emptyBadge, figureOf } from '../../../../src/view/badge/badge-view.ts';
import { type DisplayedAccount, displayedAccount } from '../../../../src/view/displayed-account.ts';
import { OUTCOME_MESSAGES } from '../../../../src/view/texts/outcome-message.ts';
import { english } from '../../../fakes/english.ts';
import { FAILURES } from '../../../fakes/failures.ts';
import { readyState } from '../../../fakes/state.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const MIDNIGHT = NOW - 12 * 3_600_000;
const ACCOUNT: Account = {
  id: 'a',
  label: '',
  environment: 'production',
  keyId: 'k',
  keyType: 'RSA',
  scopes: ['read'],
  scopesAt: NOW,
  acceptedScopes: ['read'],
  moneyId: 'member',
  keyRef: 'r',
  protection: 'none',
  connectedAt: NOW,
};
const FIGURES = { cash: fromCents(123_456) as Micros, positions: fromCents(198) as Micros, at: NOW - 1_000 };
const view = (
  snapshot = snapshotWithBalance(FIGURES),
  settings = {},
  account = {},
  now = NOW,
  locked = false,
  day: Day | null = null,
  transfers: TransferList | null = null,
) =>
  badgeView(
    displayedAccount(
      readyState({
        accounts: [{ ...ACCOUNT, ...(locked && { protection: 'passphrase' }), ...account }],
        data: { [ACCOUNT.id]: { ...NO_DATA, snapshot, day, transfers } },
      }),
      null,
      english,
    ) as DisplayedAccount,
    { ...DEFAULT_SETTINGS, ...settings },
    english,
    { now, midnight: MIDNIGHT },
  );

test('no account', () => {
  expect(emptyBadge(english)).toEqual({
    text: '',
    look: 'idle',
    direction: null,
    demo: false,
    title: 'Balance Badge\nNot connected. Click to connect a key.',
  });
});

test.each([
  ['cash', '1.2k'],
  ['positions', '1'],
  ['total', '1.2k'],
  ['nothing', ''],
] as const)('%s', (badgeFigure, text) =>
  expect(view(undefined, { badgeFigure })).toMatchObject({ text, look: 'live' }),
);

test('the tooltip has the exact figures and their time', () => {
  expect(view().title).toMatch(
    /^Balance Badge\nCash \$1,234\.56\nPositions \$1\.98\nTotal \$1,236\.54\nAs of \d+:59:59/,
  );
});

describe('today', () => {
  const point = (at: number, dollars: number) => ({
    at,
    cash: micros(Math.round(dollars * 1_000_000)) as Micros,
    positions: fromCents(0) as Micros,
    gap: false,
  });
  const dayFrom = (base: ReturnType<typeof point>, whole: boolean): Day => ({
    began: MIDNIGHT,
    base,
    whole,
    points: [base],
  });
  const deposit: Transfer = {
    id: 'd',
    kind: 'deposit',
    status: 'applied',
    amount: fromCents(50_000) as Micros,
    requestedAt: NOW - 60_000,
    finishedAt: NOW - 60_000,
    appliedAt: null,
    neverApplied: false,
  };
  const READ = { ...NO_TRANSFERS, readAt: NOW, status: 'current' } as const;
  const seen = (day: Day, transfers: TransferList, settings = {}) =>
    view(undefined, settings, {}, NOW, false, day, transfers);

  test('counted from midnight: the change, its percentage, and that deposits are left out', () => {
    const day = dayFrom(point(MIDNIGHT, 700), true);
    const withDeposit = { ...READ, rows: [deposit] };
    expect(seen(day, withDeposit).title).toContain('Today +$36.54 (+3%), net of $500.00 deposited');
    expect(seen(day, withDeposit, { badgeFigure: 'change' })).toMatchObject({ text: '36', direction: 'up' });
    expect(seen(day, withDeposit, { badgeFigure: 'change-percent' })).toMatchObject({
      text: '3.0',
      direction: 'up',
    });
  });

  test.each([
    [1300, '64', '4.9', 'down'],
    [1236.54, '0', '0', 'flat'],
    [1236.545, '0', '0', 'flat'],
    [1236.52, '<1', '<.1', 'up'],
    [1236.56, '<1', '<.1', 'down'],
  ] as const)('from $%d: %s, %s %%, %s', (base, text, percent, direction) => {
    const day = dayFrom(point(MIDNIGHT, base), true);
    expect(seen(day, READ, { badgeFigure: 'change' })).toMatchObject({ text, direction });
    expect(seen(day, READ, { badgeFigure: 'change-percent' })).toMatchObject({ text: percent, direction });
  });

  test('from nothing: no percentage', () => {
    const day = dayFrom(point(MIDNIGHT, 0), true);
    expect(seen(day, READ, { badgeFigure: 'change-percent' })).toMatchObject({ text: '–', direction: null });
  });

  test('hidden amounts hide the direction', () => {
    for (const badgeFigure of ['change', 'change-percent']) {
      const hidden = seen(dayFrom(point(MIDNIGHT, 700), true), READ, { badgeFigure, hideAmounts: true });
      expect(hidden).toMatchObject({ text: '•••', look: 'hidden', direction: null });
    }
  });

  test('counted from the morning: since when, as in the popup', () => {
    const morning = MIDNIGHT + 8 * 3_600_000;
    const { title } = seen(dayFrom(point(morning, 1236), false), { status: 'unreadable', checkedAt: NOW });
    const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(morning);
    expect(title).toContain(`since ${time}, deposits not separated`);
  });

  test('the cash has moved, and deposits were not read since: no change, neither badge nor tooltip', () => {
    const notRead = { ...READ, status: 'unconfirmed' } as const;
    const day = dayFrom(point(MIDNIGHT, 700), true);
    expect(seen(day, notRead, { badgeFigure: 'change' }).text).toBe('–');
    expect(seen(day, notRead).title).toContain(english.message('tooltipTodayUnconfirmed'));
    expect(seen(day, notRead).title).not.toContain('Today +');
  });
});

test('perps have their own line in the tooltip', () => {
  const withPerps = snapshotWithBalance({ ...FIGURES, perps: fromCents(5001) as Micros });
  expect(view(withPerps).title).toContain('Positions $1.98\nPerps $50.01\nTotal $1,286.55');
});

test('locked: no amount anywhere', () => {
  expect(view(undefined, {}, {}, NOW, true)).toEqual({
    text: '•••',
    look: 'locked',
    direction: null,
    demo: false,
    title: 'Balance Badge\nLocked. Click to unlock.',
  });
});

test('before the first answer', () => {
  expect(view(NO_SNAPSHOT)).toMatchObject({ text: '…', look: 'idle' });
  expect(view(NO_SNAPSHOT).title).toContain('Loading the first balance.');
});

test('missed periods mark the figure as outdated', () => {
  expect(view(undefined, {}, {}, NOW + 125_000)).toMatchObject({ text: '1.2k', look: 'live' });
  const late = view(undefined, {}, {}, NOW + 180_000);
  expect(late).toMatchObject({ text: '1.2k', look: 'stale' });
  expect(late.title).toMatch(/Not updated since \d+:59:59/);
});

test('demo money is marked', () => {
  const demo = view(undefined, {}, { environment: 'demo' });
  expect(demo.demo).toBe(true);
  expect(demo.title).toContain('Demo · play money');
});

describe.each(FAILURES)('$kind', (failure) => {
  test('keeps a good figure', () => {
    const after = view(snapshotWithFailure(snapshotWithBalance(FIGURES), failure, NOW));
    expect(after.text).toBe('1.2k');
    expect(after.look).toBe(requiresAction(failure) ? 'attention' : 'stale');
    expect(after.title).toContain('Cash $1,234.56');
    expect(after.title).toContain('Not updated since');
    expect(after.title).toContain(english.message(OUTCOME_MESSAGES[failure.kind].tooltip));
  });

  test('shows a symbol if there is no figure yet', () => {
    const after = view(snapshotWithFailure(NO_SNAPSHOT, failure, NOW));
    expect(after).toMatchObject({ text: '!', look: 'attention' });
    expect(after.title).not.toMatch(/\d/);
  });
});

test('a state that cannot be read', () => {
  expect(brokenBadge(english)).toEqual({
    text: '!',
    look: 'attention',
    direction: null,
    demo: false,
    title: `Balance Badge\n${english.message('tooltipUnreadable')}`,
  });
});

test('the figure of each setting', () => {
  const amounts = BADGE_FIGURES.map((choice) => figureOf(FIGURES, choice));
  expect(amounts.slice(0, 3)).toEqual([1_234_560_000, 1_980_000, 1_236_540_000]);
  expect(new Set(amounts.slice(3))).toEqual(new Set([undefined]));
});

test('how many positions are decided today, by the day of the list; unknown before the first reading', () => {
  const settling = [
    { day: MIDNIGHT, count: 7 },
    { day: MIDNIGHT + 24 * 3_600_000, count: 12 },
  ];
  const shown = (midnight: number, readAt: number | null) => {
    const state = readyState({
      accounts: [ACCOUNT],
      data: {
        [ACCOUNT.id]: {
          ...NO_DATA,
          snapshot: snapshotWithBalance(FIGURES),
          holdings: { ...NO_HOLDINGS, readAt, settling },
        },
      },
    });
    const account = displayedAccount(state, null, english) as DisplayedAccount;
    return badgeView(account, { ...DEFAULT_SETTINGS, badgeFigure: 'settling' }, english, {
      now: NOW,
      midnight,
    }).text;
  };
  expect(shown(MIDNIGHT, NOW)).toBe('7');
  expect(shown(MIDNIGHT + 24 * 3_600_000, NOW)).toBe('12');
  expect(shown(MIDNIGHT + 48 * 3_600_000, NOW)).toBe('0');
  expect(shown(MIDNIGHT, null)).toBe('–');
});

test('nothing on the toolbar: the icon still shows the state', () => {
  expect(view(undefined, { badgeFigure: 'nothing' })).toMatchObject({ text: '', look: 'live' });
  const refused = snapshotWithFailure(NO_SNAPSHOT, { kind: 'key-unknown' }, NOW);
  expect(view(refused, { badgeFigure: 'nothing' })).toMatchObject({ text: '', look: 'attention' });
});

test('hidden amounts: the same text for every amount, and the tooltip says so', () => {
  const hidden = view(undefined, { hideAmounts: true });
  expect(hidden.text).toBe('•••');
  const [heading, sentence, time, ...rest] = hidden.title.split('\n');
  expect([heading, sentence]).toEqual(['Balance Badge', english.message('amountsHidden')]);
  expect(time).toMatch(/^As of/);
  expect(rest).toEqual([]);
  expect(view(NO_SNAPSHOT, { hideAmounts: true }).text).toBe('…');
});

test('the whole tooltip: heading, figures, time; without a failure, no more lines', () => {
  expect(
    view()
      .title.split('\n')
      .map((line) => line.replace(/\d.*$/, '#')),
  ).toEqual(['Balance Badge', 'Cash $#', 'Positions $#', 'Total $#', 'As of #']);
  expect(view(NO_SNAPSHOT).title).toBe(`Balance Badge\n${english.message('tooltipWaiting')}`);
  const failed = snapshotWithFailure(NO_SNAPSHOT, { kind: 'offline' }, NOW);
  expect(view(failed).title).toBe(`Balance Badge\n${english.message('briefOffline')}`);
});

test('only demo money is marked, locked or not', () => {
  const demo = { environment: 'demo' };
  expect([view().demo, view(undefined, {}, demo).demo]).toEqual([false, true]);
  const locked = (account: object) => view(undefined, {}, account, NOW, true);
  expect([locked({}).demo, locked(demo).demo]).toEqual([false, true]);
  expect(locked(demo).title).toContain(english.message('demoTag'));
});
