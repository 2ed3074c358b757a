// Stored data that cannot be read.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const expectUnreadable = () =>
  vi.waitFor(() =>
    expect(harness.browser.toolbar).toMatchObject({
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
  const good = structuredClone(harness.browser.local);
  harness.browser.local.accounts = spoil(good.accounts as { data: unknown });
  const spoilt = structuredClone(harness.browser.local);
  harness.browser.restart();
  await harness.wake();
  await harness.browser.events.startup.emit();
  await expectUnreadable();
  for (const [command, params] of [
    ['key/save', save],
    ['account/forget', { accountId }],
    ['pair/create', { environment: 'production', keyType: 'RSA' }],
    ['settings/change', { periodSeconds: 30 }],
  ] as const) {
    expect(await harness.command(command, params)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
  }
  await harness.passMinutes(60);
  expect(harness.browser.local).toEqual(spoilt);
  expect(await harness.keys()).toHaveLength(1);
  expect(harness.requests).toHaveLength(1);

  harness.browser.local = good; // the damage is undone
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('98'));
});

test('a failed read is shown, and repeated until it succeeds', async () => {
  await connected();
  harness.browser.readError = new Error('An unexpected error occurred');
  await harness.passMinutes(1); // the worker has already read it
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
  await harness.wake();
  await expectUnreadable();
  await harness.passMinutes(1);
  await expectUnreadable();
  expect(harness.browser.alarmsSet.size).toBe(1);
  harness.browser.readError = undefined;
  await harness.passMinutes(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
});

test('a damaged record costs the stored balance, not the account', async () => {
  const accountId = await connected();
  const data = { ...harness.data(accountId), snapshot: { figures: { cash: 1.5 } } };
  harness.browser.local[`account/${accountId}`] = { v: 1, data };
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('…'));
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('98');
});
