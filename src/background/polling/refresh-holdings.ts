// Refreshing what an account holds: after a good poll, seldom in the background, more often while the popup is visible. Between
// two readings of the lists, the prices alone.

import type { AccountData } from '../../domain/accounts/account-data.ts';
import { alertsOf } from '../../domain/accounts/account-data.ts';
import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { decideAlerts } from '../../domain/alerts/decide.ts';
import { needsPrices } from '../../domain/alerts/rules.ts';
import { midnightBefore } from '../../domain/calendar.ts';
import { EMPTY_HOLDINGS, type Holdings, haveHoldingsMoved } from '../../domain/holdings/holdings.ts';
import { type HoldingsSummary, NO_HOLDINGS } from '../../domain/holdings/summary.ts';
import { summaryOf } from '../../domain/holdings/sums.ts';
import { resultsStatusAfterMove } from '../../domain/pnl/results-status.ts';
import { areHoldingsDue, arePricesDue } from '../../domain/polling/backoff.ts';
import { fetchHoldings, fetchPrices } from '../../kalshi/holdings/fetch-holdings.ts';
import type { Records } from '../../storage/records/database.ts';
import { readHoldings, writeHoldings } from '../../storage/records/holdings.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { heldMarkets } from '../alerts/held-markets.ts';
import { getReadyState, updateAccountData } from '../store.ts';
import { openRequestContext, type PollContext } from './request-context.ts';

/**
 * Fetches the holdings if they are due, or else their prices if these are. What cannot be read leaves what was known before.
 * @param cashMoved whether the cash differs from that of the poll before
 * @returns whether something was refreshed
 */
export async function refreshHoldings(
  context: PollContext,
  clockOffset: number,
  cashMoved = false,
): Promise<boolean> {
  const { memory, account, trigger } = context;
  if (!canReadPortfolio(account.scopes)) return false;
  const state = await getReadyState(memory);
  const data = accountData(state, account.id);
  const known = data.holdings;
  const moment = {
    periodMs: state.settings.periodSeconds * 1000,
    trigger,
    now: Date.now(),
    random: Math.random(),
  };
  if (areHoldingsDue(known, moment, cashMoved))
    return refreshLists(context, clockOffset, known ?? NO_HOLDINGS);
  if (!known?.readable) return false;
  const requestedAt = Math.max(known.at, known.pricesAt ?? 0, memory.pricesRequestedAt.get(account.id) ?? 0);
  if (!arePricesDue(requestedAt, moment, needsPrices(alertsOf(data).rules))) return false;
  return refreshPrices(context, clockOffset, known);
}

async function refreshLists(
  context: PollContext,
  clockOffset: number,
  known: HoldingsSummary,
): Promise<boolean> {
  const requests = await openRequestContext(context, clockOffset);
  if (!requests) return false;
  // Recorded before the requests are sent: a background that is killed over and over sends no more than it may.
  const attempted: HoldingsSummary = { ...known, at: Date.now() };
  if (!(await save(context, async () => ({ holdings: attempted })))) return false;
  const records = await openRecords(context.account);
  const before = (await readHoldings(records)) ?? EMPTY_HOLDINGS;
  const reply = await fetchHoldings(requests, before);
  if (reply.kind === 'failed') return false;
  if (reply.kind === 'denied') {
    return save(context, async () => ({ holdings: { ...attempted, at: Date.now(), readable: false } }));
  }
  return saveHoldings(context, records, before, reply);
}

async function refreshPrices(
  context: PollContext,
  clockOffset: number,
  known: HoldingsSummary,
): Promise<boolean> {
  const { memory, account } = context;
  const records = await openRecords(account);
  const before = await readHoldings(records);
  if (!before || before.positions.length === 0) return false;
  memory.pricesRequestedAt.set(account.id, Date.now());
  const requests = await openRequestContext(context, clockOffset);
  const holdings = requests && (await fetchPrices(requests, before));
  if (!holdings) return false;
  const { at, readAt } = known;
  const summary = {
    ...summaryOf(holdings, { at: Date.now(), readAt, pricesAt: holdings.readAt.markets }),
    at,
  };
  return saveHoldings(context, records, before, { holdings, summary });
}

function saveHoldings(
  context: PollContext,
  records: Records,
  before: Holdings,
  { holdings, summary }: { holdings: Holdings; summary: HoldingsSummary },
): Promise<boolean> {
  return save(context, async ({ results, alerts }) => {
    const now = Date.now();
    // The rows first: the pages read them when they see the summary change.
    await writeHoldings(records, holdings).catch(() => undefined);
    return {
      holdings: summary,
      ...(results && haveHoldingsMoved(before, holdings) && { results: resultsStatusAfterMove(results) }),
      ...(alerts && {
        alerts: decideAlerts(alerts, { now, midnight: midnightBefore(now), held: heldMarkets(holdings) }),
      }),
    };
  });
}

/** @returns false if the account was locked or removed meanwhile, or the browser refuses to write */
function save(
  { memory, account, aborted }: PollContext,
  change: (data: AccountData) => Promise<Partial<AccountData>>,
): Promise<boolean> {
  return updateAccountData(memory, account, aborted, change).then(Boolean, () => false);
}
