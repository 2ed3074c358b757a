// The popup preview: written with the badge, in memory only, and deleted with whatever hides the amount.
import { expect, test } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, balance, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect({ ...saving(pem), passphrase: 'four words or more' });
});

const frame = () => harness.browser.session['popup-preview'];

test('follows the badge', async () => {
  expect(frame()).toMatchObject({ label: 'Total', amount: ['$99', '.99'], fresh: 'live' });
  harness.answer = balance('1000');
  await harness.passMinutes(1);
  expect(frame()).toMatchObject({ amount: ['$1,001', '.98'] });
});

test('is not in local storage', () => {
  expect(JSON.stringify(harness.browser.local)).not.toContain('$');
});

test('shows dots while amounts are hidden', async () => {
  await harness.command('settings/change', { hideAmounts: true });
  expect(frame()).toMatchObject({ amount: ['•••', ''] });
  await harness.command('settings/change', { hideAmounts: false });
  expect(frame()).toMatchObject({ amount: ['$99', '.99'] });
});

test('lock deletes it together with the secret', async () => {
  const left: Record<string, unknown>[] = [];
  harness.browser.events.stored.addListener(() => void left.push({ ...harness.browser.session }));
  await harness.command('account/lock', { accountId });
  expect(frame()).toBeUndefined();
  const [first] = left.filter(({ unlocked }) => !(accountId in (unlocked as object)));
  expect(first?.['popup-preview']).toBeNull();
});

test('forget deletes it', async () => {
  await harness.command('account/forget', { accountId });
  expect(frame()).toBeUndefined();
});

test('a browser restart deletes it until the account is unlocked', async () => {
  harness.browser.restart();
  await harness.wake();
  await harness.browser.events.startup.emit();
  expect(frame()).toBeUndefined();
});

test('a failed write deletes the old one', async () => {
  const { session } = harness.browser.api.storage;
  const set = session.set;
  session.set = (items: Record<string, unknown>) =>
    'popup-preview' in items ? Promise.reject(new Error('full')) : set(items);
  await harness.wake();
  harness.answer = balance('1000');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('1.0k');
  expect(frame()).toBeUndefined();
});
