// Every state of the pages, as the background would have written it: for tests and pictures of all of them.

import type { Page } from 'playwright-core';
import { type AccountData, NO_DATA } from '../../../src/domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/accounts/settings.ts';
import { NO_TRANSFERS } from '../../../src/domain/balance/transfer-list.ts';
import type { Contracts } from '../../../src/domain/contracts.ts';
import { EMPTY_HOLDINGS, type Holdings } from '../../../src/domain/holdings/holdings.ts';
import type { HoldingsSummary } from '../../../src/domain/holdings/summary.ts';
import type { Micros } from '../../../src/domain/money.ts';
import { INITIAL_BACKOFF } from '../../../src/domain/polling/backoff.ts';
import type { Outcome } from '../../../src/domain/polling/outcome.ts';
import type { Quantity } from '../../../src/domain/quantity.ts';
import { type StoredItems, versionOf } from '../../../src/storage/schemas.ts';
import { FAILURES } from '../../fakes/failures.ts';
import { as } from '../../fakes/plain.ts';

const HOUR = 3_600_000;
const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));

export interface State {
  local: Record<string, unknown>;
  session?: Record<string, unknown>;
  holdings?: Holdings;
}

interface Parts
  extends Partial<Pick<StoredItems, 'accounts' | 'pending' | 'settings'>>,
    Partial<AccountData> {}

/** The items of `storage.local` in their envelopes, with the record of account `a`. */
function items({ accounts, pending, settings, ...parts }: Parts): Record<string, unknown> {
  const shared = Object.entries({ accounts, pending, settings }).filter(([, data]) => data !== undefined);
  return {
    ...Object.fromEntries(
      shared.map(([item, data]) => [item, { v: versionOf(item as keyof StoredItems), data }]),
    ),
    'account/a': { v: versionOf('account'), data: { ...NO_DATA, ...parts } },
  };
}

const zero = { count: 0, amount: money(0) };

