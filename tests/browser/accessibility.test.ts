// Every state of every page against the rules of WCAG 2.2 AA, in both themes, and by keyboard.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './harness/axe.ts';
import { inChromium, test } from './harness/chromium-harness.ts';
import type { Scene } from './harness/chromium-scene.ts';
import { enter, popupStates } from './harness/popup-states.ts';

/** Everything of a page but its texts: what axe looks at, apart from whether there is a text. */
const structureOf = (page: Page) =>
  page.evaluate(() => {
    const describe = (element: Element): string => {
      const attributes = [...element.attributes].map(({ name, value }) =>
        /^(class|role|type|hidden|tabindex|aria-(?!label))/.test(name) ? `${name}=${value}` : name,
      );
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      return `${element.tagName} ${attributes} ${text} (${[...element.children].map(describe)})`;
    };
    return describe(document.body);
  });

/** What axe finds in both themes. */
async function violationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return [...light, ...(await violations(page, 'colours'))];
}

/** The same of a popup without what lies beneath its footer: a button that is partly covered there is reached by scrolling. */
async function violationsOfPopup(popup: Page): Promise<string[]> {
  const heightOf = () => popup.evaluate(() => document.documentElement.scrollHeight);
  let found: string[];
  let height: number;
  do {
    height = Math.max(600, await heightOf());
    await popup.setViewportSize({ width: 360, height });
    found = await violationsInBothThemes(popup);
  } while ((await heightOf()) > height); // its lists came meanwhile: the footer covered a part of them
  await popup.setViewportSize({ width: 360, height: 600 });
  return found;
}

test('the popup, in every state', { tags: ['slow'] }, async ({ scene }) => {
  const popup = await scene.chromium.open('popup');
  await popup.setViewportSize({ width: 360, height: 600 });
  scene.exchange.setFault({ kind: 'hang' });
  // Twenty failures look the same but for their sentences: each structure is examined once.
  const examined = new Set<string>();
  for (const [name, state] of Object.entries(popupStates(Date.now()))) {
    await enter(scene.page, state);
    await popup.reload();
    await popup.locator('main > *').first().waitFor();
    if (state.holdings && !/hidden|empty|locked/.test(name))
      await popup.locator('.holdings, .notice').first().waitFor();
    const structure = await structureOf(popup);
    if (!examined.has(structure)) expect(await violationsOfPopup(popup), name).toEqual([]);
    examined.add(structure);
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
  expect(examined.size).toBeGreaterThan(15);
  await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
  await popup.reload();
  await popup.getByRole('button', { name: 'Past week' }).click();
  await popup.getByRole('button', { name: 'What the numbers mean' }).click();
  for (const details of await popup.locator('.lists summary').all()) await details.click();
  expect(await violationsOfPopup(popup), 'everything open').toEqual([]);
});

test('the options page: welcome, checked, a pair, accounts, unreadable', async ({ scene }) => {
  const { page } = scene;
  expect(await violationsInBothThemes(page), 'welcome').toEqual([]);
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.fill(keyId, 'no key');
  await scene.press('Check key');
  await page.getByRole('alert').waitFor();
  expect(await violationsInBothThemes(page), 'refused').toEqual([]);
  await scene.fill(keyId, key.pem);
  await scene.press('Check key');
  await page.getByText('Kalshi accepted this key').waitFor();
  await page.getByRole('radio', { name: 'Passphrase', exact: true }).check();
  expect(await violationsInBothThemes(page), 'checked').toEqual([]);
  await page
    .getByRole('textbox', { name: 'Passphrase', exact: true })
    .or(page.getByLabel('Passphrase', { exact: true }))
    .last()
    .fill('four words or more');
  await page.getByLabel('Repeat passphrase').fill('four words or more');
  await scene.press('Save key');
  await scene.saved();
  await scene.section('Help');
  await scene.press('Copy diagnostics');
  await page.getByRole('textbox', { name: 'Diagnostics' }).waitFor();
  expect(await violationsInBothThemes(page), 'an account').toEqual([]);
  await scene.section('Accounts');
  await scene.press('Lock');
  await page.getByRole('button', { name: 'Unlock' }).waitFor();
  expect(await violationsInBothThemes(page), 'locked').toEqual([]);
  await page.evaluate(() => chrome.storage.local.set({ accounts: { v: 99, data: [] } }));
  await page.getByRole('button', { name: 'Start over' }).waitFor();
  expect(await violationsInBothThemes(page), 'unreadable').toEqual([]);
});

test('keyboard only: every control of the popup gets focus, shows it, and works', async ({ scene }) => {
  await enter(scene.page, popupStates(Date.now()).good ?? { local: {} });
  const popup = await scene.chromium.open('popup');
  await popup.locator('li.position').first().waitFor();
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
    'Menu',
    'Total over time',
    '1D: Today',
    '1M: Past month',
    'Sort positions by',
    'Alert me about Fed cuts in December',
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
  await popup.locator('li.position').first().waitFor();
  expect(await violations(popup)).toEqual([]);
  const animated = await popup.evaluate(() => document.getAnimations().length);
  expect(animated).toBe(0);
});

const LANGUAGES = [
  {
    locale: 'es',
    connect: 'Conectar una clave',
    cash: 'Efectivo',
    hide: 'Ocultar importes',
    title: 'Mercado A',
  },
  {
    locale: 'pt-BR',
    connect: 'Conectar uma chave',
    cash: 'Caixa',
    hide: 'Ocultar valores',
    title: 'Mercado A (pt)',
  },
] as const;

test.each(LANGUAGES)(
  'in $locale: pages, badge, numbers, and titles of markets',
  { tags: ['slow'] },
  async ({ locale, ...names }) => {
    const inLanguage = async (scene: Scene) => {
      scene.exchange.titles = { [locale.slice(0, 2)]: { 'Market A': names.title } };
      const { page } = scene;
      await page.getByRole('heading', { name: names.connect }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
      expect(await violations(page)).toEqual([]);
      const { key, keyId } = scene.newMember('Ed25519', {
        cash: '765.4025',
        positions: [
          { ticker: 'A', contracts: 100, price: 50 },
          { ticker: 'B', contracts: 1, price: 50 },
        ],
      });
      await page.locator('#key-id').fill(keyId);
      await page.locator('#private-key').fill(key.pem);
      await page.locator('.button.main').click();
      await page.locator('.found').waitFor();
      await page.locator('.button.main').last().click();
      await page.locator('.card').waitFor();
      expect(await violations(page)).toEqual([]);
      const popup = await scene.chromium.open('popup');
      await popup.getByText(names.cash).first().waitFor();
      expect(await popup.locator('.split .cash dd').textContent()).toMatch(/765,40/);
      await popup.getByRole('button', { name: names.hide }).waitFor();
      await popup.getByText(names.title, { exact: true }).waitFor();
      await popup.getByText('Market B', { exact: true }).waitFor(); // there is no translation of it
      expect(await violations(popup)).toEqual([]);
    };
    await inChromium(inLanguage, { locale });
  },
);
