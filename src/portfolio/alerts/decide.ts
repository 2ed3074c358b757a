// Deciding alerts. Pure: what is decided is stored in the same write as what it was decided on.
//
// Every rule has a memory under its name. A rule without one, because it is new or was changed, only notes what is there now:
// nothing old is announced. A threshold that was passed speaks again only after the figure has clearly come back.

import { DOLLAR, type Micros } from '../money.ts';
import { OUTCOMES, type Outcome } from '../outcome.ts';
import { type AlertEvent, type Alerts, addAlerts, type SummaryEvent } from './alert.ts';
import { type AlertRules, WATCHED_CLOSES, WATCHED_MOVE } from './rules.ts';

/** What the rules look at. Missing parts are not known at this time: their rules decide nothing. */
export interface Observed {
  /** Unix milliseconds, the local midnight before, and minutes since midnight. */
  now: number;
  midnight: number;
  /** The outcome of a poll. */
  outcome?: Outcome;
  /** Of a good poll, micro-dollars. `change`: of today, if known; its share in millionths. */
  total?: Micros;
  cash?: Micros;
  change?: { amount: Micros; share: number | null };
  /** The time of the last good balance. */
  lastGood?: number | null;
  /** Whether the key may do more than the user accepted, and when it expires. */
  wider?: boolean;
  expiresAt?: number | null;
  /** Markets that are held: how much they moved since yesterday, millionths, and when they close. */
  held?: readonly { ticker: string; title: string; move: number | null; closesAt: number | null }[];
  /** New fills and settlements since the last time. */
  trades?: readonly NewTrade[];
  /** What a summary contains, if one is due. */
  summary?: SummaryEvent;
}

