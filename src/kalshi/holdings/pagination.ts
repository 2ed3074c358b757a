// Lists with several pages. A row that cannot be decoded is counted; a page that cannot be decoded fails the list.

import * as v from 'valibot';
import { MAX_LIST_BYTES, type RequestContext, signedGet } from '../client.ts';
import type { Path } from '../endpoints.ts';

/** The rows, and how many could not be decoded. */
export interface Rows<Row> {
  rows: Row[];
  unreadable: number;
}

/**
 * Why there are no rows. `denied`: the key may not read the list (403) · `not-found`: 404 · `bad-request`: 400, e.g. a cursor
 * that is too old · `incomplete`: the list has more pages than are fetched, so that any row may be missing · `failed`: no
 * usable response.
 */
export type ListFailure = {
  ok: false;
  reason: 'denied' | 'not-found' | 'bad-request' | 'incomplete' | 'failed';
};

/** Limits the requests for a list, whose cursor may never end. */
const MAX_PAGES = 10;

/** Which list, and which of its rows. */
export interface ListRequest {
  path: Path;
  query: Record<string, string>;
}

type Schemas = Record<string, v.GenericSchema>;
type RowsOf<S extends Schemas> = { [Name in keyof S]: Rows<v.InferOutput<S[Name]>> };

/**
 * Fetches all pages of a response that contains several lists.
 * @param schemas the schema of a row, by the field of the response that contains the rows
 */
export async function fetchLists<S extends Schemas>(
  context: RequestContext,
  { path, query }: ListRequest,
  schemas: S,
): Promise<{ ok: true; lists: RowsOf<S> } | ListFailure> {
  const lists: Record<string, Rows<unknown>> = {};
  for (const name of Object.keys(schemas)) lists[name] = { rows: [], unreadable: 0 };
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const read = await fetchPage(context, { path, query: { ...query, ...(cursor && { cursor }) } }, schemas);
    if (!read.ok) return read;
    for (const [name, list] of Object.entries(lists)) {
      list.rows.push(...(read.lists[name]?.rows ?? []));
      list.unreadable += read.lists[name]?.unreadable ?? 0;
    }
    cursor = read.cursor;
    if (!cursor) return { ok: true, lists: lists as RowsOf<S> };
  }
  return { ok: false, reason: 'incomplete' };
}

/** One page, and the cursor of the next one; empty on the last page. */
export interface Page<S extends Schemas> {
  ok: true;
  lists: RowsOf<S>;
  cursor: string;
}

/** Fetches one page. `schemas`: as for `fetchLists` */
export async function fetchPage<S extends Schemas>(
  context: RequestContext,
  { path, query }: ListRequest,
  schemas: S,
): Promise<Page<S> | ListFailure> {
  const names: string[] = Object.keys(schemas);
  const reply = await signedGet(context, path, {
    query,
    maxBytes: MAX_LIST_BYTES,
    language: context.language,
  });
  if (reply.kind !== 'answer') return { ok: false, reason: 'failed' };
  if (reply.status !== 200) return { ok: false, reason: REASONS[reply.status] ?? 'failed' };
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
  return { ok: true, lists: lists as RowsOf<S>, cursor: read.cursor };
}

const REASONS: Record<number, ListFailure['reason']> = {
  400: 'bad-request',
  403: 'denied',
  404: 'not-found',
};

/** Fetches a list. @param name the field of the response that contains the rows */
export async function fetchList<Row>(
  context: RequestContext,
  request: ListRequest,
  name: string,
  row: v.GenericSchema<unknown, Row>,
): Promise<({ ok: true } & Rows<Row>) | ListFailure> {
  const reply = await fetchLists(context, request, { [name]: row });
  if (!reply.ok) return reply;
  return { ok: true, ...(reply.lists[name] as Rows<Row>) };
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
