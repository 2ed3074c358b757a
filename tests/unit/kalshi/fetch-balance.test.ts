// One balance request: its options, its time limit, and a wrong clock.
import { describe, expect, test, vi } from 'vitest';
import {
  MAX_BODY_BYTES,
  type RequestContext,
  TIMEOUT_MS,
  type Transport,
} from '../../../src/kalshi/client.ts';
import { fetchBalance } from '../../../src/kalshi/fetch-balance.ts';
import { importPrivateKey } from '../../../src/vault/import-key.ts';
import { makeKey } from '../../exchange/keys.ts';

const NOW = 1_781_159_348_000;
const GOOD = '{"balance_dollars":"98.0186","portfolio_value":198}';

async function signer() {
  const imported = await importPrivateKey(makeKey('Ed25519').pem);
  if (typeof imported === 'string') throw new Error(imported);
  return { keyId: 'id', key: imported.key };
}

function transport(...answers: (Response | Error | (() => Promise<Response>))[]) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit): Promise<Response> => {
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('no more answers');
    return typeof answer === 'function' ? answer() : answer;
  });
  const timeout = vi.fn((_ms: number) => new AbortController().signal);
  return { fetch, timeout, now: () => NOW } satisfies Transport;
}

const contextOf = (
  transport: Transport,
  signer: RequestContext['signer'],
  clockOffset = 0,
): RequestContext => ({ transport, environment: 'production', host: 'recommended', signer, clockOffset });

const refusedClock = (date: number) =>
  new Response('{"error":{"code":"header_timestamp_expired"}}', {
    status: 401,
    headers: { date: new Date(date).toUTCString() },
  });

