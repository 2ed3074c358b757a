// Lists with several pages. A row that cannot be decoded is counted; a page that cannot be decoded fails the list.

import * as v from 'valibot';
import { MAX_LIST_BYTES, type Reply, type RequestContext, signedGet } from '../client.ts';
import type { Path } from '../endpoints.ts';
import { type Refusal, refusalOf } from '../errors.ts';

/** The rows, and how many could not be decoded. */
export interface Rows<Row> {
  rows: Row[];
  unreadable: number;
}

/** Why there are no rows. `incomplete`: the list has more pages than are fetched, so that any row may be missing. */
export type ListFailure = { ok: false; reason: Refusal | 'incomplete' };

/** Limits the requests for a list, whose cursor may never end. */
const MAX_PAGES = 10;

/** Which list, and which of its rows. */
export interface ListRequest {
  path: Path;
  query: Record<string, string>;
  /**
   * The list is of all subaccounts unless one is named: that of the balance is. A key of one subaccount is refused what
   * names another and reads its own without the parameter (https://docs.kalshi.com/getting_started/subaccounts).
   */
  namesSubaccount?: true;
}

/** The primary subaccount, which the balance is of unless the key is restricted to another. */
const PRIMARY = '0';

/** Which rows are known already: the first page that ends before this time is the last one that is fetched. */
export interface Since<Row> {
  /** Unix milliseconds. */
  at: number;
  timeOf(row: Row): number;
}

type Schemas = Record<string, v.GenericSchema>;
type RowsOf<S extends Schemas> = { [Name in keyof S]: Rows<v.InferOutput<S[Name]>> };

/**
 * Fetches all pages of a response that contains several lists.
 * @param schemas the schema of a row, by the field of the response that contains the rows
 * @param isLastPage whether no more rows are needed than these
 */
export async function fetchLists<S extends Schemas>(
  context: RequestContext,
  request: ListRequest,
  schemas: S,
  isLastPage: (lists: RowsOf<S>) => boolean = () => false,
): Promise<{ ok: true; lists: RowsOf<S> } | ListFailure> {
  const lists: Record<string, Rows<unknown>> = {};
  for (const name of Object.keys(schemas)) lists[name] = { rows: [], unreadable: 0 };
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { ...request.query, ...(cursor && { cursor }) };
    const read = await fetchPage(context, { ...request, query }, schemas);
    if (!read.ok) return read;
    for (const [name, list] of Object.entries(lists)) {
      list.rows.push(...(read.lists[name]?.rows ?? []));
      list.unreadable += read.lists[name]?.unreadable ?? 0;
    }
    cursor = read.cursor;
    if (!cursor || isLastPage(lists as RowsOf<S>)) return { ok: true, lists: lists as RowsOf<S> };
  }
  return { ok: false, reason: 'incomplete' };
}

/** One page, and the cursor of the next one; empty on the last page. */
export interface Page<S extends Schemas> {
  ok: true;
  lists: RowsOf<S>;
  cursor: string;
  /** Whether the rows are those of the one subaccount that the key may read. */
  isOfKeysSubaccount: boolean;
}

/** Fetches one page. `schemas`: as for `fetchLists` */
export async function fetchPage<S extends Schemas>(
  context: RequestContext,
  { path, query, namesSubaccount }: ListRequest,
  schemas: S,
): Promise<Page<S> | ListFailure> {
  const names: string[] = Object.keys(schemas);
  const send = (query: Record<string, string>) =>
    signedGet(context, path, { query, maxBytes: MAX_LIST_BYTES, language: context.language });
  let isOfKeysSubaccount = context.isRestrictedToSubaccount === true;
  const named = namesSubaccount && !isOfKeysSubaccount;
  let reply = await send(named ? { ...query, subaccount: PRIMARY } : query);
  // Whether the key is restricted may be unknown.
  if (named && !isPage(reply) && refusalOf(reply) === 'denied') {
    isOfKeysSubaccount = true;
    reply = await send(query);
  }
  if (!isPage(reply)) return { ok: false, reason: refusalOf(reply) };
  const read = readPage(reply.body, names);
  if (!read) return { ok: false, reason: 'failed' };
  const lists: Record<string, Rows<unknown>> = {};
  for (const name of names) {
    const parsed = (read.lists[name] ?? []).map((each) =>
      v.safeParse(schemas[name] as v.GenericSchema, each),
    );
    const rows = parsed.flatMap((each) => (each.success ? [each.output] : []));
    lists[name] = { rows, unreadable: parsed.length - rows.length };
  }
  return { ok: true, lists: lists as RowsOf<S>, cursor: read.cursor, isOfKeysSubaccount };
}

function isPage(reply: Reply): reply is Extract<Reply, { kind: 'answer' }> {
  return reply.kind === 'answer' && reply.status === 200;
}

/**
 * Fetches a list.
 * @param name the field of the response that contains the rows
 * @param since all rows if it is absent
 */
export async function fetchList<Row>(
  context: RequestContext,
  request: ListRequest,
  name: string,
  row: v.GenericSchema<unknown, Row>,
  since?: Since<Row>,
): Promise<({ ok: true } & Rows<Row>) | ListFailure> {
  const isLastPage = (lists: Record<string, Rows<unknown>>) =>
    since !== undefined && reachesBack((lists[name] as Rows<Row>).rows, since);
  const reply = await fetchLists(context, request, { [name]: row }, isLastPage);
  if (!reply.ok) return reply;
  return { ok: true, ...(reply.lists[name] as Rows<Row>) };
}

/** Whether rows reach back to a time. The order of the lists is not documented: newest first is checked, not assumed. */
function reachesBack<Row>(rows: readonly Row[], { at, timeOf }: Since<Row>): boolean {
  const times = rows.map(timeOf);
  const last = times.at(-1);
  const isNewestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  return last !== undefined && last < at && isNewestFirst;
}

function readPage(
  body: string,
  names: readonly string[],
): { lists: Record<string, unknown[]>; cursor: string } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = value as Record<string, unknown>;
    const lists: Record<string, unknown[]> = {};
    for (const name of names) {
      const rows = fields[name] ?? [];
      if (!Array.isArray(rows)) return undefined;
      lists[name] = rows;
    }
    return { lists, cursor: typeof fields.cursor === 'string' ? fields.cursor : '' };
  } catch {
    return undefined;
  }
}
