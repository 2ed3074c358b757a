// Polls at their limits: what is not requested, what a failure keeps, and what is written for one of several accounts.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  KEY_ID,
  START,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('Ed25519').pem };
const HOST = 'https://external-api.kalshi.com/*';

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

test('without access to the host: no request, and the offset of the clock stays', async () => {
  const answers = [clockRefused(START + 60_000 + 42_000)];
  harness.answer = () => (answers.shift() ?? balance('98'))();
  await harness.passMinutes(1);
  expect(harness.data().backoff.clockOffset).toBe(42_500);
  harness.browser.granted.delete(HOST);
  const before = harness.requests.length;
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(before);
  expect(outcome()).toEqual({ kind: 'permission-missing' });
  expect(harness.data().backoff.clockOffset).toBe(42_500);
  await pollIfDue();
  expect(outcome()).toEqual({ kind: 'permission-missing' });
  expect(harness.requests).toHaveLength(before);
});

test('access that is missed between two polls is noticed when the popup opens', async () => {
  harness.browser.granted.delete(HOST);
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

describe('what a result writes', () => {
  test('the log: lifetimes of the background in which it polled, and durations', async () => {
    await harness.passMinutes(1);
    await harness.passMinutes(1);
    expect(harness.data().pollLog).toMatchObject({ lifetimes: 1, entries: [{ kind: 'ok', times: 2 }] });
    const [{ slowest } = { slowest: -1 }] = harness.data().pollLog.entries;
    expect(slowest).toBeGreaterThanOrEqual(0);
    expect(slowest).toBeLessThan(60_000);
    await harness.wake();
    await harness.passMinutes(1);
    expect(harness.data().pollLog.lifetimes).toBe(2);
  });

  test('the first poll after midnight within a period makes the day whole', async () => {
    harness.now = new Date(START).setHours(24, 0, 30, 0);
    await harness.passMinutes(0);
    expect(harness.data().day).toMatchObject({ began: new Date(START).setHours(24, 0, 0, 0), whole: true });
  });

  test('a longer period is no gap in the history', async () => {
    await harness.command('settings/change', { periodSeconds: 1800 });
    await harness.passMinutes(45);
    await harness.passMinutes(45);
    expect((await harness.samples()).map(({ gap }) => gap)).toEqual([true, false, false]);
    await harness.passMinutes(62);
    expect((await harness.samples()).at(-1)?.gap).toBe(true);
  });

  test('storage that takes nothing is noted for the popup, and that it takes something again', async () => {
    harness.browser.writeError = new Error('QuotaExceededError');
    await harness.passMinutes(1);
    expect(harness.browser.session.failing).toMatchObject({ local: true });
    harness.browser.writeError = undefined;
    await harness.passMinutes(1);
    expect(harness.browser.session.failing).toMatchObject({ local: false });
  });

  test('an account without alerts gets none with a poll', async () => {
    await harness.passMinutes(1);
    expect(harness.data()).not.toHaveProperty('alerts');
  });

  test('alerts are decided on the figures of the same poll, and on the markets that are read after it', async () => {
    const held = new Member({ cash: '98', positions: [{ ticker: 'A', contracts: 10, price: 50 }] });
    harness.answerAs(held);
    await harness.command('alerts/change', {
      accountId,
      rules: { cashBelow: 50_000_000, marketMove: 100_000 },
    });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    for (let minute = 0; minute < 30; minute++) await harness.passMinutes(1);
    held.setCash('40');
    held.movePrice('A', 30);
    for (let minute = 0; minute < 30; minute++) await harness.passMinutes(1);
    const kinds = harness.data().alerts?.recent.map(({ event }) => event.kind);
    expect(kinds).toContain('threshold');
    expect(kinds).toContain('move');
  });
});
