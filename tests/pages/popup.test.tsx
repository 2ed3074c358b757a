// Every state of the popup, from what is stored to what is read.
import { fireEvent, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test } from 'vitest';
import { NO_SNAPSHOT, snapshotWithBalance, snapshotWithFailure } from '../../src/domain/balance/snapshot.ts';
import { NO_TRANSFERS, type TransferList } from '../../src/domain/balance/transfer-list.ts';
import type { Transfer } from '../../src/domain/balance/transfers.ts';
import { NO_HOLDINGS } from '../../src/domain/holdings/summary.ts';
import { type Micros, micros } from '../../src/domain/money.ts';
import { OUTCOMES, requiresAction } from '../../src/domain/polling/outcome.ts';
import { outcomeMessage } from '../../src/view/texts/outcome-message.ts';
import { english } from '../fakes/english.ts';
import { FAILURES } from '../fakes/failures.ts';
import { NOW, show, store } from './page-harness.tsx';

const FIGURES = {
  cash: micros(765_402_500) as Micros,
  positions: micros(469_160_000) as Micros,
  at: NOW - 5_000,
};
const GOOD = snapshotWithBalance(FIGURES);

const amountOf = (label: string) =>
  [...document.querySelectorAll('dt')]
    .find((dt) => dt.textContent === label)
    ?.parentElement?.querySelector('dd')?.textContent;

test('not connected: shows what to do and what the extension cannot do', async () => {
  const { browser } = await show('popup', {});
  expect(screen.getByText(english.message('cannotTrade'))).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Connect a key' }));
  await waitFor(() => expect(browser.optionsOpened).toBe(1));
});

