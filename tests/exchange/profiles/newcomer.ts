// A newcomer: one deposit, which can be used before it is final, and one position.
import { Member } from '../member.ts';
import { Builder, HOUR, MINUTE } from './builder.ts';
import { addGame } from './games.ts';

export function newcomer(now: number, random: () => number): Member {
  const builder = new Builder(now, random);
  const { ledger } = builder;
  ledger.returnsCollateral = false;
  const at = now - 3 * HOUR;
  const deposit = { id: 'first', kind: 'deposit', status: 'pending', type: 'ach', instant: true } as const;
  builder.at(at, () => ledger.transfer({ ...deposit, cents: 10_000, requestedAt: at, finishedAt: null }));
  const ticker = addGame(builder, now + 5 * HOUR).markets[0]?.leg.ticker ?? '';
  const bought = now - 40 * MINUTE;
  builder.at(bought, () => builder.buy(ticker, 'yes', 1_000, bought));
  builder.run();
  builder.move(ticker, 3);
  const member = new Member({ ledger });
  member.missingWithdrawals = true;
  member.archive(now);
  return member;
}
