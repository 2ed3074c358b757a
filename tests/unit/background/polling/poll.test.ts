// Polls: what is requested and what is not, with the background restarting in between; what a failure keeps; several accounts.
import { describe, expect, test, vi } from 'vitest';
import { hostPatterns } from '../../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  KEY_ID,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('Ed25519').pem };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const outcome = (id = accountId) => harness.data(id).snapshot.outcome;
const attemptOf = (id: string) =>
  (harness.browser.session[`attempt/${id}`] as { attemptedAt: number } | undefined)?.attemptedAt;
const refresh = (id = accountId) => harness.command('account/refresh', { accountId: id });
const pollIfDue = () => harness.command('account/poll-if-due', { accountId });
const lists = () => harness.listRequests.splice(0).map((url) => new URL(url).pathname.replace(/^.*\//, ''));
const fail = () => Promise.reject(new Error('no memory'));
const refusal = (details: string) => () =>
  new Response(JSON.stringify({ error: { code: 'authentication_error', details } }), { status: 401 });
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

test('updates the badge with each new balance', async () => {
  harness.answer = balance('1234.5678', 50_000);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('1.2k');
  expect(harness.browser.toolbar.title).toContain('Total $1,734.5678');
});

test('a restarted background continues from the stored state', async () => {
  harness.browser.toolbar.text = '';
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('98'));
  harness.answer = balance('99.99');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('99');
  expect(harness.requests).toHaveLength(2);
});

test('a failure keeps the balance, marked as outdated, until the next good poll', async () => {
  harness.answer = noNetwork;
  await harness.passMinutes(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/stale-16.png' });
  expect(harness.browser.toolbar.title).toContain('Not updated since');
  harness.answer = balance('97');
  await harness.passMinutes(30);
  expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
});

test('stops polling after a rejection until the user acts', async () => {
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
  harness.answer = refusal('NOT_FOUND');
  await harness.passMinutes(1);
  harness.now += 60_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(harness.requests).toHaveLength(2);
});

test('stops correcting the clock when it is right again', async () => {
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
  vi.stubGlobal('indexedDB', new (await import('fake-indexeddb')).IDBFactory());
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.title).toContain('The key is missing');
  expect(harness.requests).toHaveLength(1);
});

test('corrects a wrong clock, and stores the correction', async () => {
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
  harness.answer = () => new Response('', { status: 429, headers: { 'retry-after': '600' } });
  await harness.passMinutes(1);
  for (let minute = 0; minute < 9; minute++) await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(2);
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(3);
});

test('ends the poll when the key store does not respond, and tries again at the next alarm', async () => {
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

test('the session does not answer, or takes nothing: no request, and the poll says that storage fails', async () => {
  const { session } = harness.browser.api.storage;
  const { get, set } = session;
  const before = harness.requests.length;
  for (const broken of [{ get: fail }, { set: fail }]) {
    harness.now += 60_000;
    Object.assign(session, broken);
    await refresh();
    Object.assign(session, { get, set });
    expect(harness.requests).toHaveLength(before);
    expect(outcome()).toEqual({ kind: 'storage-failed' });
    harness.now += 60_000;
    await refresh();
    expect(outcome()).toEqual({ kind: 'ok' });
    harness.requests.length = before;
  }
});

test('access that is missed between two polls is noticed when the popup opens', async () => {
  for (const pattern of hostPatterns('production')) harness.browser.granted.delete(pattern);
  harness.now += 1_000; // too early for another poll
  await pollIfDue();
  expect(outcome()).toEqual({ kind: 'permission-missing' });
});

test('a key that does not sign: it says that the key is missing, and asks nothing else', async () => {
  vi.spyOn(crypto.subtle, 'sign').mockRejectedValue(new DOMException('no', 'OperationError'));
  await harness.passMinutes(1);
  expect(outcome()).toEqual({ kind: 'key-missing' });
  expect(harness.requests).toHaveLength(1);
  expect(harness.statusRequests).toBe(0);
});

describe('a balance that fails', () => {
  test.each([
    ['busy', 429, 0],
    ['refused', 403, 0],
    ['broken', 500, 1],
  ])(
    '%s: no list, no scopes, and the status only where the exchange itself failed',
    async (_, status, asked) => {
      await harness.passMinutes(1);
      lists();
      const scopes = harness.scopeRequests;
      harness.answer = () => new Response('{}', { status });
      await harness.passMinutes(2);
      await harness.passMinutes(2);
      expect(lists()).toEqual([]);
      expect(harness.scopeRequests).toBe(scopes);
      expect(Math.min(harness.statusRequests, 1)).toBe(asked);
    },
  );

  test('maintenance stays until the status may be requested again', async () => {
    const paused = () => new Response(JSON.stringify({ exchange_active: false, trading_active: false }));
    harness.answer = () => new Response('', { status: 503 });
    harness.status = paused;
    for (let polls = 0; polls < 5; polls++) await harness.passMinutes(2);
    expect(outcome()).toMatchObject({ kind: 'maintenance' });
    const [asked, before] = [harness.statusRequests, harness.requests.length];
    harness.now += 16_000;
    await refresh();
    expect(harness.requests).toHaveLength(before + 1);
    expect(harness.statusRequests).toBe(asked);
    expect(outcome()).toMatchObject({ kind: 'maintenance' });
  });

  test('another error stays itself while the status may not be requested', async () => {
    harness.answer = () => new Response('', { status: 503 });
    harness.status = () => new Response(JSON.stringify({ exchange_active: true, trading_active: true }));
    await harness.passMinutes(1);
    await harness.passMinutes(1);
    harness.now += 16_000;
    await refresh();
    expect(outcome()).toEqual({ kind: 'exchange-error', status: 503 });
  });
});

test('a failed poll does not ask for the scopes, although they are a day old', async () => {
  const asked = harness.scopeRequests;
  harness.answer = () => new Response('', { status: 429 });
  await harness.passMinutes(25 * 60);
  expect(harness.scopeRequests).toBe(asked);
  harness.answer = balance('98');
  await harness.passMinutes(60);
  expect(harness.scopeRequests).toBe(asked + 1);
});

test.each([
  [0.066, true],
  [0.067, false],
])('the background reads the holdings by chance, after a quarter of an hour: %d', async (random, reads) => {
  harness.answerAs(new Member({ cash: '98' }));
  await harness.passMinutes(25 * 60);
  lists();
  vi.spyOn(Math, 'random').mockReturnValue(random); // a period of one minute of fifteen
  await harness.passMinutes(14);
  expect(lists()).not.toContain('positions');
  await harness.passMinutes(2);
  expect(lists().includes('positions')).toBe(reads);
});

describe('two polls at once', () => {
  const hanging = () => {
    let answer = () => undefined as unknown;
    harness.answer = () =>
      new Promise<Response>((resolve) => {
        answer = () => resolve(balance('77')());
      });
    return () => {
      harness.answer = balance('88');
      answer();
    };
  };

  test('a request of the user follows that of the popup, as often as it may', async () => {
    const end = hanging();
    harness.now += 60_000;
    const popup = pollIfDue();
    await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
    harness.now += 16_000;
    const manual = refresh();
    end();
    await Promise.all([popup, manual]);
    expect(harness.requests).toHaveLength(3);
    expect(harness.browser.toolbar.text).toBe('88');
  });

  test.each([
    ['the alarm and the user', () => harness.passMinutes(1), refresh],
    ['the alarm and the popup', () => harness.passMinutes(1), pollIfDue],
    ['the user twice', () => refresh(), refresh],
    ['the popup twice', pollIfDue, pollIfDue],
  ])('%s: one request', async (_, first, then) => {
    const end = hanging();
    harness.now += 60_000;
    const polls = [first() as Promise<unknown>];
    await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
    harness.now += 16_000;
    polls.push(then());
    end();
    await Promise.all(polls);
    expect(harness.requests).toHaveLength(2);
  });
});

describe('two accounts', () => {
  test('refreshing one leaves the other alone', async () => {
    harness.now += 20_000;
    const other = await harness.connect(second);
    const before = attemptOf(accountId);
    const data = structuredClone(harness.data(accountId));
    harness.now += 60_000;
    await refresh(other);
    expect(attemptOf(other)).toBe(harness.now);
    expect(attemptOf(accountId)).toBe(before);
    expect(harness.data(accountId)).toEqual(data);
  });

  test('a locked one is not polled, the other is', async () => {
    harness.now += 20_000;
    const other = await harness.connect({ ...second, passphrase: 'four words or more' });
    await harness.command('account/lock', { accountId: other });
    const [before, attempted] = [harness.requests.length, attemptOf(other)];
    await harness.passMinutes(1);
    await refresh(other);
    expect(harness.requests).toHaveLength(before + 1);
    expect(attemptOf(other)).toBe(attempted);
  });

  test('an account that is not there is not polled', async () => {
    const before = harness.requests.length;
    harness.now += 60_000;
    await refresh('none');
    expect(harness.requests).toHaveLength(before);
    expect(harness.stored().sort()).toEqual(['account', 'accounts']);
  });
});

describe('the popup, while no poll is due', () => {
  const member = () => new Member({ cash: '98', positions: [{ ticker: 'A', contracts: 1, price: 50 }] });

  test('after a good poll it refreshes the holdings, as the user cannot', async () => {
    harness.answerAs(member());
    await harness.passMinutes(1);
    vi.spyOn(Math, 'random').mockReturnValue(0.999); // the background reads no holdings by itself
    for (let minute = 0; minute < 5; minute++) await harness.passMinutes(1);
    lists();
    const before = harness.requests.length;
    harness.now += 1_000;
    await refresh();
    expect(lists()).toEqual([]);
    await pollIfDue();
    expect(harness.requests).toHaveLength(before);
    expect(lists()).toContain('positions');
  });

  test('after a failed one it requests nothing', async () => {
    harness.answerAs(member());
    await harness.passMinutes(1);
    harness.answer = () => new Response('', { status: 429 });
    await harness.passMinutes(1);
    lists();
    harness.now += 1_000;
    await pollIfDue();
    expect(lists()).toEqual([]);
  });
});
