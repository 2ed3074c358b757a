// When accounts are polled.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

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

test.each([
  ['production', 'https://external-api.kalshi.com/'],
  ['demo', 'https://external-api.demo.kalshi.co/'],
])(
  'over a day, a %s key goes to its own host, at its own pace, and nowhere else',
  async (environment, host) => {
    harness.browser.granted.add('https://external-api.demo.kalshi.co/*');
    const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) =>
      vi.spyOn(console, level as 'log'),
    );
    await harness.browser.events.installed.emit({ reason: 'install' });
    await harness.command('key/save', { ...save, environment });
    for (let minute = 0; minute < 24 * 60; minute++) await harness.passMinutes(1);
    expect(harness.requests).toHaveLength(1 + 24 * 60);
    expect(harness.requests.every((url) => url.startsWith(host))).toBe(true);
    expect(harness.scopeRequests).toBeLessThanOrEqual(2);
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
    expect(JSON.stringify(harness.browser.toolbar)).not.toContain(KEY_ID.slice(0, 8));
  },
);

test('restores a missing alarm, and keeps a correct one', async () => {
  await connected();
  const alarm = harness.browser.alarmsSet.get('poll');
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('98'));
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