test('connected: the figures add up and their time is shown', async () => {
  await show('popup', { account: {}, snapshot: GOOD });
  expect(amountOf('Cash')).toBe('$765.40');
  expect(amountOf('Positions')).toBe('$469.16');
  expect(amountOf('Total')).toBe('$1,234.56');
  expect(screen.getByRole('status').textContent).toMatch(/^As of .*59:55/);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('first poll under way', async () => {
  await show('popup', { account: {}, snapshot: NO_SNAPSHOT });
  expect(amountOf('Total')).toBe('—');
  expect(screen.getByRole('status').textContent).toBe(english.message('popupWaiting'));
  expect(document.body.textContent).not.toMatch(/\$/);
});

test('an empty account shows $0', async () => {
  const nothing = micros(0) as Micros;
  await show('popup', {
    account: {},
    snapshot: snapshotWithBalance({ cash: nothing, positions: nothing, at: NOW }),
  });
  expect(amountOf('Total')).toBe('$0.00');
  expect(document.querySelector('.bar')?.children).toHaveLength(0);
});

test('a negative balance is shown', async () => {
  const debt = micros(-5_000_000) as Micros;
  await show('popup', { account: {}, snapshot: snapshotWithBalance({ ...FIGURES, cash: debt }) });
  expect(amountOf('Cash')).toBe('−$5.00');
});

describe('perps', () => {
  const figures = { ...FIGURES, perps: micros(50_010_000) as Micros };
  test('readable: their own figure, in the total', async () => {
    await show('popup', { account: {}, snapshot: snapshotWithBalance(figures) });
    expect(amountOf('Perps')).toContain('$50.01');
    expect(amountOf('Total')).toBe('$1,284.57');
  });
  test('older than the balance: their time is shown', async () => {
    const perps = {
      status: 'readable',
      checkedAt: 0,
      equity: figures.perps,
      equityAt: NOW - 3_600_000,
    } as const;
    await show('popup', { account: {}, snapshot: snapshotWithBalance(figures), more: { perps } });
    expect(amountOf('Perps')).toBe('$50.01');
    const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(NOW - 3_600_000);
    expect(document.querySelector('.perps small')?.textContent).toBe(english.message('listAsOf', time));
  });
  test('none: no figure', async () => {
    await show('popup', { account: {}, snapshot: GOOD });
    expect(amountOf('Perps')).toBeUndefined();
  });
  test('not readable: said in the legend', async () => {
    const perps = { status: 'unreadable', checkedAt: NOW, equity: null, equityAt: null } as const;
    await show('popup', { account: {}, snapshot: GOOD, more: { perps } });
    fireEvent.click(screen.getByRole('button', { name: 'What the numbers mean' }));
    await waitFor(() =>
      expect(document.querySelector('.legend')?.textContent).toContain(english.message('perpsUnreadable')),
    );
  });
});

test('demo money is marked', async () => {
  await show('popup', { account: { environment: 'demo' }, snapshot: GOOD });
  expect(screen.getByText(english.message('demoTag'))).toBeTruthy();
});

test('outdated: the figure stays, with its time', async () => {
  const old = snapshotWithBalance({ ...FIGURES, at: NOW - 600_000 });
  const { container } = await show('popup', { account: {}, snapshot: old });
  expect(amountOf('Total')).toBe('$1,234.56');
  expect(screen.getByRole('status').textContent).toMatch(/^Not updated since/);
  expect(container.querySelector('.stale')).toBeTruthy();
});

const STEPS = { refresh: 'Try now', 'replace-key': 'Replace key', 'grant-access': 'Grant access' } as const;

describe.each(FAILURES)('%o', (failure) => {
  test.each([
    ['with a figure', GOOD],
    ['without one', NO_SNAPSHOT],
  ])('%s: the sentence, the next step, and the figure untouched', async (_, before) => {
    await show('popup', { account: {}, snapshot: snapshotWithFailure(before, failure, NOW) });
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain(outcomeMessage(failure, english, NOW));
    const { step } = OUTCOMES[failure.kind];
    expect(alert.querySelector('button')?.textContent).toBe(step ? STEPS[step] : undefined);
    expect(alert.className.includes('recovers')).toBe(!requiresAction(failure));
    expect(amountOf('Total')).toBe(before.figures ? '$1,234.56' : '—');
  });
});

test('a slow clock is reported although the balance is correct', async () => {
  await show('popup', { account: {}, snapshot: GOOD, pace: { clockOffset: 42_300 } });
  expect(document.body.textContent).toContain("Your computer's clock is 42 s slow.");
  expect(screen.queryByRole('alert')).toBeNull();
  expect(amountOf('Total')).toBe('$1,234.56');
});

test('a fast clock is reported', async () => {
  await show('popup', { account: {}, snapshot: GOOD, pace: { clockOffset: -90_000 } });
  expect(document.body.textContent).toContain("Your computer's clock is 90 s fast.");
});

test('maintenance: shows the expected end in local time', async () => {
  const until = NOW + 90 * 60_000;
  await show('popup', {
    account: {},
    snapshot: snapshotWithFailure(GOOD, { kind: 'maintenance', until }, NOW),
  });
  const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(until);
  expect(screen.getByRole('alert').textContent).toContain(`until about ${time}.`);
});

test('a failed write: shows the error, keeps the figure; a failing history has its own notice', async () => {
  const { browser } = await show('popup', { account: {}, snapshot: GOOD });
  browser.session.failing = { local: true, history: true };
  await browser.events.stored.emit({ failing: {} }, 'session');
  expect((await screen.findByRole('alert')).textContent).toContain(english.message('outcomeStorageFailed'));
  expect(amountOf('Total')).toBe('$1,234.56');
  expect(document.body.textContent).toContain(english.message('historyFailing'));
});

test('unreadable storage: shows the error and a link to the options page', async () => {
  const { browser } = await show('popup', { account: {}, snapshot: GOOD });
  browser.local.accounts = 'gibberish';
  await browser.events.stored.emit({}, 'local');
  expect((await screen.findByRole('alert')).textContent).toContain(english.message('problemUnreadable'));
  expect(document.body.textContent).not.toContain('$');
  fireEvent.click(screen.getByRole('button', { name: 'Options' }));
  await waitFor(() => expect(browser.optionsOpened).toBe(1));
});

test('follows storage', async () => {
  const { browser } = await show('popup', { account: {}, snapshot: GOOD });
  store(browser, { snapshot: snapshotWithBalance({ ...FIGURES, cash: micros(1_000_000) as Micros }) });
  await browser.events.stored.emit({}, 'local');
  await waitFor(() => expect(amountOf('Cash')).toBe('$1.00'));
});

test('Refresh sends one command, however often it is clicked', async () => {
  let done = (_: unknown) => {};
  const { commands } = await show(
    'popup',
    { account: {}, snapshot: GOOD },
    () =>
      new Promise((resolve) => {
        done = resolve;
      }),
  );
  const button = screen.getByRole('button', { name: 'Refresh' });
  fireEvent.click(button);
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Updating…'));
  fireEvent.click(button);
  expect(commands).toEqual([{ command: 'account/refresh', params: { accountId: 'a' } }]);
  done({ ok: true, value: null });
  await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^As of/));
});