/** The states of the popup by name, for a page opened at `now`. */
export function popupStates(now: number): Record<string, State> {
  const account: StoredItems['accounts'][number] = {
    id: 'a',
    label: 'Main',
    environment: 'production',
    keyId: '00000000-0000-4000-8000-000000000000',
    keyType: 'Ed25519',
    scopes: ['read'],
    scopesAt: now,
    acceptedScopes: ['read'],
    moneyId: 'member',
    keyRef: 'r',
    protection: 'none',
    connectedAt: now - 30 * 24 * HOUR,
  };
  const figures = { cash: money(765.4025), positions: money(469.16), at: now - 4_000 };
  const ok: Outcome = { kind: 'ok' };
  const snapshot: AccountData['snapshot'] = { figures, outcome: ok, outcomeAt: now - 4_000 };
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const points = Array.from({ length: 144 }, (_, index) => ({
    at: now - (144 - index) * 600_000,
    cash: money(765.4025),
    positions: money(430 + 60 * Math.sin(index / 17) + index / 4),
    gap: index === 0 || index === 60,
  })).filter((_, index) => index < 48 || index >= 60);
  const day: AccountData['day'] = {
    began: midnight,
    base: points[0] as (typeof points)[0],
    whole: true,
    points,
  };
  const sums: HoldingsSummary = {
    at: now,
    readAt: now,
    pricesAt: now,
    readable: true,
    pending: { count: 1, amount: money(100) },
    orders: { count: 2, amount: money(22) },
    settling: [],
  };
  const transfers = { ...NO_TRANSFERS, readAt: now, status: 'current' } as const;
  const position = (
    ticker: string,
    title: string,
    side: 'yes' | 'no',
    count: number,
    paid: number,
    price: number,
  ) => ({
    ticker,
    event: ticker,
    title,
    answer: '',
    side,
    count: money<Contracts>(count),
    cost: money(count * paid),
    average: money(paid),
    price: money(price),
    bid: money(price - 0.01),
    value: money(count * price),
    dayMove: null,
    closesAt: now + 17.5 * 24 * HOUR,
    changedAt: null,
    payout: null,
  });
  const holdings: Holdings = {
    ...EMPTY_HOLDINGS,
    readAt: { positions: now, markets: now, orders: now, settlements: now },
    positions: [
      position('FED', 'Fed cuts in December', 'yes', 300, 0.48, 0.62),
      position('TEMP', 'High temp in NYC above 52° on Nov 23', 'no', 120, 0.74, 0.818),
      position('OSCAR', 'Oscars: Best Picture — Sinners', 'yes', 250, 0.41, 0.34),
      { ...position('RAIN', 'Rain in Chicago today', 'yes', 100, 0.41, 1), payout: money(100) },
    ],
    orders: [
      {
        id: '1',
        ticker: 'FED',
        title: 'Fed cuts in December',
        answer: 'Yes',
        side: 'yes',
        count: money(50),
        price: money(0.44),
        closes: money(0),
        committed: money(22),
        brings: money(0),
      },
      {
        id: '2',
        ticker: 'TEMP',
        title: 'High temp in NYC',
        answer: 'above 52°',
        side: 'yes',
        count: money(46),
        price: money(0.2),
        closes: money(46),
        committed: money(0),
        brings: money(36.8),
      },
    ],
    settlements: [
      {
        ticker: 'OLD',
        title: 'Snow in Boston',
        answer: 'More than 2 inches',
        result: 'yes',
        value: null,
        net: money(58.3),
        at: now - 20 * HOUR,
      },
      // Closed early: the pairs were paid before the market was settled.
      {
        ticker: 'BTC',
        title: 'Bitcoin up at 06:15',
        answer: 'Down',
        result: 'no',
        value: null,
        net: money(0.3647),
        at: now - 30 * HOUR,
      },
    ],
  };
  const good = { accounts: [account], snapshot, day, transfers, holdings: sums };
  // 100 NO of two markets of one event: one of them pays, which was returned at once.
  const exclusive: Holdings = {
    ...holdings,
    positions: [
      {
        ...position('KXHIGHNY-T85', 'Highest temperature in NYC', 'no', 100, 0.6, 0.62),
        answer: '85° or above',
      },
      {
        ...position('KXHIGHNY-T78', 'Highest temperature in NYC', 'no', 100, 0.7, 0.71),
        answer: '77° or below',
      },
    ].map((each) => ({ ...each, event: 'KXHIGHNY' })),
    events: {
      KXHIGHNY: {
        title: 'Highest temperature in NYC on Jun 15?',
        exclusive: true,
        exposure: money(30),
        starts: null,
      },
    },
  };
  const outdated: Holdings = {
    ...holdings,
    readAt: { positions: now, markets: now - HOUR, orders: now - 2 * HOUR, settlements: now - 3 * HOUR },
    unreadable: { positions: 1, markets: 0, orders: 0, settlements: 0 },
  };
  const failed = (outcome: Outcome, before = figures) => ({
    local: items({ ...good, snapshot: { figures: before, outcome, outcomeAt: now } }),
    holdings,
  });
  const nothing = { ...figures, cash: money(0), positions: money(0) };
  return {
    'not connected': { local: {} },
    'first poll under way': {
      local: items({ accounts: [account], snapshot: { figures: null, outcome: null, outcomeAt: null } }),
    },
    good: { local: items(good), holdings },
    'balance only': {
      local: items({
        ...good,
        holdings: { ...sums, readable: false, pending: zero, orders: zero },
        transfers: { status: 'unreadable', checkedAt: now },
      }),
    },
    perps: {
      local: items({
        ...good,
        snapshot: { ...snapshot, figures: { ...figures, perps: money(500.25) } },
        perps: { status: 'readable', equity: money(500.25), equityAt: now },
      }),
      holdings,
    },
    'perps not readable': {
      local: items({
        ...good,
        perps: { status: 'unreadable', checkedAt: now },
      }),
      holdings,
    },
    'mutually exclusive event': { local: items(good), holdings: exclusive },
    'failed lists': { local: items(good), holdings: outdated },
    'change not confirmed': {
      local: items({ ...good, transfers: { ...transfers, status: 'unconfirmed' } }),
      holdings,
    },
    hidden: { local: items({ ...good, settings: { ...DEFAULT_SETTINGS, hideAmounts: true } }), holdings },
    'empty account': {
      local: items({
        ...good,
        snapshot: { ...snapshot, figures: nothing },
        day: null,
        holdings: { ...sums, pending: zero, orders: zero },
      }),
      holdings: { ...holdings, positions: [], orders: [], settlements: [] },
    },
    'demo money': { local: items({ ...good, accounts: [{ ...account, environment: 'demo' }] }), holdings },
    'key can trade': {
      local: items({ ...good, accounts: [{ ...account, scopes: ['read', 'write::trade'] }] }),
      holdings,
    },
    'two accounts': {
      local: items({ ...good, accounts: [account, { ...account, id: 'b', label: 'Bot', moneyId: 'other' }] }),
      holdings,
    },
    stale: {
      local: items({ ...good, snapshot: { ...snapshot, figures: { ...figures, at: now - HOUR } } }),
      holdings,
    },
    'clock is off': {
      local: items({ ...good, backoff: { ...INITIAL_BACKOFF, clockOffset: 42_000 } }),
      holdings,
    },
    locked: { local: items({ ...good, accounts: [{ ...account, protection: 'passphrase' }] }) },
    'no history stored': {
      local: items(good),
      session: { failing: { local: false, history: true } },
      holdings,
    },
    unreadable: { local: { accounts: { v: 99, data: [] } } },
    ...Object.fromEntries(
      FAILURES.map((failure) => [`failure ${Object.values(failure).join(' ')}`, failed(failure)]),
    ),
    'failure without a figure': {
      local: items({
        accounts: [account],
        snapshot: { figures: null, outcome: { kind: 'offline' }, outcomeAt: now },
      }),
    },
  };
}

/**
 * Writes a state directly into the storage, for the pages to show. `page`: any page of the extension. The background does
 * not see it: it reads the stored state only when it starts.
 */
export async function enter(page: Page, state: State): Promise<void> {
  await page.evaluate(async ({ local, session, holdings }: State) => {
    await chrome.storage.local.clear();
    await chrome.storage.session.clear();
    const db = await new Promise<IDBDatabase>((resolve) => {
      const open = indexedDB.open('records', 1);
      open.onupgradeneeded = () => open.result.createObjectStore('records');
      open.onsuccess = () => resolve(open.result);
    });
    const write = db.transaction('records', 'readwrite');
    const store = write.objectStore('records');
    store.clear();
    if (holdings) store.put(['', holdings], ['a', 0, 'holdings', '', 0]); // storage/records/database.ts
    await new Promise((resolve) => {
      write.oncomplete = resolve;
    });
    db.close();
    await chrome.storage.session.set(session ?? {});
    await chrome.storage.local.set(local);
  }, state);
}
