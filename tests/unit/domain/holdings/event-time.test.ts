// When positions are decided.
import { expect, test } from 'vitest';
import { eventTime, timeInTicker } from '../../../../src/domain/holdings/event-time.ts';
import {
  type Leg,
  type Market,
  type MarketEvent,
  UNKNOWN_EVENT,
} from '../../../../src/domain/holdings/market.ts';
import type { Position } from '../../../../src/domain/holdings/position.ts';

const at = (text: string) => Date.parse(text);

test.each([
  // Recorded tickers: a game in Japan at 18:00, one in New York at 19:10 in summer, Bitcoin at 5 PM in winter.
  ['KXNPBTOTAL-26AUG130500HIRYAK', '2026-08-13T18:00:00+09:00'],
  ['KXMLBGAME-26JUL261910NYYBOS', '2026-07-26T19:10:00-04:00'],
  ['KXBTCD-26NOV2817', '2026-11-28T17:00:00-05:00'],
  ['KXNFLGAME-26NOV010030XY', '2026-11-01T00:30:00-04:00'], // the night in which daylight saving time ends
])('the ticker %s has the time %s', (ticker, time) => {
  expect(timeInTicker(ticker)).toBe(at(time));
});

test.each([
  'KXNFLGAME-26NOV29KCBUF',
  'KXHIGHNY-26NOV28',
  'KXOSCARS-26',
  'A',
  'KXA-26NOV2899AB',
  'KXA-26XXX281200AB',
  'KXMVESPORTSMULTIGAMEEXTENDED-S2025B00AF9F365C',
])('the ticker %s has no time of day', (ticker) => {
  expect(timeInTicker(ticker)).toBeNull();
});

const [EARLY, LATE] = [at('2026-11-28T18:00:00Z'), at('2026-11-29T02:00:00Z')];
const position = { ticker: 'T', event: 'E', closesAt: LATE } as Position;
const event = (starts: MarketEvent['starts']) => ({ ...UNKNOWN_EVENT, starts });

test('the milestone comes before the ticker, and that before the expected result', () => {
  const known = (starts: MarketEvent['starts']) => ({ events: { E: event(starts) }, markets: {} });
  expect(eventTime(position, known(EARLY))).toEqual({ at: EARLY, approximate: false });
  expect(eventTime(position, known('none'))).toEqual({ at: LATE, approximate: true });
  const timed = { ...position, event: 'KXMLBGAME-26NOV281300NYYBOS' };
  expect(eventTime(timed, known(null))).toEqual({ at: EARLY, approximate: false });
  expect(eventTime({ ...position, closesAt: null }, known(null))).toBeNull();
});

test('a combo is decided with the last of its open legs', () => {
  const leg = (event: string, yesValue: number | null): Leg =>
    ({ ticker: `${event}-M`, event, side: 'yes', yesValue }) as Leg;
  const legs = [leg('A', null), leg('B', null), leg('C', 1_000_000)];
  const known = {
    events: { A: event(EARLY), B: event(EARLY + 1), C: event(LATE) },
    markets: { T: { legs } as Market },
  };
  expect(eventTime(position, known)).toEqual({ at: EARLY + 1, approximate: false });
  // One whose time is unknown may be the last.
  expect(eventTime(position, { ...known, events: { A: event(EARLY) } })).toBeNull();
});
