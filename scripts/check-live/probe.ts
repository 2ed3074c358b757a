// Requests of check-live: the product's own client, one request at a time, with a pause before each and a limit on their
// number. What came is kept as shapes and statuses.

import { HOST_NAMES, type HostName } from '../../src/domain/polling/host-choice.ts';
import type { Failure } from '../../src/domain/polling/outcome.ts';
import { get, MAX_LIST_BYTES, type Reply, type RequestContext } from '../../src/kalshi/client.ts';
import type { Path } from '../../src/kalshi/endpoints.ts';
import { failureOf } from '../../src/kalshi/errors.ts';
import { signedHeaders } from '../../src/kalshi/sign.ts';
import { type Shape, shapeOf } from './shape.ts';

/** The most requests of a run. */
export const MAX_REQUESTS = 60;
/** The shortest time between two requests. Milliseconds. */
export const PAUSE_MS = 1_000;

/** How a request differs from the usual one. */
export interface Variation {
  query?: Record<string, string>;
  host?: HostName;
  /** Added to the time that is signed. Milliseconds. */
  shiftMs?: number;
  /** Replaces or adds headers; an empty one is left out. */
  headers?: Record<string, string>;
  isSigned?: boolean;
  language?: string;
}

/** What came. */
export interface Answer {
  /** 0 if no response came. */
  status: number;
  /** The parsed JSON; undefined if the body is none. */
  json: unknown;
  /** Unix milliseconds, of the `Date` header. */
  date: number | undefined;
  /** What the product makes of a response other than 200. */
  failure: Failure;
  body: string;
}

/** One request, as the file keeps it. */
export interface Recorded {
  path: string;
  /** The names of the parameters. */
  query: string[];
  host: HostName;
  status: number;
  shape: Shape;
}

/** There were `MAX_REQUESTS` requests. */
export class NoRequestsLeft extends Error {}

export class Probe {
  readonly recorded: Recorded[] = [];
  readonly #answers = new Map<string, Promise<Answer>>();

  /** @param pause waits so many milliseconds */
  constructor(
    readonly context: RequestContext,
    readonly pause: (ms: number) => Promise<void>,
  ) {}

  /** Sends a GET; the same one only once. @throws NoRequestsLeft */
  request(path: Path, variation: Variation = {}): Promise<Answer> {
    const key = JSON.stringify([path, variation]);
    const known = this.#answers.get(key);
    if (known) return known;
    const sent = this.#send(path, variation);
    this.#answers.set(key, sent);
    return sent;
  }

  async #send(path: Path, variation: Variation): Promise<Answer> {
    if (this.recorded.length >= MAX_REQUESTS) throw new NoRequestsLeft();
    if (this.recorded.length > 0) await this.pause(PAUSE_MS);
    const { query, host = HOST_NAMES[0], shiftMs = 0, headers = {}, isSigned = true, language } = variation;
    const { transport, signer, clockOffset } = this.context;
    const signature = isSigned
      ? await signedHeaders(signer, path, transport.now() + clockOffset + shiftMs)
      : {};
    const sent = Object.fromEntries(
      Object.entries({ ...signature, ...headers }).filter(([, value]) => value !== ''),
    );
    const options = { ...(query && { query }), maxBytes: MAX_LIST_BYTES, language };
    const reply = await get({ ...this.context, host }, path, sent, options);
    const answer = answerOf(reply, transport.now());
    this.recorded.push({
      path: path.replace(/(events\/).+/, '$1{ticker}'),
      query: Object.keys(query ?? {}),
      host,
      status: answer.status,
      shape: shapeOf(answer.json),
    });
    return answer;
  }
}

function answerOf(reply: Reply, now: number): Answer {
  const body = reply.kind === 'answer' ? reply.body : '';
  return {
    status: reply.kind === 'answer' ? reply.status : 0,
    json: parse(body),
    date: reply.kind === 'answer' ? reply.date : undefined,
    failure: failureOf(reply, now),
    body,
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
