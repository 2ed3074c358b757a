// One GET request to the exchange, signed or not, with every option restricted to what is needed. The response is a value.

import type { Environment } from '../domain/accounts/account.ts';
import type { HostName } from '../domain/polling/host-choice.ts';
import { METHOD, ORIGINS, type Path } from './endpoints.ts';
import { type Signer, signedHeaders } from './sign.ts';

/** What is needed of the environment, passed in so that this folder uses no browser API. */
export interface Transport {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Unix milliseconds. */
  now(): number;
  /** A signal that aborts after so many milliseconds, or when `ended` does. */
  timeout(ms: number): AbortSignal;
  /** Aborted as soon as nothing may be signed or sent any more. */
  ended?: AbortSignal;
}

/** What requests without a signature share. */
export interface UnsignedContext {
  transport: Transport;
  environment: Environment;
  host: HostName;
}

/** What the requests of one account share: the first parameter of every function that fetches. */
export interface RequestContext extends UnsignedContext {
  signer: Signer;
  /** The exchange's time minus ours, milliseconds. */
  clockOffset: number;
  /** Whether the key is known to read one subaccount only, which then nothing needs to name. */
  isRestrictedToSubaccount?: boolean;
  /** The language of titles, a BCP 47 tag; the browser's if it is absent. */
  language?: string;
}

/** Well below the 30 s after which a browser may end an idle background (developer.chrome.com, service worker lifecycle). */
export const TIMEOUT_MS = 10_000;

/** A balance has 200 bytes; a larger response is not one, and is not read to the end. */
export const MAX_BODY_BYTES = 262_144;
/** A page of a list has up to a thousand rows of half a kilobyte. */
export const MAX_LIST_BYTES = 4_194_304;

/** Options of a request. None of them is signed. */
export interface RequestOptions {
  query?: Record<string, string>;
  /** The largest response that is read. */
  maxBytes?: number;
  /**
   * The language of the texts in the response, a BCP 47 tag; English where there is no translation. Kalshi has titles in
   * Spanish and Portuguese since August 2026 and does not document how they are chosen: this is HTTP's own way.
   */
  language?: string | undefined;
}

/** The response, or why there is none. */
export type Reply =
  | {
      kind: 'answer';
      status: number;
      body: string;
      /** The server's `Date`, unix milliseconds, one second resolution. */
      date?: number;
      /** A `Retry-After` in milliseconds. */
      retryAfter?: number;
    }
  | { kind: 'too-large'; status: number }
  | { kind: 'unreachable' }
  | { kind: 'timeout' };

/**
 * Sends one GET with these headers. Never throws.
 * A failed fetch is `unreachable`: the browser does not distinguish a missing network from a missing host permission, so
 * the permission is checked before this is called.
 */
export async function get(
  { transport, environment, host }: UnsignedContext,
  path: Path,
  headers: Record<string, string>,
  { query, maxBytes = MAX_BODY_BYTES, language }: RequestOptions = {},
): Promise<Reply> {
  if (transport.ended?.aborted) return { kind: 'timeout' };
  const signal = transport.timeout(TIMEOUT_MS);
  try {
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const response = await transport.fetch(ORIGINS[environment][host] + path + search, {
      method: METHOD,
      headers: language ? { ...headers, 'Accept-Language': `${language}, en;q=0.5` } : headers,
      signal,
      redirect: 'error', // signed headers would follow a redirect to any host
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const body = await readText(response, maxBytes);
    if (body === undefined) return { kind: 'too-large', status: response.status };
    return { kind: 'answer', status: response.status, body, ...times(response.headers) };
  } catch {
    // The errors differ between browsers and mean the same: no response. Only our own time limit is distinguished.
    return signal.aborted ? { kind: 'timeout' } : { kind: 'unreachable' };
  }
}

/**
 * Signs and sends one GET.
 * @throws only what signing throws, which is an error of the key
 */
export async function signedGet(
  context: RequestContext,
  path: Path,
  options?: RequestOptions,
): Promise<Reply> {
  const { transport, signer, clockOffset } = context;
  if (transport.ended?.aborted) return { kind: 'timeout' };
  const headers = await signedHeaders(signer, path, transport.now() + clockOffset);
  return get(context, path, headers, options);
}

function times(headers: Headers): { date?: number; retryAfter?: number } {
  // biome-ignore lint/style/noRestrictedGlobals: parses a header, does not read the clock
  const date = Date.parse(headers.get('date') ?? '');
  const retryAfter = Number(headers.get('retry-after') ?? 'none') * 1000;
  return {
    ...(Number.isFinite(date) && { date }),
    ...(Number.isFinite(retryAfter) && retryAfter >= 0 && { retryAfter }),
  };
}

/** The body as text, or undefined as soon as it is longer than `limit` bytes. */
async function readText(response: Response, limit: number): Promise<string | undefined> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}