/** A fill, or a settlement with its payout. `id`: the same whenever it is observed again. */
export interface NewTrade {
  id: string;
  kind: 'fill' | 'payout';
  title: string;
  /** Micro-dollars. */
  amount: Micros;
  /** Whether an order of the same market still rests. */
  partly: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A key that expires within this time is about to. Milliseconds. */
const EXPIRES_SOON = 7 * DAY;

/** The alerts after an observation. */
export function decideAlerts(alerts: Alerts, observed: Observed): Alerts {
  const memory = { ...alerts.memory };
  const events = [
    ...thresholds(alerts.rules, memory, observed),
    ...changes(alerts.rules, memory, observed),
    ...trades(alerts.rules, memory, observed),
    ...markets(alerts.rules, memory, observed),
    ...keys(alerts.rules, memory, observed),
    ...silence(alerts.rules, memory, observed),
    ...summaries(alerts.rules, memory, observed),
  ];
  return { ...addAlerts(alerts, events, observed.now), memory };
}

type Memory = Record<string, string>;

/**
 * Whether a condition became true.
 * @param name of the rule; null for one that is off, which forgets what it knew
 * @param meaning changes when the rule is changed: it then only notes what is there
 * @param rearmed whether it may speak again
 */
function becameTrue(
  memory: Memory,
  name: string,
  meaning: string | null,
  isTrue: boolean,
  rearmed: boolean,
): boolean {
  if (meaning === null) {
    delete memory[name];
    return false;
  }
  const [known, state] = memory[name]?.split('|') ?? [];
  if (known !== meaning) {
    memory[name] = `${meaning}|${isTrue ? 'said' : 'armed'}`;
    return false;
  }
  if (state === 'armed' && isTrue) {
    memory[name] = `${meaning}|said`;
    return true;
  }
  if (state === 'said' && rearmed) memory[name] = `${meaning}|armed`;
  return false;
}

/** A figure has come back once it is this far on the other side: a hundredth of the threshold, at least a dollar. */
function margin(threshold: number): number {
  return Math.max(DOLLAR, Math.trunc(Math.abs(threshold) / 100));
}

function thresholds(rules: AlertRules, memory: Memory, { total, cash }: Observed): AlertEvent[] {
  const events: AlertEvent[] = [];
  for (const [name, figure, above] of [
    ['totalAbove', 'total', true],
    ['totalBelow', 'total', false],
    ['cashAbove', 'cash', true],
    ['cashBelow', 'cash', false],
  ] as const) {
    const threshold = rules[name];
    const value = figure === 'total' ? total : cash;
    if (threshold === null) becameTrue(memory, name, null, false, false);
    if (threshold === null || value === undefined) continue;
    const isTrue = above ? value >= threshold : value <= threshold;
    const back = above ? value <= threshold - margin(threshold) : value >= threshold + margin(threshold);
    if (becameTrue(memory, name, String(threshold), isTrue, back)) {
      events.push({ kind: 'threshold', figure, above, threshold, value });
    }
  }
  return events;
}

/** Once a day each way. */
function changes(rules: AlertRules, memory: Memory, { change, midnight }: Observed): AlertEvent[] {
  const { changeAmount, changeShare } = rules;
  const events: AlertEvent[] = [];
  for (const [name, limit, value] of [
    ['changeAmount', changeAmount, change?.amount],
    ['changeShare', changeShare, change?.share],
  ] as const) {
    if (limit === null) delete memory[name];
    if (limit === null || value === undefined || value === null || !change) continue;
    const [known, day, ways = ''] = memory[name]?.split('|') ?? [];
    const way = value >= limit ? '+' : value <= -limit ? '-' : '';
    const isNew = known !== String(limit);
    const said = day === String(midnight) ? ways : '';
    memory[name] = `${limit}|${midnight}|${said.includes(way) ? said : said + way}`;
    if (!isNew && way && !said.includes(way) && events.length === 0) {
      events.push({ kind: 'change', amount: change.amount, share: change.share });
    }
  }
  return events;
}

/** Fills and payouts of one observation are one alert each. */
function trades(rules: AlertRules, memory: Memory, { trades }: Observed): AlertEvent[] {
  if (!rules.fill && !rules.payout) delete memory.trades;
  if (!trades || !(rules.fill || rules.payout)) return [];
  const known = new Set(memory.trades?.split('|'));
  const fresh = trades.filter(({ id }) => !known.has(id));
  memory.trades = trades.map(({ id }) => id).join('|');
  return (['fill', 'payout'] as const).flatMap((kind): AlertEvent[] => {
    const all = fresh.filter((each) => each.kind === kind);
    if (!rules[kind] || all.length === 0) return [];
    const amount = all.reduce((sum, each) => sum + each.amount, 0) as Micros;
    const titles = [...new Set(all.map(({ title }) => title))].slice(0, 3);
    const common = { count: all.length, amount, titles };
    return [
      kind === 'fill' ? { kind, ...common, partly: all.some(({ partly }) => partly) } : { kind, ...common },
    ];
  });
}

/** Each market once a day for its move, and once for each closing time. Several at once are one alert. */
function markets(rules: AlertRules, memory: Memory, { held, now, midnight }: Observed): AlertEvent[] {
  if (!held) return [];
  const isWatched = ({ ticker }: { ticker: string }) => rules.watched.includes(ticker);
  const moved = held.filter((each) => {
    const limit = least(rules.marketMove, isWatched(each) ? WATCHED_MOVE : null);
    return limit !== null && each.move !== null && Math.abs(each.move) >= limit;
  });
  const closing = held.filter((each) => {
    const limit = least(rules.closesWithin, isWatched(each) ? WATCHED_CLOSES : null);
    const { closesAt } = each;
    return limit !== null && closesAt !== null && closesAt > now && closesAt - now <= limit * MINUTE;
  });
  const rule = (limit: number | null) =>
    limit === null && rules.watched.length === 0 ? null : `${limit} ${rules.watched.join(' ')}`;
  const newMoves = onlyNew(
    memory,
    'moved',
    rule(rules.marketMove),
    moved,
    ({ ticker }) => `${ticker} ${midnight}`,
  );
  const newClosings = onlyNew(
    memory,
    'closing',
    rule(rules.closesWithin),
    closing,
    ({ ticker, closesAt }) => `${ticker} ${closesAt}`,
  );
  const largest = newMoves.toSorted((a, b) => Math.abs(b.move ?? 0) - Math.abs(a.move ?? 0));
  const next = newClosings.toSorted((a, b) => (a.closesAt ?? 0) - (b.closesAt ?? 0));
  return [
    ...(largest[0]
      ? [{ kind: 'move' as const, titles: titlesOf(largest), share: largest[0].move ?? 0 }]
      : []),
    ...(next[0] ? [{ kind: 'closing' as const, titles: titlesOf(next), at: next[0].closesAt ?? 0 }] : []),
  ];
}

/** The smaller of two limits, of which some are off. */
function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function titlesOf(rows: readonly { title: string }[]): string[] {
  return rows.map(({ title }) => title).slice(0, 3);
}

/** The rows whose key was not there the last time. Keys that are gone are forgotten only if they cannot come back today. */
function onlyNew<Row>(
  memory: Memory,
  name: string,
  rule: string | null,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  if (rule === null) {
    delete memory[name];
    return [];
  }
  const [known, ...before] = memory[name]?.split('|') ?? [];
  const keys = rows.map(keyOf);
  memory[name] = [rule, ...new Set([...keys, ...before])].slice(0, 100).join('|');
  if (known !== rule) return [];
  return rows.filter((_, index) => !before.includes(keys[index] ?? ''));
}

function keys(rules: AlertRules, memory: Memory, { outcome, wider, expiresAt, now }: Observed): AlertEvent[] {
  const on = rules.key ? 'on' : null;
  const events: AlertEvent[] = [];
  if (wider !== undefined && becameTrue(memory, 'key-power', on, wider, !wider)) {
    events.push({ kind: 'key-power' });
  }
  if (outcome) {
    const isRefused = OUTCOMES[outcome.kind].polling === 'stop';
    if (becameTrue(memory, 'key-refused', on, isRefused, outcome.kind === 'ok')) {
      events.push({ kind: 'key-refused' });
    }
  }
  if (expiresAt) {
    const soon = expiresAt > now && expiresAt - now <= EXPIRES_SOON;
    if (becameTrue(memory, 'key-expires', on && `${expiresAt}`, soon, false)) {
      events.push({ kind: 'key-expires', at: expiresAt });
    }
  }
  return events;
}

function silence(rules: AlertRules, memory: Memory, { outcome, lastGood, now }: Observed): AlertEvent[] {
  const { silentFor } = rules;
  if (silentFor === null) {
    delete memory.silent;
    return [];
  }
  if (!outcome || lastGood === undefined || lastGood === null) return [];
  const isTrue = outcome.kind !== 'ok' && now - lastGood > silentFor * MINUTE;
  const said = becameTrue(memory, 'silent', String(silentFor), isTrue, outcome.kind === 'ok');
  return said ? [{ kind: 'silent', since: lastGood }] : [];
}

/** The last time at which a summary was due, as the local midnight of its day; null if there is none. */
export function summaryDay(
  { summaryAt }: AlertRules,
  now: number,
  midnight: number,
  yesterday: number,
): number | null {
  if (summaryAt === null) return null;
  return now - midnight >= summaryAt * MINUTE ? midnight : yesterday;
}

/** Whether the summary of a day is still to be made. A rule that is new begins with the next one. */
export function isSummaryDue({ rules, memory }: Alerts, day: number | null): day is number {
  const [known, last] = memory.summary?.split('|') ?? [];
  return day !== null && known === String(rules.summaryAt) && Number(last) < day;
}

function summaries(
  { summaryAt }: AlertRules,
  memory: Memory,
  { summary, now, midnight }: Observed,
): AlertEvent[] {
  if (summaryAt === null) {
    delete memory.summary;
    return [];
  }
  if (summary) {
    memory.summary = `${summaryAt}|${summary.day}`;
    return [summary];
  }
  const [known] = memory.summary?.split('|') ?? [];
  if (known !== String(summaryAt)) {
    const isPast = now - midnight >= summaryAt * MINUTE;
    memory.summary = `${summaryAt}|${isPast ? midnight : midnight - 1}`;
  }
  return [];
}
