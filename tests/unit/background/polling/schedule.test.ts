// When accounts are polled.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { english } from '../../../fakes/english.ts';
import { type BackgroundHarness, balance, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('polls less often while the user is away, and at once when they return, if they chose that', async () => {
  await connected();
  await harness.command('settings/change', { restWhenAway: true });
  harness.browser.presence = 'idle';
  for (let minute = 0; minute < 60; minute++) await harness.passMinutes(1);
  expect(harness.requests.length - 1).toBe(4);
  harness.browser.presence = 'active';
  harness.answer = balance('97');
  harness.now += 60_000;
  await harness.browser.events.presence.emit('active');
  expect(harness.browser.toolbar.text).toBe('97');
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  expect(harness.requests.length - 1).toBe(15);
});

test('polls at the normal period while the user is away, if they did not choose otherwise', async () => {
  await connected();
  harness.browser.presence = 'locked';
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  expect(harness.requests.length - 1).toBe(10);
});

test('sends one poll after a long sleep, and records the gap', async () => {
  await connected();
  await harness.passMinutes(9 * 60);
  expect(harness.requests).toHaveLength(2);
  expect((await harness.samples()).map(({ gap }) => gap)).toEqual([true, true]);
  await harness.passMinutes(1);
  expect((await harness.samples()).map(({ gap }) => gap)).toEqual([true, true, false]);
});

test('restores a missing alarm, and keeps a correct one', async () => {
  await connected();
  const alarm = harness.browser.alarmsSet.get('poll');
  await harness.wake();
  await harness.command('settings/change', {}); // after the start, and it sets the alarm too
  expect(harness.browser.alarmsSet.get('poll')).toBe(alarm);
  harness.browser.alarmsSet.clear();
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 }));
});

test('sets the alarm to the period of the settings', async () => {
  await connected();
  expect(await harness.command('settings/change', { periodSeconds: 30 })).toEqual({ ok: true, value: null });
  expect(harness.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 0.5 });
});

test('away with a period longer than the resting one: the longer one stays', async () => {
  await connected();
  await harness.command('settings/change', { restWhenAway: true, periodSeconds: 1800 });
  harness.browser.presence = 'idle';
  for (let minute = 0; minute < 60; minute++) await harness.passMinutes(1);
  expect(harness.requests.length - 1).toBe(2);
});

test('without an account, the alarm is removed', async () => {
  const accountId = await connected();
  await harness.command('account/forget', { accountId });
  expect(harness.browser.alarmsSet.size).toBe(0);
  harness.browser.alarmsSet.set('poll', { name: 'poll', periodInMinutes: 1 });
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.alarmsSet.size).toBe(0));
});

test('accounts that cannot be read keep their alarm, and the toolbar says so at each', async () => {
  await connected();
  const alarm = harness.browser.alarmsSet.get('poll');
  harness.browser.local.accounts = { v: 99, data: [] };
  await harness.wake();
  await harness.passMinutes(1);
  expect(harness.browser.alarmsSet.get('poll')).toBe(alarm);
  expect(harness.browser.toolbar.icon).toBe('/icons/attention-16.png');
});

test('an alarm with another period is replaced at the next start', async () => {
  await connected();
  harness.browser.alarmsSet.set('poll', { name: 'poll', periodInMinutes: 7 });
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 }));
});

test('a toolbar write that fails in a poll is repeated after it', async () => {
  await connected();
  const { action } = harness.browser.api;
  const { setBadgeText } = action;
  let failed = false;
  action.setBadgeText = async (details) => {
    if (details.text === '250' && !failed) {
      failed = true;
      throw new Error('the browser refuses it');
    }
    return setBadgeText(details);
  };
  harness.answer = balance('250');
  await harness.passMinutes(1);
  expect(failed).toBe(true);
  expect(harness.browser.toolbar.text).toBe('250');
});

test('the clock was set back: the figure is outdated, what helps is said, and every other event polls', async () => {
  await connected();
  harness.browser.alarmsSet.set('poll', {
    name: 'poll',
    periodInMinutes: 1,
    scheduledTime: harness.now + 60_000,
  } as never);
  harness.now -= 5 * 3_600_000;
  const before = harness.requests.length;
  harness.answer = () => Promise.reject(new TypeError('offline'));
  await harness.wake();
  await vi.waitFor(() => expect(harness.requests.length).toBeGreaterThan(before));
  await vi.waitFor(() => expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png'));
  expect(harness.browser.toolbar.title).toContain(english.message('clockSetBack'));
  harness.answer = balance('97');
  harness.now += 60_000;
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('97'));
});
