// Server errors and maintenance of the exchange.
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);
const serverError = (status: number) => () => new Response('', { status });

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

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
  const until = world.now + 2 * 3_600_000;
  world.answer = serverError(503);
  world.status = down(until);
  await world.passMinutes(1);
  expect(world.statusRequests).toBe(0);
  expect(world.data().snapshot).toMatchObject({ outcome: { kind: 'exchange-error', status: 503 } });
  await world.passMinutes(2);
  expect(world.statusRequests).toBe(1);
  expect(world.data().snapshot).toMatchObject({ outcome: { kind: 'maintenance', until } });
  expect(world.browser.toolbar.title).toMatch(/Kalshi is down for maintenance until about \d+:\d\d/);
  const asked = world.requests.length;
  for (let minute = 0; minute < 60; minute++) await world.passMinutes(1);
  expect(world.requests.length - asked, 'balances requested meanwhile').toBeLessThanOrEqual(60);
  expect(world.data().snapshot).toMatchObject({ outcome: { kind: 'maintenance', until } });
  expect(world.statusRequests).toBeLessThanOrEqual(61);
  expect(world.statusRequests).toBeGreaterThan(20);
  world.status = up;
  world.answer = balance('97');
  for (let ring = 0; ring < 2; ring++) await world.passMinutes(1);
  expect(world.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
});

test('requests the status at the first 5xx response if a page requested the poll', async () => {
  const accountId = await connected();
  world.answer = serverError(502);
  world.status = down();
  world.now += 10_000;
  expect(await world.command('account/refresh', { accountId })).toEqual({
    ok: true,
    value: { kind: 'maintenance' },
  });
});

test('keeps the server error when the status is unusable, and goes on requesting the balance', async () => {
  const accountId = await connected();
  world.answer = serverError(500);
  for (const status of [up, () => new Response('<html>'), () => new Response('{"exchange_active":"no"}')]) {
    world.status = status;
    world.now += 60_000;
    expect(await world.command('account/refresh', { accountId })).toEqual({
      ok: true,
      value: { kind: 'exchange-error', status: 500 },
    });
  }
  expect(world.statusRequests).toBe(3);
});

test.each([
  ['past', -60_000],
  ['in years', 400 * 86_400_000],
])('ignores a resume time that is %s', async (_, offset) => {
  const accountId = await connected();
  world.answer = serverError(503);
  world.status = down(world.now + offset);
  world.now += 60_000;
  expect(await world.command('account/refresh', { accountId })).toEqual({
    ok: true,
    value: { kind: 'maintenance' },
  });
});

test('checking a key returns maintenance', async () => {
  world.answer = serverError(503);
  world.status = down();
  expect(await world.command('key/check', draft)).toEqual({
    ok: false,
    problem: { kind: 'exchange', failure: { kind: 'maintenance' } },
  });
});
