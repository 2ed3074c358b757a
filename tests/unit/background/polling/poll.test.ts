// Polls of an account, with the background restarting in between.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
const refusal = (details: string) => () =>
  new Response(JSON.stringify({ error: { code: 'authentication_error', details } }), { status: 401 });
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('updates the badge with each new balance', async () => {
  await connected();
  harness.answer = balance('1234.5678', 50_000);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('1.2k');
  expect(harness.browser.toolbar.title).toContain('Total $1,734.5678');
});

test('a restarted background continues from the stored state', async () => {
  await connected();
  harness.browser.toolbar.text = '';
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('98'));
  harness.answer = balance('99.99');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('99');
  expect(harness.requests).toHaveLength(2);
});

test('a failure keeps the balance, marked as outdated, until the next good poll', async () => {
  await connected();
  harness.answer = noNetwork;
  await harness.passMinutes(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/stale-16.png' });
  expect(harness.browser.toolbar.title).toContain('Not updated since');
  harness.answer = balance('97');
  await harness.passMinutes(30);
  expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
});

test('stops polling after a rejection until the user acts', async () => {
  const accountId = await connected();
  harness.answer = refusal('NOT_FOUND');
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(2);
  for (let i = 0; i < 5; i++) await harness.passMinutes(60);
  await harness.wake();
  await harness.browser.events.startup.emit();
  expect(harness.requests).toHaveLength(2);
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/attention-16.png' });
  harness.answer = balance('5');
  await harness.command('account/refresh', { accountId });
  expect(harness.browser.toolbar.text).toBe('5');
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(4);
});

test('shows the host-permission error without a request when access is revoked, and resumes when it is granted', async () => {
  await connected();
  harness.browser.granted.clear();
  await harness.browser.events.removed.emit({});
  expect(harness.requests).toHaveLength(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/attention-16.png' });
  expect(harness.browser.toolbar.title).toContain('No permission to reach Kalshi');
  harness.browser.granted.add('https://external-api.kalshi.com/*');
  harness.now += 15_000;
  harness.answer = balance('99');
  await harness.browser.events.added.emit({});
  expect(harness.browser.toolbar).toMatchObject({ text: '99', icon: '/icons/live-16.png' });
});

test('sends one request at a time and at most six a minute, however often a page requests a poll', async () => {
  const accountId = await connected();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  harness.answer = async () => {
    await gate;
    return new Response('', { status: 500 });
  };
  harness.now += 10_000;
  const wishes = Array.from({ length: 50 }, () => harness.command('account/refresh', { accountId }));
  release();
  // Commands sent while it was under way return its outcome when it ends.
  for (const wish of await Promise.all(wishes))
    expect(wish).toEqual({ ok: true, value: { kind: 'exchange-error', status: 500 } });
  expect(harness.requests).toHaveLength(2);
  const before = harness.requests.length;
  for (let second = 0; second < 60; second++) {
    harness.now += 1_000;
    await harness.command('account/refresh', { accountId });
  }
  expect(harness.requests.length - before).toBeLessThanOrEqual(6);
});

test('opening the popup does not poll a rejected key', async () => {
  const accountId = await connected();
  harness.answer = refusal('NOT_FOUND');
  await harness.passMinutes(1);
  harness.now += 60_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(harness.requests).toHaveLength(2);
});

test('stops correcting the clock when it is right again', async () => {
  await connected();
  const offset = () => harness.data().backoff.clockOffset;
  let slowBy = 42_000;
  harness.answer = (init) => {
    const headers = { date: new Date(harness.now + slowBy).toUTCString() };
    const stamp = Number(new Headers(init.headers).get('KALSHI-ACCESS-TIMESTAMP'));
    return Math.abs(stamp - harness.now - slowBy) > 15_000
      ? new Response('{"error":{"code":"header_timestamp_expired"}}', { status: 401, headers })
      : new Response('{"balance_dollars":"7","portfolio_value":0}', { headers });
  };
  await harness.passMinutes(1);
  expect(offset()).toBe(42_500);
  slowBy = 0;
  await harness.passMinutes(1);
  expect(offset()).toBe(0);
  expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png');
  const requestsBefore = harness.requests.length;
  await harness.passMinutes(1);
  expect(harness.requests.length).toBe(requestsBefore + 1);
});

test('shows that the key is missing', async () => {
  await connected();
  vi.stubGlobal('indexedDB', new (await import('fake-indexeddb')).IDBFactory());
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.title).toContain('The key is missing');
  expect(harness.requests).toHaveLength(1);
});

test('corrects a wrong clock, and stores the correction', async () => {
  await connected();
  const answers = [clockRefused(harness.now + 42_000), balance('7')];
  harness.answer = () => (answers.shift() ?? balance('8'))();
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('7');
  expect(harness.requests).toHaveLength(3);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('8');
  expect(harness.requests).toHaveLength(4);
});

test('waits as long as Retry-After requires', async () => {
  await connected();
  harness.answer = () => new Response('', { status: 429, headers: { 'retry-after': '600' } });
  await harness.passMinutes(1);
  for (let minute = 0; minute < 9; minute++) await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(2);
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(3);
});

test('ends the poll when the key store does not respond, and tries again at the next alarm', async () => {
  await connected();
  const real = indexedDB;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('indexedDB', { open: () => ({ addEventListener: () => undefined }) });
  const ringing = harness.passMinutes(1);
  await vi.advanceTimersByTimeAsync(20_000);
  await ringing;
  vi.useRealTimers();
  expect(harness.data().snapshot).toMatchObject({ outcome: { kind: 'storage-failed' } });
  expect(harness.browser.toolbar.text).toBe('98');
  vi.stubGlobal('indexedDB', real);
  vi.spyOn(Date, 'now').mockImplementation(() => harness.now);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png');
});
