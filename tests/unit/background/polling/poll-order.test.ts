// The steps of a poll, their order, and events between them.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: 'four words or more' };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const attempt = () => harness.browser.session[`attempt/${accountId}`] as { attemptedAt: number };

test('a poll: attempt, key, request, record, toolbar, history, in this order', async () => {
  await harness.passMinutes(1); // holdings are refreshed with the first poll
  const steps: string[] = [];
  harness.lifetime.onStep = (name) => {
    steps.push(name);
  };
  harness.answer = balance('99');
  await harness.passMinutes(1);
  harness.lifetime.onStep = () => undefined;
  const { session, local } = { session: 'storage.session.set', local: 'storage.local.set' };
  const order = ['sign', 'fetch', local, 'indexedDB.open', 'action.setBadgeText', 'action.setTitle'];
  expect(steps.indexOf(session)).toBeLessThan(steps.indexOf('sign'));
  const positions = order.map((name) => steps.lastIndexOf(name));
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
  expect(positions).not.toContain(-1);
  expect(steps.filter((name) => name === local)).toHaveLength(1);
  // The wrapped key, and nothing of the state.
  expect(steps.filter((name) => name === 'storage.local.get')).toHaveLength(1);
  expect(steps.filter((name) => name === 'locks.request')).toHaveLength(0);
});

test('a worker reads the state once, however many events it handles; polls read the wrapped key', async () => {
  const { local } = harness.browser.api.storage;
  const { get } = local;
  const reads: unknown[] = [];
  local.get = async (keys) => {
    reads.push(keys);
    return get(keys);
  };
  await harness.wake();
  await Promise.all([harness.passMinutes(1), harness.command('settings/change', { periodSeconds: 30 })]);
  await harness.command('account/refresh', { accountId });
  expect(reads.filter((keys) => !String(keys).startsWith('key/'))).toEqual([null]);
});

test('renders the toolbar at start even if the event does not', async () => {
  harness.now += 3_600_000;
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png'));
});

test('an old balance is marked outdated while the exchange hangs', async () => {
  harness.answer = () => new Promise(() => undefined);
  await harness.wake();
  void harness.passMinutes(60);
  await vi.waitFor(() => expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png'), {
    timeout: 4_000,
  });
  await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
});

test('locked during the write of a response: no amount is restored', async () => {
  const { local } = harness.browser.api.storage;
  const set = local.set;
  local.set = async (items) => {
    await set(items);
    if (`account/${accountId}` in items) await harness.command('account/lock', { accountId });
  };
  harness.answer = balance('99');
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(2);
  expect(harness.browser.toolbar).toMatchObject({ text: '•••', icon: '/icons/locked-16.png' });
  expect(harness.browser.toolbar.title).not.toMatch(/\d/);
  expect(harness.browser.session['popup-preview'] ?? null).toBeNull();
});

test('a failing toolbar does not stop the history', async () => {
  harness.browser.api.action.setTitle = () => Promise.reject(new Error('no toolbar'));
  harness.answer = balance('99');
  await harness.passMinutes(1).catch(() => undefined);
  expect((await harness.samples()).map(({ cash }) => cash)).toEqual([98_018_600, 99_000_000]);
});

test('a poll without the host permission sends nothing, and does not count as an attempt', async () => {
  const before = attempt().attemptedAt;
  harness.browser.granted.clear();
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.icon).toBe('/icons/attention-16.png');
  expect(attempt().attemptedAt).toBe(before);
  harness.browser.granted.add('https://external-api.kalshi.com/*');
  await harness.browser.events.added.emit({});
  expect(harness.requests).toHaveLength(2);
});

test('forget ends a request while the exchange hangs', async () => {
  harness.now += 60_000;
  let signal: AbortSignal | null | undefined;
  harness.answer = (init) => {
    signal = init.signal;
    return new Promise(() => undefined);
  };
  const refreshed = harness.command('account/refresh', { accountId });
  await vi.waitFor(() => expect(harness.requests).toHaveLength(2));
  await harness.command('account/forget', { accountId });
  expect(signal?.aborted).toBe(true);
  await refreshed;
  expect(harness.browser.toolbar.text).toBe('');
  expect(harness.stored()).toEqual(['accounts']);
});

test('an icon that the browser rejected is set again', async () => {
  const { action } = harness.browser.api;
  const setIcon = action.setIcon;
  action.setIcon = async (icon) => {
    await setIcon(icon);
    throw new Error('one size too few');
  };
  harness.answer = () => {
    throw new TypeError('no network');
  };
  await harness.passMinutes(1).catch(() => undefined);
  expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png');
  action.setIcon = setIcon;
  harness.answer = balance('99');
  await harness.passMinutes(5);
  expect(harness.browser.toolbar).toMatchObject({ text: '99', icon: '/icons/live-16.png' });
});
