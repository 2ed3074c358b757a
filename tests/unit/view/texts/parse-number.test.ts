// Numbers as people type them in three languages.

import { expect, test } from 'vitest';
import { parseNumber } from '../../../../src/view/texts/parse-number.ts';

const M = 1_000_000;
const LOCALES = ['en-US', 'es', 'pt-BR'] as const;
type Reading = number | [number, number] | undefined;

/** One reading for all languages, or one for each. In whole units. */
test.each<[text: string, ...readings: [Reading] | [en: Reading, es: Reading, pt: Reading]]>([
  ['1000', 1000],
  ['1,000', 1000, [1, 1000], [1, 1000]],
  ['1.000', [1, 1000], 1000, 1000],
  ['10,000', 10_000, [10, 10_000], [10, 10_000]],
  ['$20,000', 20_000, [20, 20_000], [20, 20_000]],
  ['-1.000', [-1, -1000], -1000, -1000],
  ['1,000.50', 1000.5],
  ['1.000,50', 1000.5],
  ['1,000,000', 1_000_000],
  ['1.000.000', 1_000_000],
  ['1.234.567,89', 1_234_567.89],
  ['1 000', 1000],
  ['1 000 000,5', 1_000_000.5],
  ['12,5', 12.5],
  ['12.5', 12.5],
  ['.5', 0.5],
  ['5.', 5],
  ['0.500', 0.5],
  ['0,500', 0.5],
  ['1234.567', 1234.567],
  ['−3', -3],
  ['-$3', -3],
  ['$ -3', -3],
  ['3 $', 3],
  ['US$ 3', 3],
  ['5 %', 5],
  ['1,00,000', undefined],
  ['1,000.5.5', undefined],
  ['1.5,000', undefined],
  ['1 00', undefined],
  ['1e3', undefined],
  ['much', undefined],
  ['', undefined],
  ['.', undefined],
])('%s', (text, ...readings) => {
  const scaled = (reading: Reading) =>
    Array.isArray(reading) ? reading.map((each) => each * M) : reading === undefined ? reading : reading * M;
  LOCALES.forEach((locale, index) => {
    const expected = (readings.length === 1 ? readings[0] : readings[index]) as Reading;
    expect([locale, parseNumber(text, locale)]).toEqual([locale, scaled(expected)]);
  });
});