test('sends a GET with every option restricted', async () => {
  const harness = transport(new Response(GOOD));
  const reply = await fetchBalance(contextOf(harness, await signer()));
  expect(reply).toEqual({
    ok: true,
    figures: { cash: 98_018_600, positions: 1_980_000, at: NOW },
    clockOffset: 0,
    answeredAt: NOW,
  });
  const [url, init] = harness.fetch.mock.calls[0] ?? [];
  expect(url).toBe('https://external-api.kalshi.com/trade-api/v2/portfolio/balance');
  expect(init).toMatchObject({
    method: 'GET',
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  expect(init).not.toHaveProperty('body');
  expect(Object.keys(init?.headers ?? {})).toEqual([
    'KALSHI-ACCESS-KEY',
    'KALSHI-ACCESS-TIMESTAMP',
    'KALSHI-ACCESS-SIGNATURE',
  ]);
  expect(harness.timeout).toHaveBeenCalledWith(TIMEOUT_MS);
  expect(TIMEOUT_MS).toBeLessThanOrEqual(15_000);
});

test('each environment has its own host', async () => {
  const harness = transport(new Response(GOOD));
  await fetchBalance({ ...contextOf(harness, await signer()), environment: 'demo', host: 'recommended' });
  expect(harness.fetch.mock.calls[0]?.[0]).toMatch(/^https:\/\/external-api\.demo\.kalshi\.co\//);
});

describe('a refused clock', () => {
  const stampOf = (harness: ReturnType<typeof transport>, call: number) =>
    new Headers(harness.fetch.mock.calls[call]?.[1].headers).get('KALSHI-ACCESS-TIMESTAMP');

  test('is corrected from the Date header and retried once', async () => {
    const harness = transport(refusedClock(NOW + 42_000), new Response(GOOD));
    const reply = await fetchBalance(contextOf(harness, await signer()));
    expect(reply).toMatchObject({ ok: true, clockOffset: 42_500 });
    expect(stampOf(harness, 0)).toBe(`${NOW}`);
    expect(stampOf(harness, 1)).toBe(`${NOW + 42_500}`);
  });

  test('a correction in use is measured again, and dropped when the local time would be accepted', async () => {
    const dated = (date: number) => new Response(GOOD, { headers: { date: new Date(date).toUTCString() } });
    const offsetAfter = async (date: number) =>
      (await fetchBalance(contextOf(transport(dated(date)), await signer(), 42_500))).clockOffset;
    expect(await offsetAfter(NOW + 60_000)).toBe(60_500);
    expect(await offsetAfter(NOW - 15_000)).toBe(-14_500);
    expect(await offsetAfter(NOW + 5_000)).toBe(0);
  });

  test('a good response proves our clock: a Date header that is further off is ignored', async () => {
    const ahead = NOW + 90 * 24 * 3_600_000;
    const dated = new Response(GOOD, { headers: { date: new Date(ahead).toUTCString() } });
    const reply = await fetchBalance(contextOf(transport(dated), await signer()));
    expect(reply).toMatchObject({ ok: true, answeredAt: NOW, clockOffset: 0 });
    const near = new Response(GOOD, { headers: { date: new Date(NOW + 59_000).toUTCString() } });
    const within = await fetchBalance(contextOf(transport(near), await signer()));
    expect(within).toMatchObject({ ok: true, answeredAt: NOW + 59_000 });
  });

  test('a time that was just refused is not retried', async () => {
    const harness = transport(refusedClock(NOW + 42_000));
    const reply = await fetchBalance(contextOf(harness, await signer(), 42_500));
    expect(reply).toMatchObject({ ok: false, failure: { kind: 'clock-wrong' }, clockOffset: 42_500 });
    expect(harness.fetch).toHaveBeenCalledTimes(1);
  });

  test('a second refusal is the outcome', async () => {
    const harness = transport(refusedClock(NOW + 42_000), refusedClock(NOW + 42_000));
    const reply = await fetchBalance(contextOf(harness, await signer()));
    expect(reply).toMatchObject({ ok: false, failure: { kind: 'clock-wrong', offsetMs: 42_500 } });
    expect(harness.fetch).toHaveBeenCalledTimes(2);
  });

  test('is not retried without a Date header', async () => {
    const harness = transport(new Response('{"error":"header_timestamp_expired"}', { status: 401 }));
    const reply = await fetchBalance(contextOf(harness, await signer()));
    expect(reply).toMatchObject({ ok: false, failure: { kind: 'clock-wrong' } });
    expect(harness.fetch).toHaveBeenCalledTimes(1);
  });

  test('an obsolete correction is dropped', async () => {
    const harness = transport(refusedClock(NOW), new Response(GOOD));
    const reply = await fetchBalance(contextOf(harness, await signer(), 42_500));
    expect(reply).toMatchObject({ ok: true, clockOffset: 0 });
    expect(stampOf(harness, 0)).toBe(`${NOW + 42_500}`);
    expect(stampOf(harness, 1)).toBe(`${NOW}`);
  });
});

describe('times at the limits', () => {
  const dated = (date: number) => ({ headers: { date: new Date(date).toUTCString() } });
  const good = (date: number) => new Response(GOOD, dated(date));
  /** With our clock this many milliseconds after a full second: a `Date` has full seconds. */
  async function at(ms: number, clockOffset: number, ...answers: Response[]) {
    const harness = { ...transport(...answers), now: () => NOW + ms };
    const reply = await fetchBalance(contextOf(harness, await signer(), clockOffset));
    return { reply, requests: harness.fetch.mock.calls.length };
  }

  test('a correction of two seconds is made, a smaller one is not', async () => {
    const refused = (ms: number) => refusedClock(NOW + ms);
    const undated = () => new Response(GOOD);
    expect((await at(0, 501, refused(2_000))).requests).toBe(1); // measured 2 500
    expect((await at(0, 500, refused(2_000), good(NOW))).requests).toBe(2);
    expect((await at(500, 42_500, refused(2_000), undated())).reply.clockOffset).toBe(2_000);
    expect((await at(501, 42_500, refused(2_000), undated())).reply.clockOffset).toBe(0); // measured 1 999
  });

  test('a correction stays while our own time is off by eight seconds', async () => {
    expect((await at(500, 42_500, good(NOW + 8_000))).reply.clockOffset).toBe(8_000);
    expect((await at(501, 42_500, good(NOW + 8_000))).reply.clockOffset).toBe(0);
    expect((await at(0, 0, good(NOW + 10_000))).reply.clockOffset).toBe(0); // no correction was needed
  });

  test('a Date a minute away is believed, one further away is not', async () => {
    expect((await at(0, 0, good(NOW + 60_000))).reply.answeredAt).toBe(NOW + 60_000);
    expect((await at(0, 1_000, good(NOW + 62_000))).reply.answeredAt).toBe(NOW + 1_000);
  });

  test('a failure is dated by its own Date, or by ours with the correction', async () => {
    const failed = (more: ResponseInit) => new Response('', { status: 500, ...more });
    expect((await at(0, 1_000, failed(dated(NOW + 5_000)))).reply.answeredAt).toBe(NOW + 5_000);
    expect((await at(0, 1_000, failed({}))).reply.answeredAt).toBe(NOW + 1_000);
  });
});

test.each([
  ['<html>', 'not-json'],
  ['{"balance_dollars":"1"}', 'unexpected'],
])('the body %s is a bad reply', async (body, reason) => {
  const reply = await fetchBalance(contextOf(transport(new Response(body)), await signer()));
  const failure = { kind: 'bad-reply', reason, status: 200 };
  expect(reply).toEqual({ ok: false, failure, clockOffset: 0, answeredAt: NOW });
});

test('an endless body is not read to the end', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const harness = transport(new Response(endless));
  const reply = await fetchBalance(contextOf(harness, await signer()));
  expect(reply).toMatchObject({ ok: false, failure: { kind: 'bad-reply', reason: 'too-large' } });
  expect(sent).toBeLessThan(3 * MAX_BODY_BYTES);
});

test('a timeout differs from a missing network', async () => {
  const key = await signer();
  const harness = { ...transport(new Error('aborted')), timeout: () => AbortSignal.abort() };
  expect(await fetchBalance(contextOf(harness, key))).toMatchObject({ failure: { kind: 'timeout' } });
  expect(await fetchBalance(contextOf(transport(new TypeError('Failed to fetch')), key))).toMatchObject({
    failure: { kind: 'offline' },
  });
});
