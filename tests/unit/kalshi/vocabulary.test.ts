// Words that Kalshi does not use today, in every place where a word decides something: no list stops, no figure is wrong.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Holdings } from '../../../src/domain/holdings/holdings.ts';
import { EMPTY_HOLDINGS } from '../../../src/domain/holdings/holdings.ts';
import { fetchTransfers } from '../../../src/kalshi/fetch-transfers.ts';
import { fetchHoldings } from '../../../src/kalshi/holdings/fetch-holdings.ts';
import { fetchFills } from '../../../src/kalshi/trades/fetch-fills.ts';
import { unknownWords, VOCABULARY } from '../../../src/kalshi/vocabulary.ts';
import { profile } from '../../exchange/profiles/index.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 28);
const { member } = profile('sports-trader', NOW);

/** The account's requests, with this word in this field of every second row of a list. */
function contextWith({ list, field, word }: { list: string; field: string; word: string }) {
  return contextOf(
    member,
    () => NOW,
    (path, url) => {
      const { status, body } = member.answer(path, url.searchParams, NOW);
      const rows = (body as Record<string, unknown>)[list];
      if (status !== 200 || !Array.isArray(rows)) return undefined;
      const changed = rows.map((row, index) => (index % 2 ? row : { ...row, [field]: word }));
      return json({ ...body, [list]: changed });
    },
  );
}

async function holdingsWith(place: { list: string; field: string; word: string }): Promise<Holdings> {
  const { context } = await contextWith(place);
  const reply = await fetchHoldings(context, EMPTY_HOLDINGS);
  if (reply.kind !== 'read') throw new Error(`the holdings are ${reply.kind}`);
  return reply.holdings;
}

/** A word that is in no list of the table. */
const unknownWord = fc
  .string()
  .filter((word) => VOCABULARY.every(({ known }) => !known.includes(word.toLowerCase())));

const inHoldings = VOCABULARY.filter(({ list }) => ['orders', 'markets', 'settlements'].includes(list));

test.each(inHoldings)('an unknown $field in $list: $unknown', async ({ list, field, unknown }) => {
  const right = await holdingsWith({ list: '', field: '', word: '' });
  await fc.assert(
    fc.asyncProperty(unknownWord, async (word) => {
      const found = await holdingsWith({ list, field, word });
      expect(found.positions.map(({ ticker, side, count, cost }) => [ticker, side, count, cost])).toEqual(
        right.positions.map(({ ticker, side, count, cost }) => [ticker, side, count, cost]),
      );
      const lost = right.orders.length - found.orders.length;
      expect(found.orders.every((order) => right.orders.some(({ id }) => id === order.id))).toBe(true);
      expect(found.unreadable.orders - right.unreadable.orders).toBe(unknown === 'unreadable' ? lost : 0);
      expect(list === 'orders' || lost === 0).toBe(true);
      expect(found.settlements.map(({ ticker, net }) => [ticker, net])).toEqual(
        right.settlements.map(({ ticker, net }) => [ticker, net]),
      );
      for (const [ticker, { settles }] of Object.entries(found.markets)) {
        expect([null, right.markets[ticker]?.settles]).toContain(settles);
      }
    }),
    { numRuns: 4 },
  );
});

test('an unknown side of a fill: the row is counted, the others stay', async () => {
  const right = await fetchFills((await contextWith({ list: '', field: '', word: '' })).context, PAGE);
  await fc.assert(
    fc.asyncProperty(unknownWord, async (word) => {
      const { context } = await contextWith({ list: 'fills', field: 'outcome_side', word });
      const found = await fetchFills(context, PAGE);
      if (!found.ok || !right.ok) throw new Error('no page');
      expect(found.unreadable + found.rows.length).toBe(right.rows.length);
      expect(right.rows).toEqual(expect.arrayContaining(found.rows));
    }),
    { numRuns: 5 },
  );
});
const PAGE = { cursor: '', from: 0 };

test.each(['deposits', 'withdrawals'])('an unknown status in %s: pending', async (list) => {
  const { context } = await contextWith({ list, field: 'status', word: 'parked' });
  const reply = await fetchTransfers(context, { withPerps: false });
  const own = reply.kind === 'read' ? reply.rows.filter(({ kind }) => `${kind}s` === list) : [];
  expect(own.map(({ status }) => status)).toContain('pending');
});

test('words that the table does not have are found, each once', () => {
  const rows = [{ status: 'resting' }, { status: 'parked' }, { status: 'parked', outcome_side: 'maybe' }, {}];
  expect(unknownWords('orders', rows)).toEqual(['parked', 'maybe']);
  expect(unknownWords('series', rows)).toEqual([]);
});
