// Pages of a list. A limit out of range and a cursor of another list are refused, as Kalshi does (recorded, January 2026:
// `{"error":{"code":"bad_request","message":"bad request"}}` for a limit that is too large).

/** What an endpoint answers. */
export interface ApiAnswer {
  status: number;
  body: object;
}

export const ok = (body: object): ApiAnswer => ({ status: 200, body });

const failure = (status: number, code: string, message: string): ApiAnswer => ({
  status,
  body: { error: { code, message } },
});
export const BAD_REQUEST = failure(400, 'bad_request', 'bad request');
export const NOT_FOUND = failure(404, 'not_found', 'not found');
/** https://docs.kalshi.com/getting_started/subaccounts */
export const RESTRICTED = failure(
  403,
  'forbidden',
  'this API key is restricted to a single sub-account and cannot access this endpoint',
);
export const NO_PERPS = failure(403, 'forbidden', 'user is not enabled for margin trading');

interface Keyed {
  /** Orders the list, largest first, and is different for each row. */
  key: string;
}

/** A key that puts the latest rows first. */
export const timeKey = (at: number, id: string) => `${String(at).padStart(14, '0')} ${id}`;

/**
 * @param rows all rows of the list, in any order
 * @param list its name: a cursor belongs to one list
 * @param most the largest limit
 * @param body of the page and the cursor of the next one; empty on the last page
 */
export function listAnswer<Row extends Keyed>(
  rows: readonly Row[],
  query: URLSearchParams,
  { list, most }: { list: string; most: number },
  body: (page: Row[], cursor: string) => object,
): ApiAnswer {
  const limit = limitOf(query, most);
  const after = afterOf(query, list);
  if (limit === undefined || after === undefined) return BAD_REQUEST;
  const listed = rows
    .filter(({ key }) => after === '' || key < after)
    .sort((a, b) => (a.key < b.key ? 1 : -1));
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  return ok(body(page, last && listed.length > limit ? cursorAfter(list, last.key) : ''));
}

/** The limit, 100 by default; undefined for one that is not allowed. */
export function limitOf(query: URLSearchParams, most: number): number | undefined {
  const text = query.get('limit') ?? '100';
  const limit = Number(text);
  return /^\d+$/.test(text) && limit >= 1 && limit <= most ? limit : undefined;
}

/** The key after which the page begins, empty for the first page; undefined for a cursor of another list. */
export function afterOf(query: URLSearchParams, list: string): string | undefined {
  const cursor = query.get('cursor');
  if (!cursor) return '';
  const text = Buffer.from(cursor, 'base64url').toString();
  return text.startsWith(`${list} `) ? text.slice(list.length + 1) : undefined;
}

export const cursorAfter = (list: string, key: string) => Buffer.from(`${list} ${key}`).toString('base64url');

/** Whether a row is of the period that the query names (`min_ts`, `max_ts`, unix seconds). `at`: unix milliseconds */
export function isInPeriod(query: URLSearchParams, at: number): boolean {
  const from = Number(query.get('min_ts') ?? 0) * 1000;
  const to = Number(query.get('max_ts') ?? Number.POSITIVE_INFINITY) * 1000;
  return at >= from && at <= to;
}
