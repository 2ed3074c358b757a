// The popup of the shipped build: rendered from storage, following storage, and showing errors.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { TIMEOUT_MS } from '../../src/kalshi/client.ts';
import type { Fault } from '../exchange/faults.ts';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';

/** The amount beside a label. */
const figure = (popup: Page, label: string) =>
  popup.locator(`:is(dl, dl > div):has(> dt:text-is("${label}")) > dd`);

async function shows(popup: Page, figures: Record<string, string>): Promise<void> {
  for (const [label, amount] of Object.entries(figures)) {
    await expect.poll(() => figure(popup, label).textContent(), SOON).toBe(amount);
  }
}

test('links to the options page when no key is connected', async ({ scene }) => {
  await scene.page.close();
  const popup = await scene.chromium.open('popup');
  const options = scene.chromium.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Connect a key' }).click();
  expect((await options).url()).toContain('/src/pages/options/index.html');
});

testInOwnBrowser(
  'renders stored data without a worker or a response, and follows storage while open',
  async ({ scene }) => {
    const { member, key, keyId } = scene.newMember('Ed25519', {
      cash: '765.4025',
      positions: [{ ticker: 'A', contracts: 100, price: 50 }],
    });
    await scene.connect(keyId, key.pem);
    await scene.chromium.stopWorker(scene.page);
    scene.exchange.setFault({ kind: 'hang' });

    const { popup, done } = await scene.chromium.openPopup(scene.page);
    await shows(popup, { Total: '$815.40', Cash: '$765.40', Positions: '$50.00' });
    await popup.getByText(/^As of \d/).waitFor();
    expect(await popup.evaluate(() => innerWidth)).toBe(360);
    expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const before = scene.balances;

    scene.exchange.setFault();
    member.setCash('1000');
    await scene.passPeriod();
    await shows(popup, { Total: '$1,050.00', Cash: '$1,000.00' });
    expect(scene.balances).toBe(before + 1);
    await done();
    expect(scene.complaints).toEqual([]);
  },
);

test('Refresh polls at once', async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  member.setCash('3.50');
  await scene.forgetAttempts();
  await popup.getByRole('button', { name: 'Refresh' }).click();
  await shows(popup, { Cash: '$3.50' });
  scene.expectCleanJournal();
});

/** Failures that the browser's own network makes, and one that ends polling. The sentences of all are in outcome-message.test.ts. */
const FAULTS: [what: string, fault: Fault, sentence: keyof typeof messages, step: string][] = [
  ['no connection', { kind: 'drop' }, 'outcomeOffline', 'Try now'],
  ['cut off in the middle', { kind: 'truncate' }, 'outcomeOffline', 'Try now'],
  ['sent elsewhere', { kind: 'redirect', to: 'https://example.com/' }, 'outcomeOffline', 'Try now'],
  ['no answer', { kind: 'hang' }, 'outcomeTimeout', 'Try now'],
  ['50 MB', { kind: 'large', bytes: 50_000_000 }, 'outcomeBadReplyUnexpected', 'Try now'],
  [
    'key deleted',
    { kind: 'answer', status: 401, body: { error: { details: 'NOT_FOUND' } } },
    'outcomeKeyUnknown',
    'Replace key',
  ],
];

/** A request that is not answered ends after its time limit, on both hosts one after the other. */
const NOTICED_MS = 2 * TIMEOUT_MS + SOON.timeout;

describe('failures after the first balance: the message is shown and the balance stays', () => {
  test('every fault in turn', async ({ scene }) => {
    const { member, key, keyId } = scene.newMember('RSA PKCS#8');
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    for (const [what, fault, key, step] of FAULTS) {
      scene.exchange.setFault(fault);
      await scene.passPeriod();
      const [text = ''] = messages[key].message.split('$1');
      const alert = popup.getByRole('alert').filter({ hasText: text });
      await alert.waitFor({ timeout: NOTICED_MS });
      expect(await alert.getByRole('button', { name: step }).count(), what).toBe(1);
      await shows(popup, { Cash: '$98.01' });
      await popup.getByText(/^Not updated since/).waitFor();
      await scene.badgeBecomes('98');
      await scene.tooltipBecomes('Not updated since');
      // Polling has stopped until the user acts: Refresh, in the popup.
      scene.exchange.setFault();
      await scene.forgetAttempts();
      await popup.getByRole('button', { name: 'Refresh' }).click();
      await popup.getByText(/^As of/).waitFor();
    }
    member.setCash('1');
    await scene.passPeriod();
    await scene.badgeBecomes('1');
    expect(scene.exchange.strangers).not.toContain('example.com');
  });
});

