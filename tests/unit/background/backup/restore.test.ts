// Restoring several accounts, and alerts and results of both sides.
import { describe, expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import {
  BackgroundHarness,
  KEY_ID,
  keysResponse,
  OTHER_KEY_ID,
  START,
  saving,
  withBackground,
} from '../background-harness.ts';
import { createBackup, edited, restoreBackup } from './backup-files.ts';

const { pem } = makeKey('Ed25519');
const PASSPHRASE = 'a canary in four words';
const save = saving(pem);
const second = { ...save, keyId: OTHER_KEY_ID, privateKey: makeKey('Ed25519').pem };

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const backUp = (passphrase?: string) => createBackup(harness, passphrase);
const restore = (text: string, passphrase?: string) => restoreBackup(harness, text, passphrase);
const otherBrowser = async () => {
  harness = new BackgroundHarness();
  await harness.wake();
};
const accounts = () => (harness.browser.local.accounts as { data: { id: string; moneyId: string }[] }).data;

describe('two accounts', () => {
  const connectBoth = async () => {
    const first = await harness.connect({ ...save, passphrase: PASSPHRASE });
    harness.now += 20_000;
    const other = await harness.connect(second);
    return { first, other };
  };
  const LOCKED = { ok: false, problem: { kind: 'backup', fault: 'locked' } };

  test('locked at the end of the making: no backup', async () => {
    const { first } = await connectBoth();
    const { subtle } = crypto;
    const digest = subtle.digest.bind(subtle);
    subtle.digest = async (...args) => {
      subtle.digest = digest;
      await harness.command('account/lock', { accountId: first });
      return digest(...args);
    };
    expect(await harness.command('backup/create', {})).toEqual(LOCKED);
  });

  test('each history comes back to its own account', async () => {
    const { first, other } = await connectBoth();
    for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
    await harness.command('history/delete', { accountId: other });
    const samples = await harness.samples(first);
    const text = await backUp();
    await otherBrowser();
    expect(await restore(text)).toMatchObject({ ok: true, value: { accounts: 2 } });
    expect(await harness.samples(first)).toEqual(samples);
    expect(await harness.samples(other)).toEqual([]);
  });

  test('of one member: they stay known as the same money, also beside an account that is here', async () => {
    harness.scopes = () =>
      new Response(
        JSON.stringify({
          api_keys: [KEY_ID, OTHER_KEY_ID].map((api_key_id) => ({ api_key_id, scopes: ['read'] })),
        }),
      );
    await harness.connect(save);
    harness.now += 20_000;
    await harness.connect(second);
    const text = await backUp();
    await otherBrowser();
    harness.scopes = keysResponse(['read']);
    const here = await harness.connect(save);
    expect(await restore(text)).toMatchObject({ ok: true, value: { accounts: 1 } });
    expect(accounts()).toHaveLength(2);
    expect(accounts()[0]?.id).toBe(here);
    expect(accounts()[1]?.moneyId).toBe(accounts()[0]?.moneyId);
  });
});

test('an account without records comes back without a balance', async () => {
  const accountId = await harness.connect(save);
  const text = edited(await backUp(), (content: { records: object }) => {
    content.records = {};
  });
  await otherBrowser();
  expect(await restore(text)).toEqual({ ok: true, value: { accounts: 1, balances: 0 } });
  expect(accounts()).toMatchObject([{ id: accountId }]);
  expect(await harness.samples(accountId)).toEqual([]);
});

test('two accounts that are here under other ids: each gets its own balances', async () => {
  await harness.connect(save);
  harness.now += 20_000;
  harness.answer = () => new Response('{"balance_dollars":"5","portfolio_value":0}');
  await harness.connect(second);
  harness.answer = () => new Response('{"balance_dollars":"7","portfolio_value":0}');
  const text = await backUp();
  const before = harness.now;
  await otherBrowser();
  harness.now = before + 3_600_000;
  const first = await harness.connect(save);
  harness.now += 20_000;
  const other = await harness.connect(second);
  expect(await restore(text)).toEqual({ ok: true, value: { accounts: 0, balances: 2 } });
  const cash = async (id: string) => (await harness.samples(id)).map((sample) => sample.cash / 1e6);
  expect((await cash(first))[0]).toBe(98.0186);
  expect((await cash(other))[0]).toBe(5);
});

test('restored results are read to their end again; without any, they are as if never read', async () => {
  const member = new Member({
    cash: '9',
    positions: [{ ticker: 'A', contracts: 1, price: 50, changedAt: START }],
  });
  harness.answerAs(member);
  await harness.connect(save);
  const without = await backUp();
  for (let polls = 0; polls < 12; polls++) await harness.passMinutes(1);
  expect(harness.data().results).toMatchObject({ kind: 'done' });
  const text = await backUp();
  await otherBrowser();
  await restore(without);
  expect(harness.data().results).toBeNull();
  await otherBrowser();
  await restore(text);
  expect(harness.data().results).toMatchObject({ kind: 'reading' });
  await otherBrowser();
  await harness.connect(save);
  await restore(text);
  expect(harness.data().results).toMatchObject({ kind: 'reading' });
});

describe('alerts', () => {
  const rulesOf = (rules: object) => async (accountId: string) =>
    harness.command('alerts/change', { accountId, rules });

  test('rules that are here stay; without any, those of the backup are taken', async () => {
    await rulesOf({ payout: true })(await harness.connect(save));
    const text = await backUp();
    await otherBrowser();
    const here = await harness.connect(save);
    await rulesOf({ fill: true })(here);
    await restore(text);
    expect(harness.data().alerts?.rules).toMatchObject({ payout: false, fill: true });
    await rulesOf({ fill: false })(here);
    await restore(text);
    expect(harness.data().alerts?.rules).toMatchObject({ payout: true, fill: false });
  });

  test('a backup without rules takes none away', async () => {
    await harness.connect(save);
    const text = await backUp();
    await otherBrowser();
    await rulesOf({ fill: true })(await harness.connect(save));
    await restore(text);
    expect(harness.data().alerts?.rules).toMatchObject({ fill: true });
  });

  test('an alert of the backup is listed, and not announced again', async () => {
    harness.browser.granted.add('notifications');
    const accountId = await harness.connect(save);
    await rulesOf({ cashAbove: 99_000_000 })(accountId);
    await harness.passMinutes(1);
    harness.answer = () => new Response('{"balance_dollars":"120","portfolio_value":0}');
    await harness.passMinutes(1);
    expect(harness.browser.notified).toHaveLength(1);
    const text = await backUp();
    await otherBrowser();
    harness.browser.granted.add('notifications');
    await restore(text);
    expect(harness.data().alerts).toMatchObject({ recent: [{ id: 1 }], notified: 1, nextId: 2, memory: {} });
    await harness.passMinutes(1);
    expect(harness.browser.notified).toEqual([]);
  });
});

test('settings that cannot be read here are not replaced', async () => {
  await harness.connect(save);
  await harness.command('settings/change', { badgeFigure: 'total' });
  const text = await backUp();
  await otherBrowser();
  const unreadable = { v: 99, data: {} };
  harness.browser.local.settings = unreadable;
  await harness.wake();
  await restore(text);
  expect(harness.browser.local.settings).toEqual(unreadable);
});
