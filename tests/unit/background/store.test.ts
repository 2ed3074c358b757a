// Stored data that cannot be read.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

const expectUnreadable = () =>
  vi.waitFor(() =>
    expect(world.browser.toolbar).toMatchObject({
      text: '!',
      icon: '/icons/attention-16.png',
      title: "Balance Badge\nStored data can't be read. Click for details.",
    }),
  );

test.each([
  ['of a newer version', (stored: { data: unknown }) => ({ ...stored, v: 99 })],
  ['of another shape', () => ({ v: 1, data: [{ id: 1 }] })],
  ['of no shape', () => ({ v: 1, data: 7 })],
  ['nothing', () => null],
  ['text', () => 'x'],
])('accounts %s: shows the error, and neither overwrites nor deletes anything', async (_, spoil) => {
  const accountId = await connected();
  const good = structuredClone(world.browser.local);
  world.browser.local.accounts = spoil(good.accounts as { data: unknown });
  const spoilt = structuredClone(world.browser.local);
  world.browser.restart();
  await world.wake();
  await world.browser.events.startup.emit();
  await expectUnreadable();
  for (const [command, params] of [
    ['key/save', save],
    ['account/forget', { accountId }],
    ['pair/create', { environment: 'production', keyType: 'RSA' }],
    ['settings/change', { periodSeconds: 30 }],
  ] as const) {
    expect(await world.command(command, params)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
  }
  await world.passMinutes(60);
  expect(world.browser.local).toEqual(spoilt);
  expect(await world.keys()).toHaveLength(1);
  expect(world.requests).toHaveLength(1);

  world.browser.local = good; // whatever it was has passed
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('98'));
});

test('a failed read is shown, and repeated until it succeeds', async () => {
  await connected();
  world.browser.readError = new Error('An unexpected error occurred');
  await world.passMinutes(1); // the worker has read it before
  expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
  await world.wake();
  await expectUnreadable();
  await world.passMinutes(1);
  await expectUnreadable();
  expect(world.browser.alarmsSet.size).toBe(1);
  world.browser.readError = undefined;
  await world.passMinutes(1);
  expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
});

test('a damaged record costs the stored balance, not the account', async () => {
  const accountId = await connected();
  const data = { ...world.data(accountId), snapshot: { figures: { cash: 1.5 } } };
  world.browser.local[`account/${accountId}`] = { v: 1, data };
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('…'));
  await world.passMinutes(1);
  expect(world.browser.toolbar.text).toBe('98');
});
