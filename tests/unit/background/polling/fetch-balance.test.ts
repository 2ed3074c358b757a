// Server errors and maintenance of the exchange.
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);
const serverError = (status: number) => () => new Response('', { status });

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const down = (until?: number) => () =>
  new Response(
    JSON.stringify({
      exchange_active: false,
      trading_active: false,
      ...(until && { exchange_estimated_resume_time: new Date(until).toISOString() }),
    }),
    { status: 503 },
  );
const up = () => new Response('{"exchange_active":true,"trading_active":true}');

test('requests the status from the second 5xx response on, and shows maintenance until the exchange is back', async () => {
  await connected();
  const until = harness.now + 2 * 3_600_000;
  harness.answer = serverError(503);
  harness.status = down(until);
  await harness.passMinutes(1);
  expect(harness.statusRequests).toBe(0);
  expect(harness.data().snapshot).toMatchObject({ outcome: { kind: 'exchange-error', status: 503 } });
  await harness.passMinutes(2);
  expect(harness.statusRequests).toBe(1);
  expect(harness.data().snapshot).toMatchObject({ outcome: { kind: 'maintenance', until } });
  expect(harness.browser.toolbar.title).toMatch(/Kalshi is down for maintenance until about \d+:\d\d/);
  const requestsBefore = harness.requests.length;
  for (let minute = 0; minute < 60; minute++) await harness.passMinutes(1);
  expect(harness.requests.length - requestsBefore, 'balances requested meanwhile').toBeLessThanOrEqual(60);
  expect(harness.data().snapshot).toMatchObject({ outcome: { kind: 'maintenance', until } });
  expect(harness.statusRequests).toBeLessThanOrEqual(61);
  expect(harness.statusRequests).toBeGreaterThan(20);
  harness.status = up;
  harness.answer = balance('97');
  for (let minute = 0; minute < 2; minute++) await harness.passMinutes(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
});

test('requests the status at the first 5xx response if a page requested the poll', async () => {
  const accountId = await connected();
  harness.answer = serverError(502);
  harness.status = down();
  harness.now += 10_000;
  expect(await harness.command('account/refresh', { accountId })).toEqual({
    ok: true,
    value: { kind: 'maintenance' },
  });
});

test('keeps the server error when the status is unusable, and goes on requesting the balance', async () => {
  const accountId = await connected();
  harness.answer = serverError(500);
  for (const status of [up, () => new Response('<html>'), () => new Response('{"exchange_active":"no"}')]) {
    harness.status = status;
    harness.now += 60_000;
    expect(await harness.command('account/refresh', { accountId })).toEqual({
      ok: true,
      value: { kind: 'exchange-error', status: 500 },
    });
  }
  expect(harness.statusRequests).toBe(3);
});

test.each([
  ['past', -60_000],
  ['in years', 400 * 86_400_000],
])('ignores a resume time that is %s', async (_, offset) => {
  const accountId = await connected();
  harness.answer = serverError(503);
  harness.status = down(harness.now + offset);
  harness.now += 60_000;
  expect(await harness.command('account/refresh', { accountId })).toEqual({
    ok: true,
    value: { kind: 'maintenance' },
  });
});

test('checking a key returns maintenance', async () => {
  harness.answer = serverError(503);
  harness.status = down();
  expect(await harness.command('key/check', draft)).toEqual({
    ok: false,
    problem: { kind: 'exchange', failure: { kind: 'maintenance' } },
  });
});
