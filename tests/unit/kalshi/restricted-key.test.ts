// K01: a key of one subaccount reads its own orders, fills and settlements, whether it is known that it is restricted or not.
import { expect, test } from 'vitest';
import { fetchOrders } from '../../../src/kalshi/holdings/fetch-orders.ts';
import { fetchPositions } from '../../../src/kalshi/holdings/fetch-positions.ts';
import { fetchSettlements } from '../../../src/kalshi/holdings/fetch-settlements.ts';
import { fetchFills, fetchHistoricalFills } from '../../../src/kalshi/trades/fetch-fills.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

/** A member whose third subaccount holds one market and has a settled and an archived one; the primary one trades others. */
function memberOfSubaccounts(): Member {
  const member = new Member({
    cash: '1000',
    positions: [{ ticker: 'P-1', contracts: 5, price: 50, changedAt: NOW - DAY }],
  });
  const own = member.subaccount(3);
  own.cash = 500_000_000n;
  own.addEvent('S', 'Own', false);
  for (const ticker of ['S-1', 'S-2']) {
    const quote = { last: 500_000n, yesBid: 500_000n, noBid: 500_000n };
    own.addMarket({ ticker, event: 'S', closes: NOW + DAY, ...quote });
  }
  own.buy('S-1', 'yes', 100n, 500_000n, 0n, NOW - 40 * DAY);
  own.buy('S-2', 'yes', 200n, 500_000n, 0n, NOW - DAY);
  member.cutoffs.fills = NOW - 30 * DAY;
  return member;
}

test.each([
  ['known to be restricted', true, 1],
  ['not known to be', undefined, 2],
])('%s', async (_, isRestrictedToSubaccount, requestsOfAList) => {
  const member = memberOfSubaccounts();
  const { context, requests } = await contextOf(
    member,
    () => NOW,
    (path, url) => {
      const { status, body } = member.answer(path, url.searchParams, NOW, { subaccount: 3 });
      return json(body, status);
    },
  );
  const restricted = { ...context, ...(isRestrictedToSubaccount && { isRestrictedToSubaccount }) };
  const page = { cursor: '', from: 0 };
  expect(await fetchOrders(restricted)).toMatchObject({ ok: true });
  expect(requests).toHaveLength(requestsOfAList);
  expect(requests.at(-1)?.search).not.toContain('subaccount');
  expect(await fetchSettlements(restricted)).toMatchObject({ ok: true });
  expect(await fetchPositions(restricted)).toMatchObject({
    held: [{ ticker: 'S-1' }, { ticker: 'S-2' }],
  });
  expect(await fetchFills(restricted, page)).toMatchObject({ rows: [{ ticker: 'S-2' }] });
  if (!isRestrictedToSubaccount) return;
  expect(await fetchHistoricalFills(restricted, page)).toMatchObject({ rows: [{ ticker: 'S-1' }] });
});
