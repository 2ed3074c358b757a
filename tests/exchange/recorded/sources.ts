// Where the recorded values come from: responses that others published. Only field values are kept here, no code, no text.

export const SOURCES = {
  /** Raw responses of the demo environment, 11 June 2026, in one session with $100.00 at its start. */
  demo: 'github.com/XavierBriggs/Fortuna, fixtures/kalshi',
  /** Rows of a production account with the result per market; 88 settlements reconciled to the cash by their owner. */
  bitcoin: 'public tests of a bot for 15-minute Bitcoin markets, found by the ticker KXBTC15M-26SEP220615-15',
  /** Fills, settlements and positions of a production account with Kalshi’s own realized result. */
  tennis: 'public tests of a ledger for tennis markets, found by the ticker KXWTAMATCH-26AUG30PODWAL-POD',
  /** Orders and positions in the record of an incident. */
  executor: 'public report about a bot, found by the ticker KXBTC15M-26MAY101345-45',
  /** Two settled trades with their fills and realized results. */
  smoke: 'public record of two trades, found by the ticker KXMLBGAME-26JUL221910BALBOS-BOS',
  /** A settlement with fractional contracts. */
  maker: 'public tests of a market maker, found by the cost 127.112500',
  /** Field values of a production account. */
  fields: 'public list of API fields, found by the ticker KXMLBGAME-26JUN041335BALBOS-BOS',
  /** Positions of production accounts, each seen by another reader of the API in July and August 2026. */
  parser: 'public tests of a parser, found by the ticker KXPRES-26-BIDEN',
  micro: 'public notes about live responses, found by the exposure 4.726960',
  held: 'public tests of a quoting bot, found by "position_fp": "-6.12"',
  wallet: 'public tests of a ledger, found by the balance "20.6583"',
  /** A deposit by debit card of a production account, with what the balance rose by. */
  debit: 'public test of a ledger, found by the amounts 37800 and 756 cents',
  /** Values in Kalshi’s documentation. */
  docs: 'docs.kalshi.com/api-reference',
  /** Observations about an account with 13 deposits and no withdrawal, and about settlements of both sides. */
  observed: 'public catalogue of observations, found by the heading kalshi-settlement-revenue-is-net-cents',
} as const;
export type Source = keyof typeof SOURCES;
