// Locking while the user is away, where settings or accounts cannot be read, and the idle time that is watched for.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: 'four words or more' };

let harness: BackgroundHarness;
withBackground(async (entered) => {
  harness = entered;
  await harness.connect(save);
});

const unlocked = () => Object.keys((harness.browser.session.unlocked as object | undefined) ?? {});
const settingsSay = async (lockAfterMinutes: number) => {
  await harness.command('settings/change', { lockAfterMinutes });
  await harness.wake();
};

test.each([
  [0, 300],
  [15, 900],
])('with %i minutes chosen, watches for %i seconds', async (minutes, seconds) => {
  await settingsSay(minutes);
  await vi.waitFor(() => expect(harness.browser.idleAfter).toBe(seconds));
});

test.each([
  ['settings', { settings: { v: 99, data: {} } }],
  ['accounts', { accounts: { v: 99, data: [] } }],
])('unreadable %s: locks when the user is idle, whatever they chose', async (_, unreadable) => {
  Object.assign(harness.browser.local, unreadable);
  await harness.wake();
  await harness.browser.events.presence.emit('idle');
  expect(unlocked()).toEqual([]);
});

test('unreadable accounts: the background starts with the usual idle time', async () => {
  await settingsSay(15);
  harness.browser.local.accounts = { v: 99, data: [] };
  harness.browser.idleAfter = 0;
  await harness.wake();
  await harness.command('account/lock', { accountId: 'any' });
  expect(harness.browser.idleAfter).toBe(300);
});

test('without the permission, the background works and listens to nothing', async () => {
  const { api, events } = harness.browser;
  const { idle } = api;
  Object.assign(api, { idle: undefined });
  await harness.wake();
  expect(events.presence.listeners.size).toBe(0);
  harness.answer = balance('77');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('77');
  Object.assign(api, { idle });
});

test('polls at once when the user returns', async () => {
  const before = harness.requests.length;
  harness.now += 60_000;
  await harness.browser.events.presence.emit('active');
  expect(harness.requests).toHaveLength(before + 1);
});

describe('Firefox, which does not report a locked screen', () => {
  const lockScreen = async (settings: object) => {
    await harness.command('settings/change', settings);
    harness.browser.kind = 'firefox';
    await harness.wake();
    await harness.browser.lockScreen();
  };

  test('the screen lock that was chosen becomes five minutes', async () => {
    await lockScreen({ lockAfterMinutes: 0 });
    expect(harness.browser.idleAfter).toBe(300);
    expect(unlocked()).toEqual([]);
  });

  test('a chosen time is watched for', async () => {
    await lockScreen({ lockAfterMinutes: 15 });
    await vi.waitFor(() => expect(harness.browser.idleAfter).toBe(900));
    expect(unlocked()).toEqual([]);
  });

  test('where the permission was granted to poll less while away, idle time locks nothing', async () => {
    await lockScreen({ restWhenAway: true });
    expect(unlocked()).toHaveLength(1);
  });
});

test('Chromium: idle time locks nothing if only the screen lock was chosen', async () => {
  await harness.browser.events.presence.emit('idle');
  expect(unlocked()).toHaveLength(1);
  await harness.browser.lockScreen();
  expect(unlocked()).toEqual([]);
});
