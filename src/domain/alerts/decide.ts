// Deciding alerts. Pure: what is decided is stored in the same write as what it was decided on.

import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { OUTCOMES } from '../polling/outcome.ts';
import { type AlertEvent, type Alerts, addAlerts } from './alert.ts';
import { changes, thresholds } from './decide-amounts.ts';
import { markets, trades } from './decide-markets.ts';
import { becameTrue, type Memory } from './memory.ts';
import type { Observed } from './observed.ts';
import type { AlertRules } from './rules.ts';
import { summaries } from './summary.ts';

/** A key that expires within this time is about to. Milliseconds. */
const EXPIRES_SOON = 7 * DAY_MS;

/** The alerts after an observation. */
export function decideAlerts(alerts: Alerts, observed: Observed): Alerts {
  const memory = { ...alerts.memory }; // what a rule remembers is replaced, never changed
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

function keys(rules: AlertRules, memory: Memory, { outcome, wider, expiresAt, now }: Observed): AlertEvent[] {
  const on = rules.key ? 'on' : null;
  const events: AlertEvent[] = [];
  if (wider !== undefined && becameTrue(memory, 'key-scopes', on, wider, !wider)) {
    events.push({ kind: 'key-scopes' });
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
  const isTrue = outcome.kind !== 'ok' && now - lastGood > silentFor * MINUTE_MS;
  const said = becameTrue(memory, 'silent', String(silentFor), isTrue, outcome.kind === 'ok');
  return said ? [{ kind: 'silent', since: lastGood }] : [];
}