test('storage full: shows the error, keeps the last balance, and recovers when there is space', async ({
  scene,
}) => {
  const { member, key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  await popup.getByText(/^As of/).waitFor();
  await scene.forgetAttempts();
  await scene.page.evaluate(async () => {
    // Up to the last byte of the extension's quota.
    const free = async () =>
      chrome.storage.local.QUOTA_BYTES - (await chrome.storage.local.getBytesInUse(null));
    await chrome.storage.local.set({ filler: 'x'.repeat((await free()) - '"filler"'.length - 4) });
    for (let index = 0; (await free()) > 12; index++)
      await chrome.storage.local.set({ [`f${index}`]: '' }).catch(() => undefined);
  });
  member.setCash('123456.789012');
  await popup.getByRole('button', { name: 'Refresh' }).click();
  await popup.getByRole('alert').filter({ hasText: messages.outcomeStorageFailed.message }).waitFor();
  await scene.tooltipBecomes(messages.briefStorageFailed.message);
  await shows(popup, { Cash: '$98.01' });
  await scene.badgeBecomes('98');
  await scene.page.evaluate(async () => {
    const names = Object.keys(await chrome.storage.local.get(null)).filter((name) =>
      /^f(iller|\d+)$/.test(name),
    );
    await chrome.storage.local.remove(names);
  });
  await scene.forgetAttempts();
  await popup.getByRole('alert').getByRole('button', { name: 'Try now' }).click();
  await shows(popup, { Cash: '$123,456.78' });
  await popup.getByText(/^As of/).waitFor();
});

test('unreadable storage: shown on every page, never overwritten, and Start over resets it', async ({
  scene,
}) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  await scene.page.evaluate(() => chrome.storage.local.set({ accounts: { v: 99, data: 'from the future' } }));
  for (const page of [popup, scene.page]) {
    await page.getByRole('alert').filter({ hasText: messages.problemUnreadable.message }).waitFor();
  }
  await scene.chromium.stopWorker(scene.page);
  await scene.fireAlarm();
  await scene.badgeBecomes('!');
  const { local, keys } = await scene.stored();
  expect(local.accounts).toEqual({ v: 99, data: 'from the future' });
  expect(keys).toHaveLength(1);
  scene.page.once('dialog', (dialog) => void dialog.accept());
  await scene.press('Start over');
  await scene.page.getByText(messages.startedOver.message).waitFor();
  expect(await scene.stored()).toEqual({ local: {}, keys: [] });
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('98');
});

test('copied diagnostics contain neither amounts nor the key ID', async ({ scene }) => {
  const { key, keyId } = scene.newMember('RSA PKCS#8', { cash: '98765.4321' });
  await scene.connect(keyId, key.pem);
  scene.exchange.setFault({ kind: 'answer', status: 502 });
  await scene.passPeriod();
  await scene.tooltipBecomes(messages.briefExchangeError.message);
  await scene.chromium.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await scene.section('Help');
  await scene.press('Copy diagnostics');
  await scene.page.getByText(messages.diagnosticsCopied.message).waitFor();
  const copied = await scene.page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({
    userAgent: expect.stringContaining('Chrome/'),
    accounts: [
      {
        keyType: 'RSA',
        lifetimes: expect.any(Number),
        outcomes: [expect.stringContaining('exchange-error 502')],
      },
    ],
  });
  expect(copied).not.toMatch(/98,?765|9876|4321/);
  expect(copied).not.toContain(keyId);
});

test('shows the host-permission error when access is revoked', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  await scene.chromium.setHostAccess(false);
  await popup.getByRole('alert').filter({ hasText: messages.outcomePermissionMissing.message }).waitFor();
  expect(await popup.getByRole('button', { name: 'Grant access' }).count()).toBe(1);
  await scene.tooltipBecomes('No permission to reach Kalshi');
  await scene.forgetAttempts();
  await scene.chromium.setHostAccess(true);
  await popup.getByText(/^As of/).waitFor();
  scene.expectCleanJournal();
});
