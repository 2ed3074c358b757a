// The results as CSV.

import { expect, test } from 'vitest';
import { fillsCsv, marketsCsv } from '../../../../src/view/export/results-csv.ts';
import { as } from '../../../fakes/plain.ts';
import { AT, resultRow as row } from '../../../fakes/result-row.ts';

test('exact amounts, one line per market and per fill', () => {
  expect(marketsCsv([row('T-1', { settled: 2_500_000, result: -123_456, partial: true })])).toBe(
    '\uFEFFclosed,market,event,title,side,sold contracts,settled contracts,cost,proceeds,fees,result,complete\r\n' +
      '2026-09-10T12:00:00.000Z,"T-1","T","Market T-1",yes,1.00,2.50,0.40,0.50,0.01,-0.123456,no\r\n',
  );
  const fill = { id: 'f', ticker: 'T-1', side: 'no', at: AT } as const;
  expect(fillsCsv([{ ...fill, count: as(12_340_000), price: as(555_500), fee: as(1_700) }])).toBe(
    '\uFEFFtime,market,fill,bought side,contracts,price,amount,fee\r\n' +
      '2026-09-10T12:00:00.000Z,"T-1","f",no,12.34,0.5555,6.85487,0.0017\r\n',
  );
});

test('no text from outside becomes a formula or breaks a line', () => {
  const names = ['=1+1', '+A1', '-2', '@x', ' =cmd', 'a "quoted", title', 'two\nlines', '\t=1'];
  const lines = marketsCsv(names.map((name) => row('T', { name })))
    .split('\r\n')
    .slice(1, -1);
  expect(lines).toHaveLength(names.length);
  for (const line of lines) expect(line).not.toMatch(/,"\s*[=+\-@]/);
  expect(lines[0]).toContain(`"'=1+1"`);
  expect(lines[4]).toContain(`"' =cmd"`);
  expect(lines[5]).toContain('"a ""quoted"", title"');
  expect(lines[6]).toContain('"two lines"');
  expect(marketsCsv([row('T', { name: 'a\r\n\tb' })])).toContain('"a b"');
  expect(marketsCsv([row('T')])).toMatch(/,yes\r\n$/);
});
