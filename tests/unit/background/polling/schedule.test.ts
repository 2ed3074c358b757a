// When accounts are polled.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('polls less often while the user is away, and at once when they return, if they chose that', async () => {
  await connected();
  await world.command('settings/change', { restWhenAway: true });
  world.browser.presence = 'idle';
  for (let minute = 0; minute < 60; minute++) await world.passMinutes(1);
  expect(world.requests.length - 1).toBe(4);
  world.browser.presence = 'active';
  world.answer = balance('97');
  world.now += 60_000;
  await world.browser.events.presence.emit('active');
  expect(world.browser.toolbar.text).toBe('97');
  for (let minute = 0; minute < 10; minute++) await world.passMinutes(1);
  expect(world.requests.length - 1).toBe(15);
});

test('polls at the normal period while the user is away, if they did not choose otherwise', async () => {
  await connected();
  world.browser.presence = 'locked';
  for (let minute = 0; minute < 10; minute++) await world.passMinutes(1);
  expect(world.requests.length - 1).toBe(10);
});

test('sends one poll after a long sleep, and records the gap', async () => {
  await connected();
  await world.passMinutes(9 * 60);
  expect(world.requests).toHaveLength(2);
  expect((await world.samples()).map(({ gap }) => gap)).toEqual([true, true]);
  await world.passMinutes(1);
  expect((await world.samples()).map(({ gap }) => gap)).toEqual([true, true, false]);
});

test.each([
  ['production', 'https://external-api.kalshi.com/'],
  ['demo', 'https://external-api.demo.kalshi.co/'],
])(
  'over a day, a %s key goes to its own host, at its own pace, and nowhere else',
  async (environment, host) => {
    world.browser.granted.add('https://external-api.demo.kalshi.co/*');
    const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) =>
      vi.spyOn(console, level as 'log'),
    );
    await world.browser.events.installed.emit({ reason: 'install' });
    await world.command('key/save', { ...save, environment });
    for (let minute = 0; minute < 24 * 60; minute++) await world.passMinutes(1);
    expect(world.requests).toHaveLength(1 + 24 * 60);
    expect(world.requests.every((url) => url.startsWith(host))).toBe(true);
    expect(world.scopeRequests).toBeLessThanOrEqual(2);
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
    expect(JSON.stringify(world.browser.toolbar)).not.toContain(KEY_ID.slice(0, 8));
  },
);

test('restores a missing alarm, and keeps a correct one', async () => {
  await connected();
  const alarm = world.browser.alarmsSet.get('poll');
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('98'));
  expect(world.browser.alarmsSet.get('poll')).toBe(alarm);
  world.browser.alarmsSet.clear();
  await world.wake();
  await vi.waitFor(() => expect(world.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 }));
});

test('sets the alarm to the period of the settings', async () => {
  await connected();
  expect(await world.command('settings/change', { periodSeconds: 30 })).toEqual({ ok: true, value: null });
  expect(world.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 0.5 });
});
