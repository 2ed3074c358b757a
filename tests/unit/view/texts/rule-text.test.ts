// The numbers of alert rules as they are typed, and alerts in words.

import { describe, expect, test } from 'vitest';
import type { AlertEvent, MoveEvent } from '../../../../src/domain/alerts/alert.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { alertLine } from '../../../../src/view/texts/alert-text.ts';
import { formatRule, parseRule, type RuleUnit } from '../../../../src/view/texts/rule-text.ts';
import { english } from '../../../fakes/english.ts';
import { as } from '../../../fakes/plain.ts';

/** The value; undefined if it is refused. */
const parsed = (text: string, unit: RuleUnit) => {
  const rule = parseRule(text, unit, 'en-US');
  return rule.ok ? rule.value : undefined;
};

test.each<[text: string, unit: RuleUnit, value: number | null | undefined]>([
  ['', 'dollars', null],
  ['  ', 'percent', null],
  ['100', 'dollars', 100_000_000],
  ['$12.5', 'dollars', 12_500_000],
  ['12,5', 'dollars', 12_500_000],
  ['-3', 'dollars', -3_000_000],
  ['1e3', 'dollars', undefined],
  ['much', 'dollars', undefined],
  ['5', 'percent', 50_000],
  ['2.5 %', 'percent', 25_000],
  ['0', 'percent', undefined],
  ['10¢', 'cents', 100_000],
  ['0.5', 'cents', 5_000],
  ['100', 'cents', undefined],
  ['0', 'cents', undefined],
  ['-5', 'percent', undefined],
  ['10000', 'percent', undefined],
  ['30', 'minutes', 30],
  ['1.5', 'minutes', undefined],
  ['0', 'minutes', undefined],
  ['09:30', 'time', 570],
  ['09:30:00', 'time', 570],
  ['x09:30', 'time', undefined],
  [' 100 ', 'dollars', 100_000_000],
  ['00:00', 'time', 0],
  ['9', 'time', undefined],
])('%j as %s is %s', (text, unit, value) => {
  expect(parsed(text, unit)).toBe(value);
});

test.each<[value: number | null, unit: RuleUnit, text: string]>([
  [null, 'dollars', ''],
  [100_000_000, 'dollars', '$100'],
  [20_000_000_000, 'dollars', '$20,000'],
  [12_500_000, 'dollars', '$12.50'],
  [50_000, 'percent', '5'],
  [25_000, 'percent', '2.5'],
  [100_000, 'cents', '10'],
  [30, 'minutes', '30'],
  [570, 'time', '09:30'],
])('%s as %s is written %j', (value, unit, text) => {
  expect(formatRule(value, unit, 'en-US')).toBe(text);
});

test.each(['en-US', 'es', 'es-MX', 'pt-BR'])(
  'in %s, what a field shows is read as it was meant',
  (locale) => {
    const amounts = [0, 500_000, 1_000_000_000, 20_000_000_000, -1_234_560_000, 1_234_567_891_234];
    for (const amount of amounts) {
      expect(parseRule(formatRule(amount, 'dollars', locale), 'dollars', locale)).toEqual({
        ok: true,
        value: amount,
      });
    }
    for (const value of [50_000, 25_000, 1_500_000]) {
      expect(parseRule(formatRule(value, 'percent', locale), 'percent', locale)).toEqual({ ok: true, value });
    }
  },
);

test('an ambiguous number is refused with both readings, unless only one is allowed', () => {
  expect(parseRule('1,000', 'dollars', 'es')).toEqual({ ok: false, readings: ['1\u00a0$', '1000\u00a0$'] });
  expect(parseRule('10.000', 'dollars', 'en-US')).toEqual({ ok: false, readings: ['$10', '$10,000'] });
  expect(parseRule('10.000', 'cents', 'en-US')).toEqual({ ok: true, value: 100_000 });
});

