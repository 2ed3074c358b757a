// Alerts in the shipped build: switched on with a click, delivered as notifications of the browser, listed in the popup.
import { mkdirSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { describe, expect, test as plainTest } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { findFirefox } from '../../scripts/setup.js';
import { Screen } from './drivers/screen.ts';
import { violations } from './harness/axe.ts';
import { inChromium, test } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { inFirefox } from './harness/firefox-harness.ts';
import { allowInPrompt, canAnswerPrompts } from './harness/permission-prompt.ts';

describe('without the permission', () => {
  test('the alert is listed in the popup and marked as seen; the options say what to do', async ({
    scene,
  }) => {
    const { member, key, keyId } = scene.newMember('Ed25519', { cash: '80' });
    await scene.connect(keyId, key.pem);
    await scene.badgeBecomes('80');
    await scene.section('Alerts');
    const field = scene.page.getByRole('textbox', { name: messages.ruleCashAbove.message });
    await field.fill('not much');
    await field.blur();
    await scene.page.getByText(messages.ruleInvalid.message).waitFor(SOON);
    // As if the user had refused: the prompt of a browser without a screen cannot be answered.
    await scene.page.evaluate(() => {
      Object.assign(chrome.permissions, { request: async () => false });
    });
    await field.fill('100');
    await field.blur();
    await scene.page.getByText(messages.alertsRefused.message).waitFor(SOON);
    expect(await violations(scene.page)).toEqual([]);
    await scene.passPeriod(); // the rule looks at what is there
    member.setCash('120');
    await scene.passPeriod();
    await scene.badgeBecomes('120');

    const popup = await scene.chromium.open('popup');
    const list = popup.locator('.alerts summary');
    await expect.poll(() => list.innerText(), SOON).toBe('Alerts · new: 1');
    await list.click();
    await popup.getByText('Cash above $100.00 · Now $120.00').waitFor(SOON);
    await expect.poll(() => list.innerText(), SOON).toBe('Alerts');
    expect(await violations(popup)).toEqual([]);
    await popup.getByRole('button', { name: messages.hideAmounts.message }).click();
    await popup.getByText('Cash crossed your threshold').waitFor(SOON);
    expect(scene.complaints).toEqual([]);
  });

  test('a position is watched with one click', async ({ scene }) => {
    const { key, keyId } = scene.newMember('Ed25519', {
      cash: '80',
      positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, title: 'Rain in Chicago' }],
    });
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    await popup.evaluate(() => {
      Object.assign(chrome.permissions, { request: async () => false });
    });
    const watch = popup.getByRole('button', { name: 'Alert me about Rain in Chicago' });
    await watch.click();
    await expect.poll(() => watch.getAttribute('aria-pressed'), SOON).toBe('true');
    await watch.click();
    await expect.poll(() => watch.getAttribute('aria-pressed'), SOON).toBe('false');
    expect(scene.complaints).toEqual([]);
  });
});

plainTest.skipIf(!canAnswerPrompts)(
  'in Chromium: the click asks for the permission, and the alert is a notification',
  { tags: ['slow'] },
  async () => {
    const screen = (await Screen.open()) as Screen;
    const withPrompt = async (scene: Scene) => {
      const { page } = scene;
      const { member, key, keyId } = scene.newMember('Ed25519', { cash: '80' });
      await scene.connect(keyId, key.pem);
      await scene.section('Alerts');
      // Of a checkbox: the caret of a text box would blink, and the screen never be still.
      const fills = page.getByRole('checkbox', { name: messages.ruleFill.message });
      await allowInPrompt(screen, () => fills.click());
      await expect.poll(() => fills.isChecked(), SOON).toBe(true);
      const field = page.getByRole('textbox', { name: messages.ruleCashAbove.message });
      await field.fill('100');
      await field.press('Enter');
      const stored = async () => JSON.stringify((await scene.stored()).local);
      await expect.poll(stored, SOON).toContain('"cashAbove":100000000');
      const poll = () =>
        page.evaluate(async () => {
          const { accounts } = (await chrome.storage.local.get('accounts')) as {
            accounts: { data: { id: string }[] };
          };
          const accountId = accounts.data[0]?.id;
          await chrome.storage.session.set({
            [`attempt/${accountId}`]: { attemptedAt: 0, statusCheckedAt: 0 },
          });
          await chrome.runtime.sendMessage({ command: 'account/refresh', params: { accountId } });
        });
      // The first may only wait for the end of the poll that connecting has started, whose balance is older than the rule.
      const older = scene.balances;
      const pollAgain = async () => {
        await poll();
        return scene.balances;
      };
      await expect.poll(pollAgain, SOON).toBeGreaterThan(older);
      member.setCash('120');
      const shown = () =>
        page.evaluate(async () => Object.keys((await chrome.notifications?.getAll()) ?? {}));
      await expect
        .poll(async () => {
          await poll();
          return (await shown()).length;
        }, SOON)
        .toBe(1);
      mkdirSync('pictures', { recursive: true });
      writeFileSync('pictures/notification chromium.png', PNG.sync.write(screen.picture()));
      await poll();
      expect(await shown()).toHaveLength(1);
    };
    await inChromium(withPrompt, screen).finally(() => screen.close());
  },
);

plainTest.skipIf(!findFirefox())(
  'in Firefox: the alert is a notification, once, with its text',
  { tags: ['slow'] },
  async () => {
    await inFirefox(
      async (scene) => {
        const { member, key, keyId } = scene.newMember('Ed25519', { cash: '80' });
        await scene.connect(keyId, key.pem);
        await scene.firefox.grantPermission('notifications');
        await scene.firefox.run(`
        const { accounts } = await browser.storage.local.get('accounts');
        const accountId = accounts.data[0].id;
        const rules = { cashAbove: 100000000 };
        await browser.runtime.sendMessage({ command: 'alerts/change', params: { accountId, rules } });`);
        await scene.passPeriod();
        await scene.badgeBecomes('80');
        member.setCash('120');
        await scene.passPeriod();
        const shown = () =>
          scene.firefox.run<string>(`
          const all = Object.values(await browser.notifications.getAll());
          return JSON.stringify(all.map(({ title, message }) => title + ' · ' + message));`);
        await expect.poll(shown, SOON).toBe('["Cash above $100.00 · Now $120.00"]');
        member.setCash('121');
        await scene.passPeriod();
        await scene.badgeBecomes('121');
        const alerts = await scene.firefox.run<string>(`
        const all = await browser.storage.local.get(null);
        const [, account] = Object.entries(all).find(([key]) => key.startsWith('account/'));
        return JSON.stringify([account.data.alerts.nextId, account.data.alerts.notified]);`);
        expect(alerts).toBe('[2,1]');
      },
      // Firefox shows it by itself: there is no desktop that would.
      { prefs: { 'alerts.useSystemBackend': false } },
    );
  },
);
