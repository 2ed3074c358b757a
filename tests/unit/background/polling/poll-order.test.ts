// What comes before what: a poll prepares its request side by side, and nothing that happens in between is overlooked.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: 'four words or more' };

let world: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  world = entered;
  accountId = await world.connect(save);
});

/** What is stored of the account's pace. */
const pace = () => world.browser.local[`pace/${accountId}`] as { data: { attemptedAt: number } };
/** Until the background has done what it does at every start. */
const started = async () => {
  await vi.waitFor(() => expect(world.timers.size).toBe(0));
  await new Promise((resolve) => setImmediate(resolve));
};

test('what wakes it is done first, and the toolbar is painted once', async () => {
  const { action } = world.browser.api;
  const painted: string[] = [];
  const setBadgeText = action.setBadgeText;
  action.setBadgeText = async (badge) => {
    painted.push(badge.text);
    await setBadgeText(badge);
  };
  await world.passMinutes(1); // what the account holds is asked for with the first
  painted.length = 0;
  world.answer = balance('99');
  await world.wake();
  await world.passMinutes(1);
  await started();
  expect(painted).toEqual(['99']);
});

test('woken by nothing that paints, it paints', async () => {
  world.now += 3_600_000;
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.icon).toBe('/icons/stale-16.png'));
});

test('the exchange that hangs does not keep an old figure looking new', async () => {
  world.answer = () => new Promise(() => undefined);
  await world.wake();
  void world.passMinutes(60);
  await vi.waitFor(() => expect(world.browser.toolbar.icon).toBe('/icons/stale-16.png'), { timeout: 4_000 });
  expect(world.requests).toHaveLength(2);
});

test('locked while the answer is being written, no amount comes back', async () => {
  const { local } = world.browser.api.storage;
  const set = local.set;
  local.set = async (items) => {
    await set(items);
    if (`snapshot/${accountId}` in items) await world.command('account/lock', { accountId });
  };
  world.answer = balance('99');
  await world.passMinutes(1);
  expect(world.requests).toHaveLength(2);
  expect(world.browser.toolbar).toMatchObject({ text: '•••', icon: '/icons/locked-16.png' });
  expect(world.browser.toolbar.title).not.toMatch(/\d/);
  expect(world.browser.session).not.toHaveProperty('first-frame');
});

test('a toolbar that refuses keeps nothing out of history', async () => {
  world.browser.api.action.setTitle = () => Promise.reject(new Error('no toolbar'));
  world.answer = balance('99');
  await world.passMinutes(1).catch(() => undefined);
  expect((await world.samples()).map(({ cash }) => cash)).toEqual([98_018_600, 99_000_000]);
});

test('somebody else has asked since it was read: nobody asks again', async () => {
  const { local } = world.browser.api.storage;
  const get = local.get;
  let readings = 0;
  local.get = async (keys) => {
    if (++readings === 2) pace().data.attemptedAt = world.now;
    return get(keys);
  };
  await world.passMinutes(1);
  expect(readings).toBeGreaterThan(1);
  expect(world.requests).toHaveLength(1);
  expect(world.browser.toolbar.text).toBe('98');
});

test('what asked nobody does not count as having asked', async () => {
  const before = pace().data.attemptedAt;
  world.browser.granted.clear();
  await world.passMinutes(1);
  expect(world.browser.toolbar.icon).toBe('/icons/attention-16.png');
  expect(pace().data.attemptedAt).toBe(before);
  world.browser.granted.add('https://external-api.kalshi.com/*');
  await world.browser.events.added.emit({});
  expect(world.requests).toHaveLength(2);
});

test('what was read at the start is for what woke it alone', async () => {
  await world.wake();
  await started();
  world.browser.local.accounts = 'damaged';
  const result = await world.command('settings/change', { hideAmounts: true });
  expect(result).toEqual({ ok: false, problem: { kind: 'unreadable' } });
});

test('forgotten while the exchange hangs, the request ends', async () => {
  world.now += 60_000;
  let signal: AbortSignal | null | undefined;
  world.answer = (init) => {
    signal = init.signal;
    return new Promise(() => undefined);
  };
  const refreshed = world.command('account/refresh', { accountId });
  await vi.waitFor(() => expect(world.requests).toHaveLength(2));
  await world.command('account/forget', { accountId });
  expect(signal?.aborted).toBe(true);
  await refreshed;
  expect(world.browser.toolbar.text).toBe('');
  expect(world.stored()).toEqual(['accounts']);
});

test('an icon that the browser did not take whole is put there again', async () => {
  const { action } = world.browser.api;
  const setIcon = action.setIcon;
  action.setIcon = async (icon) => {
    await setIcon(icon);
    throw new Error('one size too few');
  };
  world.answer = () => {
    throw new TypeError('no network');
  };
  await world.passMinutes(1).catch(() => undefined);
  expect(world.browser.toolbar.icon).toBe('/icons/stale-16.png');
  action.setIcon = setIcon;
  world.answer = balance('99');
  await world.passMinutes(5);
  expect(world.browser.toolbar).toMatchObject({ text: '99', icon: '/icons/live-16.png' });
});