test('Grant access requests the permission, then polls', async () => {
  const snapshot = snapshotWithFailure(GOOD, { kind: 'permission-missing' }, NOW);
  const { commands } = await show('popup', { account: {}, snapshot });
  fireEvent.click(screen.getByRole('button', { name: 'Grant access' }));
  await waitFor(() => expect(commands).toEqual([{ command: 'account/refresh', params: { accountId: 'a' } }]));
});

describe('today', () => {
  const midnight = new Date(NOW).setHours(0, 0, 0, 0);
  const point = (at: number, dollars: number, gap = false) => ({
    at,
    cash: micros(dollars * 1e6) as Micros,
    positions: micros(0) as Micros,
    gap,
  });
  const day = (whole: boolean) => {
    const base = point(midnight - 60_000, 1216.14, true);
    return { began: midnight, base, whole, points: [base, point(NOW - 60_000, 1234.56)] };
  };
  const transfers = (more: Partial<typeof NO_TRANSFERS> = {}): TransferList => ({
    ...NO_TRANSFERS,
    readAt: NOW,
    status: 'current',
    ...more,
  });
  const deposit: Transfer = {
    id: 'd',
    kind: 'deposit',
    status: 'applied',
    amount: 10e6 as Micros,
    requestedAt: NOW,
    finishedAt: NOW,
    appliedAt: null,
    neverApplied: false,
  };
  const change = () => document.querySelector('.change')?.textContent;
  const captions = () => document.querySelector('.captions')?.textContent;

  test('up: arrow, word, sign and percentage, without deposits', async () => {
    await show('popup', {
      account: {},
      snapshot: GOOD,
      day: day(true),
      more: { transfers: transfers({ rows: [deposit] }) },
    });
    expect(change()).toBe('Today▲ up +$8.42 (+0.68%)');
    expect(captions()).toMatch(/^\$1,216\.14 at .*net of \$10\.00 deposited$/);
    expect(document.querySelector('.change')?.className).toContain('up');
    expect(document.querySelector('figure.up .line')?.getAttribute('d')).toBe('M0 66L328 0');
  });

  test('down: since the first sample, deposits unknown', async () => {
    const snapshot = snapshotWithBalance({ ...FIGURES, cash: 0 as Micros });
    await show('popup', {
      account: {},
      snapshot,
      day: day(false),
      more: { transfers: { status: 'unreadable', checkedAt: NOW } },
    });
    expect(change()).toBe('Today▼ down −$746.98 (−61.5%)');
    expect(captions()).toContain('deposits not separated');
    expect(document.querySelector('figure')?.className).toContain('down');
  });

  test('the cash has moved, and deposits were not read since: no change is shown', async () => {
    await show('popup', {
      account: {},
      snapshot: GOOD,
      day: day(true),
      more: { transfers: transfers({ status: 'unconfirmed' }) },
    });
    expect(change()).toBe('Today—');
    expect(captions()).toContain(english.message('todayUnconfirmed'));
  });

  test('less than a cent: no sign, no arrow', async () => {
    const cash = micros(746_976_000) as Micros;
    const snapshot = snapshotWithBalance({ ...FIGURES, cash }); // 0.4 cents less than at the start
    await show('popup', { account: {}, snapshot, day: day(true), more: { transfers: transfers() } });
    expect(change()).toBe('Today$0.00');
    expect(document.querySelector('.change')?.className).toContain('flat');
  });

  test('no data for today: yesterday is drawn without a direction', async () => {
    const yesterday = { ...day(true), began: midnight - 86_400_000 };
    await show('popup', { account: {}, snapshot: GOOD, day: yesterday });
    expect(change()).toBe('Today—');
    expect(captions()).toContain(english.message('todayUnknown'));
    expect(document.querySelector('figure.flat .before')?.getAttribute('d')).toMatch(/^M0 66/);
  });

  test('a new account: when its chart starts', async () => {
    const first = point(NOW - 60_000, 1234.56, true);
    await show('popup', { account: {}, snapshot: GOOD, day: { ...day(true), base: first, points: [first] } });
    const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(NOW - 60_000);
    expect(document.querySelector('.curve')?.textContent).toContain(english.message('chartNew', time));
    expect(document.querySelector('figure')).toBeNull();
  });

  test('a selected point: its total, the change up to it, its time and cash; then those of now again', async () => {
    const base = point(midnight - 60_000, 1000, true);
    const points = [
      point(midnight - 3_600_000, 900, true),
      base,
      point(NOW - 7_200_000, 1010),
      point(NOW, 990),
    ];
    const now = snapshotWithBalance({ cash: micros(990e6) as Micros, positions: 0 as Micros, at: NOW });
    await show('popup', {
      account: {},
      snapshot: now,
      day: { ...day(true), base, points },
      more: { transfers: transfers() },
    });
    const chart = screen.getByRole('figure');
    fireEvent.keyDown(chart, { key: 'ArrowLeft' });
    const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(NOW - 7_200_000);
    await waitFor(() => expect(amountOf('Total')).toBe('$1,010.00'));
    expect(change()).toBe(`${time}▲ up +$10.00 (+1%)`);
    expect(captions()).toContain('Cash $1,010.00');
    expect(chart.className).toContain('down'); // the colour is that of the range
    fireEvent.keyDown(chart, { key: 'Home' }); // yesterday: today's change does not include it
    await waitFor(() => expect(amountOf('Total')).toBe('$900.00'));
    expect(change()).toMatch(/—$/);
    fireEvent.blur(chart);
    await waitFor(() => expect(amountOf('Total')).toBe('$990.00'));
    expect(change()).toBe('Today▼ down −$10.00 (−1%)');
  });
});

