// Every state of every page against the rules of WCAG 2.2 AA, in both themes, and by keyboard.
import { describe, expect } from 'vitest';
import { Chromium } from '../tools/chromium.ts';
import { violations } from './axe.ts';
import { test } from './chromium-harness.ts';
import { enter, popupStates } from './popup-states.ts';

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('the popup, in every state', { timeout: 180_000 }, async ({ scene }) => {
    const popup = await scene.chromium.open('popup');
    await popup.setViewportSize({ width: 360, height: 600 });
    await popup.emulateMedia({ colorScheme });
    scene.exchange.setFault({ kind: 'hang' });
    for (const [name, state] of Object.entries(popupStates(Date.now()))) {
      await enter(scene.page, state);
      await popup.reload();
      await popup.locator('main > *').first().waitFor();
      if (state.holdings && !/hidden|empty|locked/.test(name))
        await popup.locator('.holdings, .notice').first().waitFor();
      expect(await violations(popup), name).toEqual([]);
      expect(await popup.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
      // A popup has at most 600 pixels (zoom.test.ts); longer content scrolls between header and footer.
      const bottom = await popup.evaluate(() => {
        const footer = document.querySelector('footer');
        return footer?.getBoundingClientRect().bottom ?? document.documentElement.scrollHeight;
      });
      expect(bottom, name).toBeLessThanOrEqual(600);
      const top = await popup.evaluate(
        () => document.querySelector('header')?.getBoundingClientRect().top ?? 0,
      );
      expect(top, name).toBe(0);
    }
    await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
    await popup.reload();
    await popup.getByRole('button', { name: 'One week' }).click();
    await popup.getByRole('button', { name: 'What the numbers mean' }).click();
    for (const details of await popup.locator('.lists summary').all()) await details.click();
    expect(await violations(popup), 'everything open').toEqual([]);
  });

  test('the options page: welcome, checked, a pair, accounts, unreadable', async ({ scene }) => {
    const { page } = scene;
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), 'welcome').toEqual([]);
    const { key, keyId } = scene.newMember('Ed25519');
    await scene.fill(keyId, 'no key');
    await scene.press('Check key');
    await page.getByRole('alert').waitFor();
    expect(await violations(page), 'refused').toEqual([]);
    await scene.fill(keyId, key.pem);
    await scene.press('Check key');
    await page.getByText('Kalshi accepted this key').waitFor();
    await page.getByRole('radio', { name: 'Passphrase', exact: true }).check();
    expect(await violations(page), 'checked').toEqual([]);
    await page
      .getByRole('textbox', { name: 'Passphrase', exact: true })
      .or(page.getByLabel('Passphrase', { exact: true }))
      .last()
      .fill('four words or more');
    await page.getByLabel('Repeat passphrase').fill('four words or more');
    await scene.press('Save key');
    await scene.saved();
    await scene.press('Copy diagnostics');
    await page.getByRole('textbox', { name: 'Diagnostics' }).waitFor();
    expect(await violations(page), 'an account').toEqual([]);
    await scene.press('Lock');
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    expect(await violations(page), 'locked').toEqual([]);
    await page.evaluate(() => chrome.storage.local.set({ accounts: { v: 99, data: [] } }));
    await page.getByRole('button', { name: 'Start over' }).waitFor();
    expect(await violations(page), 'unreadable').toEqual([]);
  });
});

test('keyboard only: every control of the popup gets focus, shows it, and works', async ({ scene }) => {
  await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
  const popup = await scene.chromium.open('popup');
  await popup.locator('.holdings li').first().waitFor();
  const reached: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await popup.keyboard.press('Tab');
    const focused = await popup.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement || activeElement === document.body) return '';
      const ring = getComputedStyle(activeElement).outlineStyle;
      return `${activeElement.getAttribute('aria-label') ?? activeElement.textContent} ${ring}`;
    });
    if (!focused || reached.includes(focused)) break;
    reached.push(focused);
  }
  for (const name of [
    'Hide amounts',
    'Options',
    '1D: One day',
    'All: Everything',
    'Pending payout · 1',
    'What the numbers mean',
    'Refresh',
  ]) {
    const found = reached.find((each) => each.startsWith(name));
    expect(found, `${name} in ${reached}`).toBeDefined();
    expect(found).toMatch(/(solid|auto)$/);
  }
});

test('reduced motion and forced colours lose nothing', async ({ scene }) => {
  await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
  const popup = await scene.chromium.open('popup');
  await popup.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await popup.locator('.holdings li').first().waitFor();
  expect(await violations(popup)).toEqual([]);
  const animated = await popup.evaluate(() => document.getAnimations().length);
  expect(animated).toBe(0);
});

test('in Spanish: pages, badge and numbers', async ({ scene }) => {
  await scene.chromium.dispose();
  scene.chromium = await Chromium.launch({
    exchange: scene.exchange,
    locale: 'es',
  });
  scene.page = await scene.chromium.welcome();
  await scene.page.getByRole('heading', { name: 'Primeros pasos' }).waitFor();
  expect(await scene.page.evaluate(() => document.documentElement.lang)).toBe('es');
  await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
  const popup = await scene.chromium.open('popup');
  await popup.getByText('Efectivo').first().waitFor();
  expect(await popup.locator('.split .cash dd').textContent()).toMatch(/765,40/);
  await popup.getByRole('button', { name: 'Ocultar importes' }).waitFor();
  expect(await violations(popup)).toEqual([]);
});
