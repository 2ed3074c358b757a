// The popup of the shipped build: first from what is stored, then along with it, and plain about what went wrong.
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { Fault } from '../exchange/faults.ts';
import { SOON, test } from './scene.ts';

/** The amount beside a label. */
const figure = (popup: Page, label: string) =>
  popup.locator(`:is(dl, dl > div):has(> dt:text-is("${label}")) > dd`);

async function shows(popup: Page, figures: Record<string, string>): Promise<void> {
  for (const [label, amount] of Object.entries(figures)) {
    await expect.poll(() => figure(popup, label).textContent(), SOON).toBe(amount);
  }
}

test('before a key is connected, it leads to the options page', async ({ scene }) => {
  await scene.page.close();
  const popup = await scene.chromium.open('popup');
  const options = scene.chromium.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Connect a key' }).click();
  expect((await options).url()).toContain('/src/options/index.html');
});

test('paints from storage with no worker and no answer, and follows storage while open', async ({
  scene,
}) => {
  const { member, key, keyId } = scene.newMember('Ed25519', {
    cash: '765.4025',
    positions: [{ ticker: 'A', contracts: 100, price: 50 }],
  });
  await scene.connect(keyId, key.pem);
  await scene.chromium.stopWorker(scene.page);
  scene.exchange.misbehave({ kind: 'hang' });

  const { popup, done } = await scene.chromium.openPopup(scene.page);
  await shows(popup, { Total: '$815.40', Cash: '$765.40', Positions: '$50.00' });
  await popup.getByText(/^As of \d/).waitFor();
  expect(await popup.evaluate(() => innerWidth)).toBe(360);
  expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const before = scene.exchange.journal.length;

  scene.exchange.misbehave();
  member.setCash('1000');
  await scene.passPeriod();
  await shows(popup, { Total: '$1,050.00', Cash: '$1,000.00' });
  expect(scene.exchange.journal.length).toBe(before + 1);
  await done();
  expect(scene.complaints).toEqual([]);
});

test('Refresh asks at once', async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  await scene.forgetPace();
  member.setCash('3.50');
  await popup.getByRole('button', { name: 'Refresh' }).click();
  await shows(popup, { Cash: '$3.50' });
  scene.expectCleanJournal();
});

const FAULTS: [what: string, fault: Fault, sentence: keyof typeof messages, step: string | undefined][] = [
  ['no connection', { kind: 'drop' }, 'outcomeOffline', 'Try now'],
  ['cut off in the middle', { kind: 'truncate' }, 'outcomeOffline', 'Try now'],
  ['sent elsewhere', { kind: 'redirect', to: 'https://example.com/' }, 'outcomeOffline', 'Try now'],
  ['captive portal', { kind: 'html' }, 'outcomeBadReply', 'Try now'],
  [
    'busy',
    { kind: 'answer', status: 429, body: { error: 'too many requests' } },
    'outcomeRateLimited',
    'Try now',
  ],
  ['broken', { kind: 'answer', status: 500 }, 'outcomeExchangeError', 'Try now'],
  ['gone', { kind: 'answer', status: 404, body: '' }, 'outcomeBadReplyStatus', 'Try now'],
  [
    'key deleted',
    { kind: 'answer', status: 401, body: { error: { details: 'NOT_FOUND' } } },
    'outcomeKeyUnknown',
    'Replace key',
  ],
  [
    'scope taken away',
    { kind: 'answer', status: 403, body: { error: 'x' } },
    'outcomeScopeMissing',
    'Replace key',
  ],
  ['region refused', { kind: 'answer', status: 403, body: '' }, 'outcomeBlocked', 'Try now'],
];

describe('what goes wrong later is said, and the figure stays', () => {
  test('every fault, one after the other', async ({ scene }) => {
    const { member, key, keyId } = scene.newMember('RSA PKCS#8');
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    for (const [what, fault, key, step] of FAULTS) {
      scene.exchange.misbehave(fault);
      await scene.passPeriod();
      const [said = ''] = messages[key].message.split('$1');
      const alert = popup.getByRole('alert').filter({ hasText: said });
      await alert.waitFor();
      if (step) expect(await alert.getByRole('button', { name: step }).count(), what).toBe(1);
      await shows(popup, { Cash: '$98.01' });
      await popup.getByText(/^Not updated since/).waitFor();
      await scene.badgeBecomes('98');
      await scene.tooltipBecomes('Not updated since');
      // What stopped the polling needs someone to act: Refresh, in the popup.
      scene.exchange.misbehave();
      await scene.forgetPace();
      await popup.getByRole('button', { name: 'Refresh' }).click();
      await popup.getByText(/^As of/).waitFor();
    }
    member.setCash('1');
    await scene.passPeriod();
    await scene.badgeBecomes('1');
    expect(scene.exchange.strangers).not.toContain('example.com');
  });
});

test('access taken away is told as that', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const popup = await scene.chromium.open('popup');
  await scene.chromium.setHostAccess(false);
  await popup.getByRole('alert').filter({ hasText: messages.outcomePermissionMissing.message }).waitFor();
  expect(await popup.getByRole('button', { name: 'Grant access' }).count()).toBe(1);
  await scene.tooltipBecomes('keeps the extension from reaching Kalshi');
  await scene.forgetPace();
  await scene.chromium.setHostAccess(true);
  await popup.getByText(/^As of/).waitFor();
  scene.expectCleanJournal();
});