test('amounts hidden: no amount in text, attribute or title, and one click shows them again', async () => {
  const { commands } = await show('popup', { account: {}, snapshot: GOOD, settings: { hideAmounts: true } });
  expect(amountOf('Total')).toBe('•••');
  expect(document.documentElement.outerHTML).not.toMatch(/765|469|1,?234|\$/);
  fireEvent.click(screen.getByRole('button', { name: 'Show amounts' }));
  expect(commands).toEqual([{ command: 'settings/change', params: { hideAmounts: false } }]);
});

test.each([
  ['refused', {}, { ...NO_HOLDINGS, at: NOW, readable: false }],
  ['by its scopes, so that nothing was requested', { scopes: ['read::portfolio_balance'] }, undefined],
])('a balance-only key (%s): one line, no empty lists', async (_, account, sums) => {
  await show('popup', { account, snapshot: GOOD, ...(sums && { sums }) });
  expect(await screen.findByText(english.message('holdingsDenied'))).toBeTruthy();
  expect(document.querySelector('.holdings')).toBeNull();
});

test('while open, it polls only if due', async () => {
  const { polls } = await show('popup', { account: {}, snapshot: GOOD });
  await waitFor(() => expect(polls).toEqual([{ accountId: 'a' }]));
});

test('each figure has its definition', async () => {
  await show('popup', { account: {}, snapshot: GOOD });
  const legend = document.querySelector('.legend');
  expect(legend?.querySelectorAll('p')).toHaveLength(0);
  fireEvent.click(screen.getByRole('button', { name: 'What the numbers mean' }));
  await waitFor(() => expect(legend?.querySelectorAll('p')).toHaveLength(12));
  expect(legend?.textContent).toContain(english.message('meaningPending'));
});

test('warns about a key that gained scopes until the user accepts them', async () => {
  const { commands } = await show(
    'popup',
    { account: { scopes: ['read', 'write::trade'], acceptedScopes: ['read'] }, snapshot: GOOD },
    () => ({ ok: true, value: null }),
  );
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain(english.message('keyNewPermissions', english.message('powerTrade')));
  fireEvent.click(screen.getByRole('button', { name: english.message('acceptScopes') }));
  expect(commands).toEqual([
    { command: 'account/accept-scopes', params: { accountId: 'a', scopes: ['read', 'write::trade'] } },
  ]);
});

test('does not warn about unchanged scopes', async () => {
  const scopes = ['read', 'write'];
  await show('popup', { account: { scopes, acceptedScopes: scopes }, snapshot: GOOD });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('reads neither history nor holdings of a locked account', async () => {
  await show('popup', { account: { protection: 'passphrase' }, snapshot: GOOD });
  const { AccountLocked, openRecordsOf } = await import('../../src/storage/records/open-records.ts');
  await expect(openRecordsOf('a')).rejects.toBeInstanceOf(AccountLocked);
});
