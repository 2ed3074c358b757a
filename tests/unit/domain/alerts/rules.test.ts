// Alert rules: whether anything is switched on, and the quiet hours.

import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  type AlertEvent,
  addAlerts,
  alertsSchema,
  NO_ALERTS,
  undelivered,
  unseen,
} from '../../../../src/domain/alerts/alert.ts';
import { type AlertRules, hasRules, isQuiet, NO_RULES } from '../../../../src/domain/alerts/rules.ts';

test.each<[Partial<AlertRules>, boolean]>([
  [{}, false],
  [{ quietFrom: 60, quietTo: 120 }, false],
  [{ payout: true }, true],
  [{ fill: true }, true],
  [{ key: true }, true],
  [{ totalAbove: 0 as AlertRules['totalAbove'] }, true],
  [{ silentFor: 0 }, true],
  [{ summaryAt: 0 }, true],
  [{ watched: ['A'] }, true],
])('%j switches something on: %s', (rules, on) => {
  expect(hasRules({ ...NO_RULES, ...rules })).toBe(on);
});

test('everything is off by default', () => {
  const { watched, ...rules } = NO_RULES;
  expect(watched).toEqual([]);
  expect(new Set(Object.values(rules))).toEqual(new Set([null, false]));
});

test.each<[from: number | null, to: number | null, minute: number, quiet: boolean]>([
  [null, null, 0, false],
  [60, null, 60, false],
  [null, 60, 0, false],
  [60, 60, 60, false],
  [60, 120, 59, false],
  [60, 120, 60, true],
  [60, 120, 119, true],
  [60, 120, 120, false],
  [1320, 420, 1319, false],
  [1320, 420, 1320, true],
  [1320, 420, 0, true],
  [1320, 420, 419, true],
  [1320, 420, 420, false],
  [1320, 420, 23 * 60, true],
  [1320, 420, 6 * 60, true],
  [9 * 60, 17 * 60, 12 * 60, true],
  [9 * 60, 17 * 60, 8 * 60, false],
  [null, 420, 6 * 60, false],
])('quiet from %s to %s at %i: %s', (quietFrom, quietTo, minute, quiet) => {
  expect(isQuiet({ ...NO_RULES, quietFrom, quietTo }, minute)).toBe(quiet);
});

test('alerts are numbered, newest first, and the last ten are kept', () => {
  const event = { kind: 'key-scopes' } as const;
  expect(addAlerts(NO_ALERTS, [], 5)).toBe(NO_ALERTS);
  const two = addAlerts(NO_ALERTS, [event, { kind: 'key-refused' }], 5);
  expect(two).toMatchObject({
    nextId: 3,
    recent: [
      { id: 2, at: 5, event: { kind: 'key-refused' } },
      { id: 1, at: 5, event },
    ],
  });
  const many = addAlerts(two, Array(10).fill(event), 6);
  expect(many.nextId).toBe(13);
  expect(many.recent.map(({ id }) => id)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  expect(undelivered({ ...many, notified: 9 }).map(({ id }) => id)).toEqual([10, 11, 12]);
  expect(unseen({ ...many, seen: 11 })).toBe(1);
});

describe('as stored', () => {
  const rules = { ...NO_RULES, fill: true, silentFor: 30, watched: ['A'] };
  const read = (stored: object) => v.parse(alertsSchema, stored);

  test('a rule that is missing is off, and the others stay', () => {
    const { payout: _, ...withoutPayout } = rules;
    expect(read({ ...NO_ALERTS, rules: withoutPayout }).rules).toEqual(rules);
  });

  test.each([
    ['silentFor', 'soon'],
    ['watched', 7],
    ['totalAbove', 0.5],
  ])('a rule that cannot be read is off, and the others stay: %s', (name, broken) => {
    const expected = { ...rules, [name]: NO_RULES[name as keyof AlertRules] };
    expect(read({ ...NO_ALERTS, rules: { ...rules, [name]: broken } }).rules).toEqual(expected);
  });

  test('rules stay where everything else is missing', () => {
    expect(read({ rules })).toEqual({ ...NO_ALERTS, rules });
  });

  test('an event that cannot be shown is left out, and no id is used twice', () => {
    const silent: AlertEvent = { kind: 'silent', since: 5 };
    const alert = (id: number, event: object) => ({ id, at: 5, event });
    const broken = [
      { kind: 'change', amount: null, share: null },
      { kind: 'payout', count: 1, amount: '5', titles: [] },
      { kind: 'fill', count: 1, amount: 5, partly: false, titles: [7] },
      { kind: 'silent', since: 1e300 },
      { kind: 'other' },
    ];
    const recent = [alert(9, silent), ...broken.map((event) => alert(8, event)), null];
    const alerts = read({ ...NO_ALERTS, recent, nextId: 'none' });
    expect(alerts.recent).toEqual([alert(9, silent)]);
    expect(alerts.nextId).toBe(10);
  });
});
