// Lists with several pages. A row that cannot be decoded is left out; a page that cannot be decoded fails the list.

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

/** The rows, or a failure. `denied`: the key may not read the list. */
export type List<Row> = { ok: true; rows: Row[] } | { ok: false; denied: boolean };

/** The most pages that are fetched: a cursor that never ends is an error. */
const MAX_PAGES = 10;

/**
 * Fetches a whole list.
 * @param name the field of the response that contains the rows
 * @param pages the most pages to fetch
 */
export async function fetchList<Row>(
  context: RequestContext,
  path: Path,
  query: Record<string, string>,
  name: string,
  row: v.GenericSchema<unknown, Row>,
  pages = MAX_PAGES,
): Promise<List<Row>> {
  const { transport, environment, signer, clockOffset } = context;
  const rows: Row[] = [];
  let cursor = '';
  for (let page = 0; page < pages; page++) {
    const reply = await signedGet(transport, environment, signer, path, clockOffset, {
      query: { ...query, ...(cursor && { cursor }) },
      maxBody: MAX_LIST,
    });
    if (reply.kind !== 'answer' || reply.status !== 200) {
      return { ok: false, denied: reply.kind === 'answer' && reply.status === 403 };
    }
    const read = readPage(reply.body, name);
    if (!read) return { ok: false, denied: false };
    for (const each of read.rows) {
      const parsed = v.safeParse(row, each);
      if (parsed.success) rows.push(parsed.output);
    }
    cursor = read.cursor;
    if (!cursor) break;
  }
  return { ok: true, rows };
}

function readPage(body: string, name: string): { rows: unknown[]; cursor: string } | undefined {
  try {
    const value = JSON.parse(body) as Record<string, unknown> | null;
    const rows = value?.[name] ?? [];
    if (typeof value !== 'object' || !Array.isArray(rows)) return undefined;
    return { rows, cursor: typeof value?.cursor === 'string' ? value.cursor : '' };
  } catch {
    return undefined;
  }
}
