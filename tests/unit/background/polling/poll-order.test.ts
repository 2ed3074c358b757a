// The steps of a poll and their order, and what happens when something else happens in between.
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

const attempt = () => world.browser.session[`attempt/${accountId}`] as { attemptedAt: number };

test('a poll: attempt, key, request, record, toolbar, history, in this order', async () => {
  await world.passMinutes(1); // holdings are refreshed with the first poll
  const steps: string[] = [];
  world.life.onStep = (name) => {
    steps.push(name);
  };
  world.answer = balance('99');
  await world.passMinutes(1);
  world.life.onStep = () => undefined;
  const { session, local } = { session: 'storage.session.set', local: 'storage.local.set' };
  const order = ['sign', 'fetch', local, 'indexedDB.open', 'action.setBadgeText', 'action.setTitle'];
  expect(steps.indexOf(session)).toBeLessThan(steps.indexOf('sign'));
  const positions = order.map((name) => steps.lastIndexOf(name));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions).not.toContain(-1);
  expect(steps.filter((name) => name === local)).toHaveLength(1);
  expect(steps.filter((name) => name === 'storage.local.get')).toHaveLength(0);
  expect(steps.filter((name) => name === 'locks.request')).toHaveLength(0);
});

test('a worker reads what is stored once, however many events it handles', async () => {
  const { local } = world.browser.api.storage;
  const { get } = local;
  let reads = 0;
  local.get = async (keys) => {
    reads++;
    return get(keys);
  };
  await world.wake();
  await Promise.all([world.passMinutes(1), world.command('settings/change', { periodSeconds: 30 })]);
  await world.command('account/refresh', { accountId });
  expect(reads).toBe(1);
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
    if (`account/${accountId}` in items) await world.command('account/lock', { accountId });
  };
  world.answer = balance('99');
  await world.passMinutes(1);
  expect(world.requests).toHaveLength(2);
  expect(world.browser.toolbar).toMatchObject({ text: '•••', icon: '/icons/locked-16.png' });
  expect(world.browser.toolbar.title).not.toMatch(/\d/);
  expect(world.browser.session['popup-preview'] ?? null).toBeNull();
});

test('a toolbar that refuses keeps nothing out of history', async () => {
  world.browser.api.action.setTitle = () => Promise.reject(new Error('no toolbar'));
  world.answer = balance('99');
  await world.passMinutes(1).catch(() => undefined);
  expect((await world.samples()).map(({ cash }) => cash)).toEqual([98_018_600, 99_000_000]);
});

test('a poll without the host permission sends nothing, and does not count as an attempt', async () => {
  const before = attempt().attemptedAt;
  world.browser.granted.clear();
  await world.passMinutes(1);
  expect(world.browser.toolbar.icon).toBe('/icons/attention-16.png');
  expect(attempt().attemptedAt).toBe(before);
  world.browser.granted.add('https://external-api.kalshi.com/*');
  await world.browser.events.added.emit({});
  expect(world.requests).toHaveLength(2);
});

test('a poll whose attempt cannot be recorded sends nothing', async () => {
  const { session } = world.browser.api.storage;
  const { set } = session;
  session.set = async (items) => {
    if (`attempt/${accountId}` in items) throw new Error('no memory');
    return set(items);
  };
  await world.passMinutes(1);
  expect(world.requests).toHaveLength(1);
  expect(world.data().snapshot.outcome).toEqual({ kind: 'storage-failed' });
  session.set = set;
  await world.passMinutes(1);
  expect(world.browser.toolbar.icon).toBe('/icons/live-16.png');
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
