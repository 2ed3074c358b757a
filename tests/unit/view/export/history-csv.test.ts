// The history as CSV.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Micros } from '../../../../src/domain/money.ts';
import { decimal } from '../../../../src/domain/quantity.ts';
import { historyCsv } from '../../../../src/view/export/history-csv.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const money = (dollars: number) => Math.round(dollars * 1_000_000) as Micros;
const sample = (at: number, cash: number, positions: number, perps?: number) => ({
  at,
  cash: money(cash),
  positions: money(positions),
  ...(perps !== undefined && { perps: money(perps) }),
  gap: false,
});

test('UTC times, exact decimals, each sample once, oldest first; perps empty where they are not known', () => {
  const [a, b] = [sample(NOW, 98.0186, 1.98, 50.01), sample(NOW - DAY, -5, 0)];
  expect(historyCsv([[a], [b, a], []])).toBe(
    'time,cash,positions,perps,total\r\n' +
      '2026-11-21T12:00:00.000Z,-5.00,0.00,,-5.00\r\n' +
      '2026-11-22T12:00:00.000Z,98.0186,1.98,50.01,150.0086\r\n',
  );
});

test('no field can start a formula, and every amount is the stored one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(4e12), fc.integer({ min: -1e12, max: 1e12 }), fc.nat(1e12))),
      (rows) => {
        const samples = rows.map(([at, cash, positions]) => ({
          at,
          cash: cash as Micros,
          positions: positions as Micros,
          gap: false,
        }));
        const lines = historyCsv([samples]).split('\r\n').slice(1, -1);
        expect(lines).toHaveLength(new Set(rows.map(([at]) => at)).size);
        for (const line of lines) {
          const [time = '', ...amounts] = line.split(',');
          expect(time).toMatch(/^\+?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/);
          for (const amount of amounts) expect(amount).toMatch(/^(-?\d+\.\d{2,6})?$/);
          const stored = samples.findLast(({ at }) => new Date(at).toISOString() === time);
          expect(amounts.slice(0, 2)).toEqual([
            decimal(stored?.cash as Micros),
            decimal(stored?.positions as Micros),
          ]);
        }
      },
    ),
  );
});
