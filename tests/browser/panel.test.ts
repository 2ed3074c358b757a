// The views that stay open: Chromium's side panel, Firefox's sidebar, and the popup as a tab. And the menu that opens them.
import type { Page } from 'playwright-core';
import { describe, expect, test as plainTest } from 'vitest';
import { findFirefox } from '../../scripts/setup.js';
import { Screen } from './drivers/screen.ts';
import { violations } from './harness/axe.ts';
import { inChromium, test } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { inFirefox } from './harness/firefox-harness.ts';
import { canAnswerPrompts } from './harness/permission-prompt.ts';
import { PASSPHRASE } from './harness/profile-scan.ts';

/** What is open of the extension with this view in its address. */
const contexts = (scene: Scene, view: string) =>
  scene.page.evaluate(async (view) => {
    const all = await chrome.runtime.getContexts({});
    return all
      .filter(({ documentUrl }) => documentUrl?.endsWith(`?view=${view}`))
      .map(({ contextType }) => contextType);
  }, view);

const choose = async (popup: Page, item: string) => {
  await popup.getByRole('button', { name: 'Menu' }).click();
  await popup.getByRole('menuitem', { name: item }).click();
};

/** Waits until an item of the menu has the focus. */
const focused = (page: Page, item: string) =>
  page.getByRole('menuitem', { name: item }).and(page.locator(':focus')).waitFor();

/** The total in the side panel: Playwright does not see it, but another page of the extension can reach its window. */
const totalInPanel = (scene: Scene) =>
  scene.page.evaluate(() => {
    const panel = chrome.extension.getViews().find(({ location }) => location.search === '?view=panel');
    return panel?.document.querySelector('.hero dd')?.textContent ?? '';
  });

plainTest.skipIf(!canAnswerPrompts)(
  'in Chromium: a window until the browser restarts, then the side panel, which follows the balance',
  { tags: ['slow'] },
  async () => {
    const screen = (await Screen.open()) as Screen;
    try {
      await inChromium(async (scene) => {
        const { member, key, keyId } = scene.newMember('Ed25519');
        await scene.connect(keyId, key.pem);
        await scene.badgeBecomes('98');
        // The permission is granted without a prompt, and not used yet: Chromium would crash.
        for (const times of [1, 2]) {
          await choose(await scene.chromium.open('popup'), 'Open in side panel');
          await expect.poll(() => contexts(scene, 'window'), SOON).toEqual(Array(times).fill('TAB'));
        }
        const window = scene.chromium.context.pages().find((page) => page.url().endsWith('?view=window'));
        await window?.getByText('The side panel is available after the browser restarts.').waitFor();

        await scene.chromium.context.close();
        await scene.start(screen);
        const popup = await scene.chromium.open('popup');
        await choose(popup, 'Open in side panel');
        await expect.poll(() => contexts(scene, 'panel'), SOON).toEqual(['SIDE_PANEL']);
        await expect.poll(() => totalInPanel(scene), SOON).toMatch(/^\$\d/);
        await popup.close();

        // It follows what the alarm stores, and requests nothing by itself.
        member.setCash('555');
        const before = scene.balances;
        await scene.passPeriod();
        await expect.poll(() => totalInPanel(scene), SOON).toMatch(/^\$555/);
        expect(scene.balances).toBeGreaterThan(before);
      }, screen);
    } finally {
      screen.close();
    }
  },
);

describe('in Chromium, as a tab', () => {
  test('by keyboard: open the menu, open a tab, lock from its menu', async ({ scene }) => {
    const { key, keyId } = scene.newMember('Ed25519');
    await scene.connectWithPassphrase(keyId, key.pem, PASSPHRASE);
    await scene.badgeBecomes('98');
    const popup = await scene.chromium.open('popup');
    await popup.getByRole('button', { name: 'Menu' }).focus();
    await popup.keyboard.press('Enter');
    await focused(popup, 'Open in side panel');
    await popup.keyboard.press('ArrowDown');
    await focused(popup, 'Open as tab');
    const opened = scene.chromium.context.waitForEvent('page');
    await popup.keyboard.press('Enter').catch(() => undefined); // the popup closes before the key is released
    const tab = await opened;
    await tab.waitForURL(/view=tab$/);
    await tab.getByText('$98.01').first().waitFor();
    expect(await violations(tab)).toEqual([]);
    await tab.setViewportSize({ width: 1200, height: 800 });
    const width = await tab.evaluate(() => document.body.getBoundingClientRect().width);
    expect(width).toBe(960);

    await tab.getByRole('button', { name: 'Menu' }).focus();
    await tab.keyboard.press('Enter');
    await focused(tab, 'Open in side panel');
    await tab.keyboard.press('End');
    await focused(tab, 'Lock');
    await tab.keyboard.press('Enter');
    await scene.badgeBecomes('•••');
    await tab.getByRole('button', { name: 'Unlock' }).waitFor();
    expect(await tab.locator('body').textContent()).not.toMatch(/\$\d/);
    await tab.getByRole('button', { name: 'Menu' }).click();
    expect(await violations(tab), 'menu open, locked').toEqual([]);
    expect(scene.complaints).toEqual([]);
  });
});

plainTest.skipIf(!findFirefox())(
  'in Firefox: the menu opens the sidebar, which follows the balance',
  { tags: ['slow'] },
  async () => {
    await inFirefox(async (scene) => {
      const { member, key, keyId } = scene.newMember('Ed25519');
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('98');
      const popup = await scene.firefox.open('popup');
      await scene.waitForText('As of', popup);
      await scene.firefox.click(`document.querySelector('.menu button')`, popup);
      await scene.waitForText('Open in side panel', popup);
      await scene.firefox.click(`document.querySelector('[role=menuitem]')`, popup);
      const text = () =>
        scene.firefox.run<string>(
          `return browser.extension.getViews({ type: 'sidebar' })[0]?.document.body.innerText ?? ''`,
        );
      await expect.poll(text, SOON).toContain('$98.01');
      member.setCash('555');
      await scene.passPeriod();
      await expect.poll(text, SOON).toContain('$555.00');
    });
  },
);
