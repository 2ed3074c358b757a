// What a poll's result means for the alerts of its account.

import type { Account } from '../../domain/accounts/account.ts';
import type { AccountData } from '../../domain/accounts/account-data.ts';
import { isWider } from '../../domain/accounts/key-scopes.ts';
import type { Alerts, SummaryEvent } from '../../domain/alerts/alert.ts';
import { decideAlerts } from '../../domain/alerts/decide.ts';
import type { Observed } from '../../domain/alerts/observed.ts';
import { hasRules } from '../../domain/alerts/rules.ts';
import { isSummaryDue, summaryDay } from '../../domain/alerts/summary.ts';
import { type Change, dailyChangeOf } from '../../domain/balance/daily-change.ts';
import { exactTotal } from '../../domain/balance/snapshot.ts';
import { midnightBefore, midnightDaysBefore } from '../../domain/calendar.ts';
import type { Micros } from '../../domain/money.ts';
import { resultOf } from '../../domain/pnl/market-result.ts';
import { sumSince } from '../../domain/pnl/result-periods.ts';
import type { Outcome } from '../../domain/polling/outcome.ts';
import { shareOf } from '../../domain/share.ts';
import { readHoldings } from '../../storage/records/holdings.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { readResultsProgress } from '../../storage/records/results.ts';
import { heldMarkets } from './held-markets.ts';

/**
 * The alerts after a poll. A failed poll decides nothing about amounts.
 * @returns undefined if no rule was ever switched on
 * @param data the account's record as it will be stored
 */
export async function alertsAfterPoll(
  account: Account,
  data: AccountData,
  outcome: Outcome,
  now: number,
): Promise<Alerts | undefined> {
  const { alerts, snapshot, day, transfers, perps } = data;
  if (!alerts || (!hasRules(alerts.rules) && Object.keys(alerts.memory).length === 0)) return alerts;
  const midnight = midnightBefore(now);
  const observed: Observed = {
    now,
    midnight,
    outcome,
    lastGood: snapshot.figures?.at ?? null,
    wider: isWider(account.scopes, account.acceptedScopes),
    expiresAt: account.expiresAt ?? null,
  };
  const { figures } = snapshot;
  if (outcome.kind !== 'ok' || !figures) return decideAlerts(alerts, observed);
  const change = dailyChangeOf(day, figures, transfers, midnight);
  // An equity of perps that is older than the cash makes a total that the account never had.
  const isWhole = perps.status !== 'readable' || perps.equityAt >= figures.at;
  const total = isWhole ? exactTotal(figures) : undefined;
  const isConfirmed = isWhole && change !== 'unconfirmed' && transfers?.status !== 'partial';
  const known = isConfirmed && change !== null ? change : undefined;
  // Prices are read seldom; a closing time comes nearer with every poll.
  const { closesWithin, watched } = alerts.rules;
  const holdings =
    closesWithin !== null || watched.length > 0 ? await readHoldings(await openRecords(account)) : null;
  const summary = total === undefined ? undefined : await summaryOf(account, alerts, total, known, now);
  return decideAlerts(alerts, {
    ...observed,
    cash: figures.cash,
    ...(total !== undefined && { total }),
    ...(known && { change: { amount: known.amount, share: shareOf(known) } }),
    ...(summary && { summary }),
    ...(holdings && { held: heldMarkets(holdings) }),
  });
}

async function summaryOf(
  account: Account,
  alerts: Alerts,
  total: Micros,
  change: Change | undefined,
  now: number,
): Promise<SummaryEvent | undefined> {
  const today = midnightBefore(now);
  const day = summaryDay(alerts.rules, now, today, midnightDaysBefore(1, now));
  if (!isSummaryDue(alerts, day)) return undefined;
  const isToday = day === today;
  const records = await openRecords(account);
  const results = await readResultsProgress(records).catch(() => undefined);
  const holdings = await readHoldings(records);
  const periods = results?.complete
    ? results.periods.filter(({ start }) => isToday || start < today)
    : undefined;
  const sum = periods && sumSince(periods, day);
  const [tomorrow, after] = [midnightDaysBefore(-1, now), midnightDaysBefore(-2, now)];
  const settling = holdings?.positions.filter(({ closesAt }) => {
    return closesAt !== null && closesAt >= tomorrow && closesAt < after;
  });
  return {
    kind: 'summary',
    day,
    total,
    change: isToday ? (change?.amount ?? null) : null,
    result: sum ? resultOf(sum) : null,
    settling: settling?.length ?? 0,
  };
}
