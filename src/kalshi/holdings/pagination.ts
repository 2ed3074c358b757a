// Lists with several pages. A row that cannot be decoded is counted; a page that cannot be decoded fails the list.

import * as v from 'valibot';
import type { Environment } from '../../portfolio/account.ts';
import { MAX_LIST, signedGet, type Transport } from '../client.ts';
import type { Path } from '../endpoints.ts';
import type { Signer } from '../sign.ts';

/** What the requests of a list share. */
export interface RequestContext {
  transport: Transport;
  environment: Environment;
  signer: Signer;
  /** The exchange's time minus ours, milliseconds. */
  clockOffset: number;
}

/** The rows, and how many could not be decoded. */
export interface Rows<Row> {
  rows: Row[];
  unreadable: number;
}

/** Why there are no rows. `denied`: the key may not read the list (403) · `not-found`: 404. */
export type ListFailure = { ok: false; reason: 'denied' | 'not-found' | 'failed' };

/** The most pages that are fetched: a cursor that never ends is an error. */
const MAX_PAGES = 10;

type Schemas = Record<string, v.GenericSchema>;
type RowsOf<S extends Schemas> = { [Name in keyof S]: Rows<v.InferOutput<S[Name]>> };

/**
 * Fetches all pages of a response that contains several lists.
 * @param schemas the schema of a row, by the field of the response that contains the rows
 */
export async function fetchLists<S extends Schemas>(
  { transport, environment, signer, clockOffset }: RequestContext,
  path: Path,
  query: Record<string, string>,
  schemas: S,
): Promise<{ ok: true; lists: RowsOf<S> } | ListFailure> {
  const names: string[] = Object.keys(schemas);
  const lists: Record<string, Rows<unknown>> = {};
  for (const name of names) lists[name] = { rows: [], unreadable: 0 };
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await signedGet(transport, environment, signer, path, clockOffset, {
      query: { ...query, ...(cursor && { cursor }) },
      maxBody: MAX_LIST,
    });
    if (reply.kind !== 'answer') return { ok: false, reason: 'failed' };
    if (reply.status !== 200) return { ok: false, reason: REASONS[reply.status] ?? 'failed' };
    const read = readPage(reply.body, names);
    if (!read) return { ok: false, reason: 'failed' };
    for (const [name, list] of Object.entries(lists)) {
      for (const each of read.lists[name] ?? []) {
        const parsed = v.safeParse(schemas[name] as v.GenericSchema, each);
        if (parsed.success) list.rows.push(parsed.output);
        else list.unreadable++;
      }
    }
    cursor = read.cursor;
    if (!cursor) break;
  }
  return { ok: true, lists: lists as RowsOf<S> };
}

const REASONS: Record<number, ListFailure['reason']> = { 403: 'denied', 404: 'not-found' };

/** Fetches a list. @param name the field of the response that contains the rows */
export async function fetchList<Row>(
  context: RequestContext,
  path: Path,
  query: Record<string, string>,
  name: string,
  row: v.GenericSchema<unknown, Row>,
): Promise<({ ok: true } & Rows<Row>) | ListFailure> {
  const reply = await fetchLists(context, path, query, { [name]: row });
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
