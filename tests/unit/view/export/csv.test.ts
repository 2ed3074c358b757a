// The file names of CSV exports.
import { describe, expect, test } from 'vitest';
import { csvName } from '../../../../src/view/export/csv.ts';

describe('file names', () => {
  test.each([
    [['Main'], ['kalshi-main.csv']],
    [
      ['Main', 'Bot 2'],
      ['kalshi-main.csv', 'kalshi-bot-2.csv'],
    ],
    [
      ['Bot', 'bot!'],
      ['kalshi-bot-1.csv', 'kalshi-bot-2.csv'],
    ],
    [
      ['Größe', '日本', '中国'],
      ['kalshi-gro-e.csv', 'kalshi-2.csv', 'kalshi-3.csv'],
    ],
    [
      ['../../x', 'CON'],
      ['kalshi-x.csv', 'kalshi-con.csv'],
    ],
  ])('%j', (names, files) => {
    expect(names.map((_, index) => csvName(names, index))).toEqual(files);
  });
});
