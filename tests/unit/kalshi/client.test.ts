// One request: when it is not sent, its query and headers, and how a response becomes a value.
import { describe, expect, test, vi } from 'vitest';
import { get, type Reply, signedGet, type Transport } from '../../../src/kalshi/client.ts';
import { PATHS } from '../../../src/kalshi/endpoints.ts';

const NOW = 1_781_159_348_000;

function transportOf(answer: () => Response | Promise<Response>, options: Partial<Transport> = {}) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => answer());
  return { now: () => NOW, timeout: () => new AbortController().signal, ...options, fetch };
}

function reply(response: Response, maxBytes?: number): Promise<Reply> {
  const options = maxBytes === undefined ? {} : { maxBytes };
  return get(
    { transport: transportOf(() => response), environment: 'production', host: 'recommended' },
    PATHS.balance,
    {},
    options,
  );
}

/** A response whose body arrives in these parts. `ended`: called when the rest is not wanted. */
function inParts(parts: Uint8Array[], ended: () => void = () => undefined): Response {
  const rest = [...parts];
  const pull = (controller: ReadableStreamDefaultController) => {
    const next = rest.shift();
    if (next) controller.enqueue(next);
    else controller.close();
  };
  return new Response(new ReadableStream({ pull, cancel: ended }, { highWaterMark: 0 }));
}

describe('nothing is sent after the end', () => {
  const ended = AbortSignal.abort();

  test('unsigned', async () => {
    const transport = transportOf(() => new Response('x'), { ended });
    expect(
      await get({ transport, environment: 'production', host: 'recommended' }, PATHS.exchangeStatus, {}),
    ).toEqual({
      kind: 'timeout',
    });
    expect(transport.fetch).not.toHaveBeenCalled();
  });

  test('signed: nothing is signed either', async () => {
    const transport = transportOf(() => new Response('x'), { ended });
    const signer = { keyId: 'id', key: undefined as unknown as CryptoKey }; // signing would throw
    expect(
      await signedGet(
        { transport, environment: 'production', host: 'recommended', signer, clockOffset: 0 },
        PATHS.balance,
      ),
    ).toEqual({ kind: 'timeout' });
    expect(transport.fetch).not.toHaveBeenCalled();
  });
});

test('the query follows the path, the language is a header', async () => {
  const transport = transportOf(() => new Response('{}'));
  const headers = { 'KALSHI-ACCESS-KEY': 'id' };
  await get({ transport, environment: 'demo', host: 'recommended' }, PATHS.markets, headers, {
    query: { tickers: 'A,B', limit: '2' },
    language: 'pt-BR',
  });
  await get({ transport, environment: 'demo', host: 'recommended' }, PATHS.markets, headers);
  const [first, second] = transport.fetch.mock.calls;
  const url = 'https://external-api.demo.kalshi.co/trade-api/v2/markets';
  expect(first?.[0]).toBe(`${url}?tickers=A%2CB&limit=2`);
  expect(first?.[1].headers).toEqual({ ...headers, 'Accept-Language': 'pt-BR, en;q=0.5' });
  expect(second?.[0]).toBe(url);
  expect(second?.[1].headers).toEqual(headers);
});

test('a failed fetch is unreachable; after our own time limit it is a timeout', async () => {
  const failing = () => Promise.reject(new TypeError('network'));
  expect(
    await get(
      { transport: transportOf(failing), environment: 'demo', host: 'recommended' },
      PATHS.balance,
      {},
    ),
  ).toEqual({
    kind: 'unreachable',
  });
  const late = transportOf(failing, { timeout: () => AbortSignal.abort() });
  expect(await get({ transport: late, environment: 'demo', host: 'recommended' }, PATHS.balance, {})).toEqual(
    { kind: 'timeout' },
  );
});

test.each([
  [{}, {}],
  [{ 'retry-after': '5' }, { retryAfter: 5_000 }],
  [{ 'retry-after': '0' }, { retryAfter: 0 }],
  [{ 'retry-after': '-1' }, {}],
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, {}],
  [{ 'retry-after': 'Infinity' }, {}],
  [{ date: 'Thu, 11 Jun 2026 06:29:08 GMT' }, { date: Date.UTC(2026, 5, 11, 6, 29, 8) }],
  [{ date: 'yesterday' }, {}],
])('the headers %j give %j', async (headers: Record<string, string>, times) => {
  const response = new Response('x', { status: 418, headers });
  expect(await reply(response)).toEqual({ kind: 'answer', status: 418, body: 'x', ...times });
});

describe('the body', () => {
  test('none is an empty text', async () => {
    expect(await reply(new Response(null, { status: 204 }))).toEqual({
      kind: 'answer',
      status: 204,
      body: '',
    });
  });

  test('a character that arrives in two parts is one character', async () => {
    const bytes = new TextEncoder().encode('a€b');
    const parts = [bytes.slice(0, 2), bytes.slice(2)];
    expect(await reply(inParts(parts))).toMatchObject({ body: 'a€b' });
    expect(await reply(inParts([bytes.slice(0, 2)]))).toMatchObject({ body: 'a\uFFFD' }); // cut off
  });

  test('of exactly the limit is read; of one byte more it is not read to the end', async () => {
    const part = (length: number) => new Uint8Array(length).fill(97);
    expect(await reply(inParts([part(6), part(4)]), 10)).toMatchObject({ body: 'a'.repeat(10) });
    const cancelled = vi.fn();
    const parts = [part(6), part(5), part(1_000)];
    expect(await reply(inParts(parts, cancelled), 10)).toEqual({ kind: 'too-large', status: 200 });
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  test('a body that cannot be cancelled is too large all the same', async () => {
    const parts = inParts([new Uint8Array(11)], () => {
      throw new Error('gone');
    });
    expect(await reply(parts, 10)).toEqual({ kind: 'too-large', status: 200 });
  });
});
