// The popup's first frame: painted along with the badge, in memory only, and gone with whatever hides the amount.
import { expect, test } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, balance, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');

let world: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  world = entered;
  accountId = await world.connect({ ...saving(pem), passphrase: 'four words or more' });
});

const frame = () => world.browser.session['popup-preview'];

test('it follows the badge', async () => {
  expect(frame()).toMatchObject({ label: 'Total', amount: ['$99', '.99'], fresh: 'live' });
  world.answer = balance('1000');
  await world.passMinutes(1);
  expect(frame()).toMatchObject({ amount: ['$1,001', '.98'] });
});

test('no digit of it is in the profile', () => {
  expect(JSON.stringify(world.browser.local)).not.toContain('$');
});

test('hidden: dots; shown again: the amount', async () => {
  await world.command('settings/change', { hideAmounts: true });
  expect(frame()).toMatchObject({ amount: ['•••', ''] });
  await world.command('settings/change', { hideAmounts: false });
  expect(frame()).toMatchObject({ amount: ['$99', '.99'] });
});

test('locked: it goes along with the secret, before anything else is done', async () => {
  const left: Record<string, unknown>[] = [];
  world.browser.events.stored.addListener(() => void left.push({ ...world.browser.session }));
  await world.command('account/lock', { accountId });
  expect(frame()).toBeUndefined();
  const [first] = left.filter(({ unlocked }) => !(accountId in (unlocked as object)));
  expect(first?.['popup-preview']).toBeNull();
});

test('forgotten: gone', async () => {
  await world.command('account/forget', { accountId });
  expect(frame()).toBeUndefined();
});

test('the browser ended: gone, and not back before the passphrase', async () => {
  world.browser.restart();
  await world.wake();
  await world.browser.events.startup.emit();
  expect(frame()).toBeUndefined();
});

test('a browser that does not take the new one does not keep the old one', async () => {
  const { session } = world.browser.api.storage;
  const set = session.set;
  session.set = (items: Record<string, unknown>) =>
    'popup-preview' in items ? Promise.reject(new Error('full')) : set(items);
  await world.wake();
  world.answer = balance('1000');
  await world.passMinutes(1);
  expect(world.browser.toolbar.text).toBe('1.0k');
  expect(frame()).toBeUndefined();
});
