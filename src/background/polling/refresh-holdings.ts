// Refreshing what an account holds: after a good poll, seldom in the background, more often while the popup is visible.

import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { decideAlerts } from '../../domain/alerts/decide.ts';
import type { Observed } from '../../domain/alerts/observed.ts';
import { midnightBefore } from '../../domain/calendar.ts';
import { EMPTY_HOLDINGS, haveHoldingsMoved } from '../../domain/holdings/holdings.ts';
import { type HoldingsSummary, NO_HOLDINGS } from '../../domain/holdings/summary.ts';
import { areHoldingsDue } from '../../domain/polling/backoff.ts';
import { fetchHoldings } from '../../kalshi/holdings/fetch-holdings.ts';
import { readHoldings, writeHoldings } from '../../storage/records/holdings.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { heldMarkets } from '../alerts/held-markets.ts';
import { getReadyState, updateAccountData } from '../store.ts';
import { openRequestContext, type PollContext } from './request-context.ts';

/**
 * Fetches the holdings if they are due. What cannot be read leaves what was known before.
 * @returns whether something was refreshed
 */
export async function refreshHoldings(context: PollContext, clockOffset: number): Promise<boolean> {
  const { memory, account, trigger, aborted } = context;
  if (!canReadPortfolio(account.scopes)) return false;
  const state = await getReadyState(memory);
  const known = accountData(state, account.id).holdings;
  const periodMs = state.settings.periodSeconds * 1000;
  if (!areHoldingsDue(known, { periodMs, trigger, now: Date.now(), random: Math.random() })) return false;
  const requests = await openRequestContext(context, clockOffset);
  if (!requests) return false;

  const save = (
    summary: HoldingsSummary,
    before?: () => Promise<unknown>,
    haveMoved = false,
    held?: Observed['held'],
  ) =>
    updateAccountData(memory, account, aborted, async ({ results, alerts }) => {
      await before?.();
      return {
        holdings: summary,
        ...(haveMoved && results && { results: { ...results, due: true } }),
        ...(held &&
          alerts && {
            alerts: decideAlerts(alerts, { now: Date.now(), midnight: midnightBefore(Date.now()), held }),
          }),
      };
    }).then(Boolean, () => false);

  // Recorded before the requests are sent: a background that is killed over and over sends no more than it may.
  const attempted: HoldingsSummary = { ...(known ?? NO_HOLDINGS), at: Date.now() };
  if (!(await save(attempted))) return false;
  const records = await openRecords(account);
  const before = (await readHoldings(records)) ?? EMPTY_HOLDINGS;
  const reply = await fetchHoldings(requests, before);
  if (reply.kind === 'failed') return false;
  if (reply.kind === 'denied') return save({ ...attempted, at: Date.now(), readable: false });
  // The rows first: the pages read them when they see the summary change.
  const write = () => writeHoldings(records, reply.holdings).catch(() => undefined);
  return save(reply.summary, write, haveHoldingsMoved(before, reply.holdings), heldMarkets(reply.holdings));
}
