// Alerts on total, cash and today's change. A threshold that was passed speaks again only after the figure has clearly come
// back.

import { DOLLAR } from '../money.ts';
import type { AlertEvent } from './alert.ts';
import { becameTrue, type Memory, recall } from './memory.ts';
import type { Observed } from './observed.ts';
import type { AlertRules } from './rules.ts';

/** A figure has come back once it is this far on the other side: a hundredth of the threshold, at least a dollar. */
function margin(threshold: number): number {
  return Math.max(DOLLAR, Math.trunc(Math.abs(threshold) / 100));
}

export function thresholds(rules: AlertRules, memory: Memory, { total, cash }: Observed): AlertEvent[] {
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
export function changes(rules: AlertRules, memory: Memory, { change, midnight }: Observed): AlertEvent[] {
  const { changeAmount, changeShare } = rules;
  const events: AlertEvent[] = [];
  for (const [name, limit, value] of [
    ['changeAmount', changeAmount, change?.amount],
    ['changeShare', changeShare, change?.share],
  ] as const) {
    if (limit === null) delete memory[name];
    if (limit === null || value === undefined || value === null || !change) continue;
    const known = recall(memory, name, 'change');
    const way = value >= limit ? 'up' : value <= -limit ? 'down' : null;
    const said = known?.midnight === midnight ? known.ways : [];
    const isFirst = way !== null && !said.includes(way);
    memory[name] = { kind: 'change', limit, midnight, ways: isFirst ? [...said, way] : said };
    if (known?.limit === limit && isFirst && events.length === 0) {
      events.push({ kind: 'change', amount: change.amount, share: change.share });
    }
  }
  return events;
}
