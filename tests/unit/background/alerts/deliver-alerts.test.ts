// Delivering alerts: several at once, of one of two accounts, and while the account is locked.
import { describe, expect, test } from 'vitest';
import type { AlertRules } from '../../../../src/domain/alerts/rules.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
const { pem } = makeKey('Ed25519');
const save = { ...saving(pem), passphrase: PASSPHRASE };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  harness.browser.granted.add('notifications');
  harness.answer = balance('80');
  accountId = await harness.connect(save);
});

const change = (rules: Partial<AlertRules>, id = accountId) =>
  harness.command('alerts/change', { accountId: id, rules });
const messages = () => harness.browser.notified.map(({ message }) => message);
const THREE = { cashAbove: 100_000_000, totalAbove: 100_000_000, changeAmount: 10_000_000 };

test('all that a poll decides is one notification, with a line for each', async () => {
  await change(THREE as Partial<AlertRules>);
  await harness.passMinutes(1);
  harness.answer = balance('120');
  await harness.passMinutes(1);
  expect(messages()).toHaveLength(1);
  expect(messages()[0]?.split('\n')).toHaveLength(3);
  expect(harness.data().alerts).toMatchObject({ notified: 3, nextId: 4 });
  expect(harness.browser.notified[0]?.id).toBe(`alerts ${accountId} 3`);
});

test('one of two accounts: its rules alone, and its name above', async () => {
  harness.now += 20_000;
  const other = await harness.connect({
    ...save,
    keyId: KEY_ID.replace('0', '1'),
    privateKey: makeKey('Ed25519').pem,
  });
  await harness.command('account/rename', { accountId: other, label: 'Second' });
  expect(await change({ cashAbove: 100_000_000 } as Partial<AlertRules>, other)).toEqual({
    ok: true,
    value: null,
  });
  await harness.passMinutes(1);
  harness.answer = balance('120');
  await harness.passMinutes(1);
  expect(harness.browser.notified).toMatchObject([
    { id: `alerts ${other} 1`, title: 'Second · Cash above $100.00' },
  ]);
  expect(harness.data(accountId)).not.toHaveProperty('alerts');
});

test('locked between the decision and the delivery: it is shown with the first poll after unlocking', async () => {
  await change({ cashAbove: 100_000_000 } as Partial<AlertRules>);
  await harness.passMinutes(1);
  harness.answer = balance('120');
  // The holdings are read after the balance was saved, and the alerts decided with it.
  harness.list = async (url) => {
    if (url.includes('/positions')) await harness.command('account/lock', { accountId });
    return new Response('{}', { status: 500 });
  };
  await harness.passMinutes(24 * 60);
  expect(harness.data().alerts?.recent.length).toBeGreaterThan(0);
  expect(messages()).toEqual([]);
  expect(harness.data().alerts?.notified).toBe(0);
  harness.list = () => new Response('{}', { status: 403 });
  await harness.command('account/unlock', { accountId, passphrase: PASSPHRASE });
  await harness.passMinutes(1);
  expect(messages()).toEqual(['Now $120.00']);
});

describe.each([
  ['lock', () => harness.command('account/lock', { accountId })],
  ['screen lock', () => harness.browser.events.presence.emit('locked')],
  ['hide', () => harness.command('settings/change', { hideAmounts: true })],
  ['hide by the shortcut', () => harness.browser.events.shortcut.emit('hide-amounts')],
  ['forget', () => harness.command('account/forget', { accountId })],
] as const)('%s', (what, act) => {
  const withAmount = (texts: { message: string }[]) => texts.filter(({ message }) => message.includes('$'));

  test.each(['notifications.getAll', 'permissions.contains'])(
    'while %s is awaited: no notification with an amount follows',
    async (call) => {
      await change(THREE as Partial<AlertRules>);
      await harness.passMinutes(1);
      harness.answer = balance('120');
      const [namespace, name] = call.split('.') as ['notifications', 'getAll'];
      const api = harness.browser.api[namespace];
      const original = api[name] as (...params: never[]) => Promise<never>;
      let isDone = false;
      api[name] = (async (...params: never[]) => {
        const isLast = name === 'getAll' || JSON.stringify(params).includes('notifications');
        if (isLast && !isDone) {
          isDone = true;
          await act();
        }
        return original(...params);
      }) as never;
      await harness.passMinutes(1);
      expect(isDone).toBe(true);
      expect(withAmount(harness.browser.notified)).toEqual([]);
    },
  );

  test('what is on the screen is removed', async () => {
    await change(THREE as Partial<AlertRules>);
    await harness.passMinutes(1);
    harness.answer = balance('120');
    await harness.passMinutes(1);
    expect(harness.browser.notifications.size).toBe(1);
    await act();
    expect(harness.browser.notifications.size, what).toBe(0);
  });
});

test('rules that are changed while a notification is shown stay', async () => {
  await change(THREE as Partial<AlertRules>);
  await harness.passMinutes(1);
  harness.answer = balance('120');
  const { notifications } = harness.browser.api;
  const { create } = notifications;
  notifications.create = async (...params) => {
    await change({ fill: true });
    return create(...params);
  };
  await harness.passMinutes(1);
  expect(harness.data().alerts).toMatchObject({ notified: 3, rules: { fill: true } });
});
