// Results of somebody with three years behind them: settlements are archived, and no list returns them.

import { expect, test } from 'vitest';
import { agreesWithBooks, netResultOf, openBasisOf } from '../../../../src/domain/pnl/market-result.ts';
import { readMarketResults, readResultsProgress } from '../../../../src/storage/records/results.ts';
import { makeKey } from '../../../exchange/keys.ts';
import type { Ledger } from '../../../exchange/ledger.ts';
import type { Member } from '../../../exchange/member.ts';
import { veteran } from '../../../exchange/profiles/veteran.ts';
import { seeded } from '../../../fakes/random.ts';
import { clearRecords } from '../../../fakes/records.ts';
import { type BackgroundHarness, START, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

/** Reads the results of a member to their end. @param instead the status or the body of an answer, if not the usual one */
async function readAll(member: Member, instead: (url: URL) => number | object | undefined = () => undefined) {
  harness.answerAs(member);
  const usual = harness.list;
  harness.list = (text) => {
    const other = instead(new URL(text));
    if (typeof other === 'number') return new Response('{}', { status: other });
    return other ? new Response(JSON.stringify(other)) : usual(text);
  };
  const accountId = await harness.connect(saving(pem));
  const records = clearRecords(accountId);
  for (let polls = 0; polls < 40 && (await readResultsProgress(records)).step !== 'done'; polls++) {
    await harness.passMinutes(1);
  }
  return {
    accountId,
    markets: await readMarketResults(records),
    progress: await readResultsProgress(records),
  };
}

const isSettled = (ledger: Ledger, ticker: string) => !ledger.markets.has(ticker);

test('every settled market is its movements of cash, whether its settlement is archived or not', async () => {
  const member = veteran(START, seeded(3));
  const { ledger } = member;
  const archived = ledger.settled.filter(({ at }) => at < member.cutoffs.settlements);
  expect(archived.length).toBeGreaterThan(100);
  const { markets, progress } = await readAll(member);
  const settled = markets.filter(({ ticker }) => isSettled(ledger, ticker));
  expect(settled).toHaveLength(ledger.settled.length);
  for (const market of settled) {
    expect([market.ticker, BigInt(netResultOf(market))]).toEqual([
      market.ticker,
      ledger.resultOf(market.ticker),
    ]);
    expect(openBasisOf(market)).toBe(0);
    expect(agreesWithBooks(market)).toBe(true);
  }
  expect(progress).toMatchObject({
    unendedBefore: null,
    missingBefore: null,
    books: { same: settled.length, different: 0 },
  });
});

test('where no list says how markets ended, the books say what they brought', async () => {
  const member = veteran(START, seeded(3));
  const { ledger } = member;
  const { markets, progress } = await readAll(member, (url) =>
    url.pathname.endsWith('historical/markets') ? { markets: [], cursor: '' } : undefined,
  );
  const settled = markets.filter(({ ticker }) => isSettled(ledger, ticker));
  expect(settled).toHaveLength(ledger.settled.length);
  for (const market of settled) {
    expect(BigInt(netResultOf(market))).toBe(ledger.resultOf(market.ticker));
    expect(openBasisOf(market)).toBe(0);
  }
  expect(progress.unendedBefore).toBeNull();
});

test('without either, the results say before when they are incomplete', async () => {
  const member = veteran(START, seeded(3));
  const { ledger } = member;
  const { markets, progress } = await readAll(member, (url) =>
    /historical\/(markets|positions)$/.test(url.pathname)
      ? { markets: [], market_positions: [], cursor: '' }
      : undefined,
  );
  const open = markets.filter((market) => isSettled(ledger, market.ticker) && openBasisOf(market) !== 0);
  expect(open.length).toBeGreaterThan(100);
  const last = ({ ticker }: { ticker: string }) =>
    Math.max(...ledger.fills.filter((fill) => fill.ticker === ticker).map(({ at }) => at));
  expect(progress.unendedBefore).toBe(Math.max(...open.map(last)));
});

test('lists of the archive that fail hold up nothing, and are read another time', async () => {
  const member = veteran(START, seeded(3));
  let isDown = true;
  const { progress, accountId } = await readAll(member, ({ pathname, searchParams }) =>
    isDown && (/historical\/(markets|positions)$/.test(pathname) || searchParams.has('settlement_status'))
      ? 500
      : undefined,
  );
  expect(progress).toMatchObject({ step: 'done', complete: true, booksAt: 0, endingsDue: true });
  isDown = false;
  member.ledger.credit(1_000_000n, harness.now);
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  const markets = await readMarketResults(clearRecords(accountId));
  for (const market of markets.filter(({ ticker }) => isSettled(member.ledger, ticker))) {
    expect(BigInt(netResultOf(market))).toBe(member.ledger.resultOf(market.ticker));
  }
});
