// Games with their markets: winner, spread, total and players' figures, with titles as Kalshi writes them. The players are
// invented.
import type { Leg } from '../ledger.ts';
import { type Builder, HOUR, MINUTE, quote, timeCode } from './builder.ts';

interface League {
  code: string;
  name: string;
  milestone: string;
  unit: string;
  /** A typical score of one side, and the step of spreads. */
  score: number;
  step: number;
  teams: readonly (readonly [code: string, name: string])[];
}

const LEAGUES: readonly League[] = [
  {
    code: 'NFL',
    name: 'Pro Football',
    milestone: 'football_game',
    unit: 'points',
    score: 24,
    step: 3,
    teams: [
      ['KC', 'Kansas City'],
      ['DEN', 'Denver'],
      ['BUF', 'Buffalo'],
      ['MIA', 'Miami'],
      ['SF', 'San Francisco'],
      ['SEA', 'Seattle'],
      ['PHI', 'Philadelphia'],
      ['DAL', 'Dallas'],
    ],
  },
  {
    code: 'NBA',
    name: 'Pro Basketball',
    milestone: 'basketball_game',
    unit: 'points',
    score: 114,
    step: 4,
    teams: [
      ['BOS', 'Boston'],
      ['NYK', 'New York'],
      ['LAL', 'Los Angeles L'],
      ['LAC', 'Los Angeles C'],
      ['PHX', 'Phoenix'],
      ['OKC', 'Oklahoma City'],
      ['MIN', 'Minnesota'],
      ['CHI', 'Chicago'],
    ],
  },
  {
    code: 'NHL',
    name: 'Pro Hockey',
    milestone: 'hockey_match',
    unit: 'goals',
    score: 3,
    step: 1,
    teams: [
      ['TOR', 'Toronto'],
      ['MTL', 'Montreal'],
      ['VGK', 'Vegas'],
      ['COL', 'Colorado'],
      ['TB', 'Tampa Bay'],
      ['EDM', 'Edmonton'],
    ],
  },
];
const PLAYERS = [
  'Ellery',
  'Marsh',
  'Okafor',
  'Brandt',
  'Quill',
  'Sorensen',
  'Vance',
  'Tamura',
  'Keats',
  'Doyle',
];
const FIRST = ['Jordan', 'Caleb', 'Theo', 'Marcus', 'Nico', 'Andre', 'Wes', 'Rafael'];

/** A game: its markets as legs of combos, and when they are paid. */
export interface Game {
  starts: number;
  ends: number;
  paid: number;
  markets: { leg: Omit<Leg, 'side'>; answer: string; wins: boolean; isVoid: boolean }[];
}

/** Lists a game that starts at a time; its results become known when it ends, and are paid one or two hours later. */
export function addGame(builder: Builder, starts: number): Game {
  const league = builder.pick(LEAGUES);
  const [away, home] = twoOf(builder, league.teams);
  const id = `${timeCode(starts)}${away[0]}${home[0]}`;
  const game = `${away[1]} at ${home[1]}`;
  const scores = [score(builder, league), score(builder, league)] as const;
  const ends = starts + 3 * HOUR;
  const result: Game = { starts, ends, paid: ends + builder.int(60, 120) * MINUTE, markets: [] };
  const about = { starts, milestone: league.milestone };
  const list = (kind: string, title: string, ladder: boolean, markets: Market[]) => {
    const event = `KX${league.code}${kind}-${id}`;
    if (builder.ledger.events.has(event)) return;
    const series = { title: `${league.name}: ${title || 'Game'}`, category: 'Sports' };
    builder.ledger.addEvent(event, title ? `${game}: ${title}` : game, kind === 'GAME', {
      ...about,
      series,
      ...(ladder && { ladder: 'above' as const }),
    });
    for (const { code, answer, strike, wins, cents } of markets) {
      const ticker = `${event}-${code}`;
      const base = { ticker, event, last: 0n, title: `${title ? `${game}: ${title}` : `${game} Winner?`}` };
      const made = builder.ledger.addMarket({
        ...base,
        answer,
        closes: ends + 14 * 24 * HOUR,
        ...(strike !== undefined && { strike }),
      });
      quote(made, BigInt(cents) * 10_000n);
      made.previous = made.last + BigInt(builder.int(-5, 5)) * 2_000n;
      // A player who does not take part: the market pays a fair price.
      const isVoid = kind === 'PTS' && builder.random() < 0.03;
      result.markets.push({ leg: { event, ticker }, answer, wins, isVoid });
    }
  };
  const favourite = builder.int(28, 72);
  const awayWins = scores[0] > scores[1] || (scores[0] === scores[1] && builder.random() < 0.5);
  list('GAME', '', false, [
    { code: away[0], answer: away[1], wins: awayWins, cents: favourite },
    { code: home[0], answer: home[1], wins: !awayWins, cents: 100 - favourite },
  ]);
  const total = scores[0] + scores[1];
  list(
    'TOTAL',
    `Total ${league.unit}`,
    true,
    lines(league.score * 2, league.step, (line, cents) => ({
      code: String(Math.ceil(line)),
      answer: `Over ${line} ${league.unit} scored`,
      strike: line,
      wins: total > line,
      cents,
    })),
  );
  list(
    'SPREAD',
    'Spread',
    true,
    lines(0, league.step, (line, cents) => ({
      code: `${home[0]}${Math.ceil(line + league.step)}`,
      answer: `${home[1]} wins by over ${line + league.step} ${league.unit}`,
      strike: line + league.step,
      wins: scores[1] - scores[0] > line + league.step,
      cents,
    })),
  );
  const player = `${builder.pick(FIRST)} ${builder.pick(PLAYERS)}`;
  const made = builder.int(0, 40);
  list(
    'PTS',
    `${league.unit === 'goals' ? 'Shots' : 'Points'}`,
    false,
    [10, 15, 20].map((line, index) => ({
      code: `${player.replace(/[^A-Z]/g, '')}${line}`,
      answer: `${player}: ${line}+`,
      strike: line,
      wins: made >= line,
      cents: 72 - index * 22,
    })),
  );
  settle(builder, result);
  return result;
}

interface Market {
  code: string;
  answer: string;
  strike?: number;
  wins: boolean;
  cents: number;
}

/** Three lines around a middle, each less likely than the one before. */
function lines(middle: number, step: number, make: (line: number, cents: number) => Market): Market[] {
  return [-1, 0, 1].map((each) => make(middle + each * step + 0.5, 50 - each * 17));
}

function settle(builder: Builder, { ends, paid, markets }: Game): void {
  builder.at(ends, () => {
    for (const { leg, wins, isVoid } of markets) {
      const market = builder.ledger.markets.get(leg.ticker);
      if (!market) continue;
      if (isVoid) builder.ledger.resolve(leg.ticker, 'scalar', market.last);
      else builder.ledger.resolve(leg.ticker, wins ? 'yes' : 'no');
    }
  });
  builder.at(paid, () => builder.ledger.pay(paid, new Set(markets.map(({ leg }) => leg.ticker))));
}

const score = (builder: Builder, league: League) =>
  Math.max(0, league.score + builder.int(-league.step * 3, league.step * 3));

function twoOf<T>(builder: Builder, from: readonly T[]): [T, T] {
  const first = builder.int(0, from.length - 1);
  const second = (first + builder.int(1, from.length - 1)) % from.length;
  return [from[first] as T, from[second] as T];
}
