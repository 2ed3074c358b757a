// Assumptions about the lists of an account: their fields, order, pages and limits.

import * as v from 'valibot';
import { PATHS, type Path } from '../../src/kalshi/endpoints.ts';
import { perpsTransferRowSchema, transferRowSchema } from '../../src/kalshi/fetch-transfers.ts';
import { orderRowSchema } from '../../src/kalshi/holdings/fetch-orders.ts';
import { positionRowSchema } from '../../src/kalshi/holdings/fetch-positions.ts';
import { settlementRowSchema } from '../../src/kalshi/holdings/fetch-settlements.ts';
import { fillRowSchema } from '../../src/kalshi/trades/fetch-fills.ts';
import { unknownWords, VOCABULARY } from '../../src/kalshi/vocabulary.ts';
import {
  type Assumption,
  differs,
  expectThat,
  field,
  HOLDS,
  rowsOf,
  untestable,
  type Verdict,
} from './assumption.ts';
import type { Answer, Probe } from './probe.ts';

interface List {
  name: string;
  path: Path;
  /** The field of the answer that contains the rows. */
  rows: string;
  row: v.GenericSchema;
  /** The time by which the list is ordered, newest first; absent if it is not ordered by a time. */
  time?: string;
  /** The largest limit. */
  most: number;
}

const LISTS: List[] = [
  { name: 'positions', path: PATHS.positions, rows: 'market_positions', row: positionRowSchema, most: 1000 },
  {
    name: 'orders',
    path: PATHS.orders,
    rows: 'orders',
    row: orderRowSchema,
    time: 'created_time',
    most: 1000,
  },
  {
    name: 'settlements',
    path: PATHS.settlements,
    rows: 'settlements',
    row: settlementRowSchema,
    time: 'settled_time',
    most: 1000,
  },
  { name: 'fills', path: PATHS.fills, rows: 'fills', row: fillRowSchema, time: 'created_time', most: 1000 },
  {
    name: 'historical fills',
    path: PATHS.historicalFills,
    rows: 'fills',
    row: fillRowSchema,
    time: 'created_time',
    most: 1000,
  },
  {
    name: 'deposits',
    path: PATHS.deposits,
    rows: 'deposits',
    row: transferRowSchema,
    time: 'created_ts',
    most: 500,
  },
  {
    name: 'withdrawals',
    path: PATHS.withdrawals,
    rows: 'withdrawals',
    row: transferRowSchema,
    time: 'created_ts',
    most: 500,
  },
  {
    name: 'perps transfers',
    path: PATHS.perpsTransfers,
    rows: 'transfers',
    row: perpsTransferRowSchema,
    time: 'created_ts',
    most: 500,
  },
];

const pageOf = (probe: Probe, { path, most }: List) =>
  probe.request(path, { query: { limit: String(most) } });

/** Why the rows of an answer cannot be checked; undefined if they can. */
function withoutRows({ name, rows }: List, answer: Answer): Verdict | undefined {
  if (answer.status === 403 && answer.json !== undefined) return untestable('this key may not read the list');
  if (answer.status === 404 && name === 'withdrawals') return untestable('404, as after no withdrawal');
  if (answer.status !== 200)
    return differs(`status ${answer.status}, ${answer.json === undefined ? 'no JSON' : 'JSON'}`);
  if (!Array.isArray(field(answer.json, rows))) return differs(`no list ${rows}`);
  return rowsOf(answer.json, rows).length === 0 ? untestable('the list is empty') : undefined;
}

function assumptionsOf(list: List): Assumption[] {
  const { name, path, rows, row, time, most } = list;
  const about = (
    what: string,
    text: string,
    check: (answer: Answer, probe: Probe) => Verdict | Promise<Verdict>,
  ) => ({
    id: `${name} ${what}`,
    text: `${name[0]?.toUpperCase()}${name.slice(1)}: ${text}`,
    check: async (probe: Probe) => {
      const answer = await pageOf(probe, list);
      return withoutRows(list, answer) ?? check(answer, probe);
    },
  });
  return [
    about('fields', 'every row has the fields that the extension needs.', ({ json }) => {
      const unreadable = rowsOf(json, rows).filter((each) => !v.is(row, each));
      const issue = unreadable[0] && v.safeParse(row, unreadable[0]).issues?.[0];
      const where =
        (issue as v.BaseIssue<unknown> | undefined)?.path?.map(({ key }) => String(key)).join('.') ??
        'several fields';
      return expectThat(unreadable.length === 0, `rows that do not decode: ${where}`);
    }),
    ...(VOCABULARY.some((words) => words.list === rows)
      ? [
          about('words', 'every status, side and result is a known word.', ({ json }) => {
            const unknown = unknownWords(rows, rowsOf(json, rows));
            // Only what cannot be a value of the account.
            const shown = unknown.map((word) => (/^[a-z_]{1,30}$/.test(word) ? word : '(other)'));
            return expectThat(unknown.length === 0, `unknown: ${shown.join(', ')}`);
          }),
        ]
      : []),
    about('last page', 'a page that is not full has an empty cursor, or none.', ({ json }) => {
      if (rowsOf(json, rows).length >= most) return untestable('the first page is full');
      return expectThat(!field(json, 'cursor'), 'a cursor');
    }),
    ...(time
      ? [
          about('order', 'the newest row is first.', ({ json }) => {
            const times = rowsOf(json, rows).map((each) => timeOf(each[time]));
            if (times.length < 2) return untestable('fewer than two rows');
            return expectThat(
              times.every((at, index) => index === 0 || at <= (times[index - 1] ?? at)),
              'another order',
            );
          }),
        ]
      : []),
    about('limit', `a limit of more than ${most} is refused with 400.`, async (_, probe) => {
      const { status } = await probe.request(path, { query: { limit: String(most + 1) } });
      return expectThat(status === 400, `status ${status}`);
    }),
  ];
}

const timeOf = (value: unknown) => (typeof value === 'number' ? value * 1000 : Date.parse(String(value)));

export const LIST_ASSUMPTIONS: Assumption[] = [
  ...LISTS.flatMap(assumptionsOf),
  {
    id: 'deposit fees',
    text: 'The fee of a debit card deposit is 2 % of its amount.',
    check: async (probe) => {
      const list = LISTS.find(({ name }) => name === 'deposits') as List;
      const debit = rowsOf((await pageOf(probe, list)).json, list.rows).filter(
        ({ type }) => type === 'debit',
      );
      if (debit.length === 0) return untestable('no deposit by debit card');
      const fits = ({ amount_cents, fee_cents }: Record<string, unknown>) =>
        Math.abs(Number(fee_cents) - Number(amount_cents) * 0.02) <= 1;
      return debit.every(fits) ? HOLDS : differs('another fee');
    },
  },
];