describe('alerts in words', () => {
  const AT = Date.UTC(2026, 8, 10, 12);
  const usd = (dollars: number) => (dollars * 1_000_000) as Micros;
  const move = (count: number, ...moves: Partial<MoveEvent['moves'][number]>[]): MoveEvent => ({
    kind: 'move',
    count,
    moves: moves.map((of) => ({
      event: 'RAIN-1',
      title: 'Rain',
      answer: 'Wet',
      side: 'yes',
      from: usd(0.05),
      to: usd(0.175),
      ...of,
    })),
  });
  const EVENTS: [AlertEvent, shown: string, hidden?: string][] = [
    [
      { kind: 'threshold', figure: 'total', above: false, threshold: usd(100), value: usd(99.5) },
      'Total below $100.00 · Now $99.50',
      'Total crossed your threshold',
    ],
    [
      { kind: 'threshold', figure: 'cash', above: true, threshold: usd(100), value: usd(100.5) },
      'Cash above $100.00 · Now $100.50',
      'Cash crossed your threshold',
    ],
    [
      { kind: 'fill', count: 2, amount: usd(8), partly: false, titles: ['Rain', 'Snow'] },
      'Filled · Rain, Snow (fills: 2)',
    ],
    [
      move(4, { answer: '53° or higher', side: 'no', from: usd(0.82), to: usd(0.71) }, {}),
      'Rain · NO · 53° or higher: 82¢ → 71¢ (−11¢)\nYES · Wet: 5¢ → 17.5¢ (+12.5¢)\nand other markets: 2',
      'Rain · NO · 53° or higher: •••\nYES · Wet: •••\nand other markets: 2',
    ],
    [{ kind: 'closing', titles: ['Rain', 'Snow'], at: AT + 3_600_000, event: 'RAIN-1' }, '· Rain, Snow'],
    [
      { kind: 'change', amount: usd(-12), share: as(-51_000) },
      "Today's change · −$12.00 (−5.1%)",
      "Today's change · •••",
    ],
    [{ kind: 'change', amount: usd(12), share: null }, "Today's change · +$12.00", "Today's change · •••"],
    [
      { kind: 'payout', count: 2, amount: usd(40), titles: ['Rain', 'Snow'] },
      'Paid out: $40.00 · Rain, Snow (markets: 2)',
      'Paid out: ••• · Rain, Snow (markets: 2)',
    ],
    [
      { kind: 'fill', count: 20, amount: usd(8), partly: true, titles: ['Rain'] },
      'Partly filled · Rain (fills: 20)',
    ],
    [move(1, { answer: '' }), 'Rain · YES: 5¢ → 17.5¢ (+12.5¢)', 'Rain · YES: •••'],
    [{ kind: 'closing', titles: ['Rain'], at: AT + 3_600_000, event: 'RAIN-1' }, 'Closes at'],
    [{ kind: 'key-scopes' }, english.message('alertKeyScopes')],
    [{ kind: 'key-refused' }, english.message('alertKeyRefused')],
    [{ kind: 'key-expires', at: AT + 86_400_000 * 3 }, 'Your key expires on Sep 13, 2026'],
    [{ kind: 'silent', since: AT - 3_600_000 }, 'No update since'],
    [
      {
        kind: 'summary',
        day: new Date(2026, 8, 10).getTime(),
        total: usd(100),
        change: usd(2),
        result: usd(-1),
        settling: 3,
      },
      'Daily summary, Sep 10, 2026 · total $100.00 · change +$2.00 · results −$1.00 · closing tomorrow: 3',
      'Daily summary, Sep 10, 2026 · total ••• · change ••• · results ••• · closing tomorrow: 3',
    ],
    [
      {
        kind: 'summary',
        day: new Date(2026, 8, 9).getTime(),
        total: usd(100),
        change: null,
        result: null,
        settling: 0,
      },
      'Daily summary, Sep 9, 2026 · total $100.00 · closing tomorrow: 0',
      'Daily summary, Sep 9, 2026 · total ••• · closing tomorrow: 0',
    ],
  ];

  test.each(EVENTS)('%o', (event, shown, hidden = shown) => {
    const withAmounts = alertLine(event, english, AT, false);
    expect(withAmounts).toContain(shown);
    if (event.kind === 'change') expect(withAmounts).toBe(shown);
    const withoutAmounts = alertLine(event, english, AT, true);
    expect(withoutAmounts).toContain(hidden);
    expect(withoutAmounts).not.toMatch(/\$\d|above|below|[+-]\d/);
  });
});
