// Several accounts in the shipped build: added, named, summed on the badge, switched in the popup.
import { expect } from 'vitest';
import { testInOwnBrowser } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';

testInOwnBrowser('a second account, the sum of both, and switching in the popup', async ({ scene }) => {
  const main = scene.newMember('Ed25519', { cash: '100' });
  const bot = scene.newMember('RSA PKCS#1', {
    cash: '2000',
    positions: [{ ticker: 'A', contracts: 10, price: 50 }],
  });
  await scene.connect(main.keyId, main.key.pem);
  await scene.press('Add account');
  await scene.connect(bot.keyId, bot.key.pem);
  await scene.badgeBecomes('100');
  const labels = scene.page.getByRole('textbox', { name: 'Label' });
  await labels.nth(0).fill('Main');
  await labels.nth(1).fill('Bot');
  await labels.nth(1).blur();
  await scene.section('Badge');
  await scene.page.getByRole('radio', { name: 'Bot' }).check();
  await scene.badgeBecomes('2.0k');
  await scene.tooltipBecomes(/^Bot\n/);
  await scene.page.getByRole('radio', { name: 'All accounts' }).check();
  await scene.badgeBecomes('2.1k');
  await scene.tooltipBecomes('Total $2,105.00');

  const { popup, done } = await scene.chromium.openPopup(scene.page);
  await popup.getByRole('combobox', { name: 'Account' }).waitFor();
  const total = popup.locator('.hero dd');
  await expect.poll(() => total.textContent(), SOON).toBe('$2,105.00');
  await popup.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Main' });
  await expect.poll(() => total.textContent(), SOON).toBe('$100.00');
  main.member.setCash('110');
  await scene.forgetAttempts();
  await popup.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => total.textContent(), SOON).toBe('$110.00');
  await done();
  await scene.badgeBecomes('2.1k');
  scene.expectCleanJournal();
  expect(scene.complaints).toEqual([]);
});
