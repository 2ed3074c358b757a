// `npm run pictures`: every state of the pages in both themes and all languages, from the real browser, into pictures/.
import { mkdirSync, rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { DAILY, slotOf } from '../../src/domain/balance/history.ts';
import { zoneOffset } from '../../src/domain/calendar.ts';
import { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { enter, popupStates } from '../../tests/browser/harness/popup-states.ts';
import { Exchange } from '../../tests/exchange/exchange.ts';
import { makeKey } from '../../tests/exchange/keys.ts';
import type { Ledger } from '../../tests/exchange/ledger.ts';
import { traderLedger } from '../../tests/exchange/trader.ts';
import { seeded } from '../../tests/fakes/random.ts';

const THEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en', 'es', 'pt-BR'] as const;

const CASH = 90_000_000_000n;

/** A member with trades of two months. */
function trader(): Ledger {
  return traderLedger({
    fills: 600,
    perMarket: 4,
    random: seeded(3),
    end: Date.now(),
    days: 60,
    cash: CASH,
    titles: [
      ['Fed cuts in December', ''],
      ['High temp in NYC', 'above 52°'],
      ['Rain in Chicago', ''],
      ['Inflation in October', 'above 3%'],
      ['Best Picture', 'The Long Road'],
      ['Wheat price at the end of the month', 'above $6'],
    ],
  });
}

/** A balance of a month ago, as the history would have it: cash as it was, and some value of positions. */
function earlierBalance({ entries }: Ledger) {
  const at = new Date().setDate(0);
  const moved = entries.filter((entry) => entry.at <= at).reduce((sum, { amount }) => sum + amount, 0n);
  const slot = slotOf(at, DAILY, zoneOffset(at));
  return { slot, sample: { at, cash: Number(CASH + moved), positions: 61_350_000, gap: false } };
}

/** The most that a browser gives a popup. Pixels. */
const POPUP = { width: 360, height: 600 };

/** A popup as a person sees it: as high as its content, at most 600 pixels; the end of a longer one in a second picture. */
async function takePopup(popup: Page, name: string): Promise<void> {
  await popup.setViewportSize(POPUP);
  const height = await popup.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
  await popup.setViewportSize({ ...POPUP, height: Math.min(POPUP.height, height) });
  await popup.screenshot({ path: `${name}.png` });
  if (height <= POPUP.height) return;
  await popup.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await popup.screenshot({ path: `${name}, end.png` });
  await popup.evaluate(() => scrollTo(0, 0));
}

/** The results, in the popup and on their page, once they were read. */
async function results(
  chromium: Chromium,
  ledger: Ledger,
  colorScheme: 'light' | 'dark',
  folder: string,
): Promise<void> {
  const page = await chromium.open('results');
  await page.setViewportSize({ width: 1100, height: 1000 });
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async ({ slot, sample }) => {
    const { accounts } = (await chrome.storage.local.get('accounts')) as {
      accounts: { data: { id: string }[] };
    };
    const open = indexedDB.open('history');
    await new Promise((resolve) => {
      open.onsuccess = resolve;
    });
    for (const { id } of accounts.data) {
      const write = open.result.transaction('samples', 'readwrite');
      write.objectStore('samples').put(sample, [id, 3, slot]);
      await new Promise((resolve) => {
        write.oncomplete = resolve;
      });
      await chrome.storage.session.set({ [`attempt/${id}`]: { attemptedAt: 0, statusCheckedAt: 0 } });
      await chrome.runtime.sendMessage({ command: 'account/refresh', params: { accountId: id } });
    }
    open.result.close();
  }, earlierBalance(ledger));
  await page.locator('.bars').waitFor();
  await page.screenshot({ path: `${folder}/results page.png`, fullPage: true });
  await page.close();
  const popup = await chromium.open('popup');
  await popup.setViewportSize({ width: 360, height: 600 });
  await popup.emulateMedia({ colorScheme });
  await popup.locator('.results summary').click();
  await popup.screenshot({ path: `${folder}/popup results.png` });
  await popup.close();
}

const exchange = await Exchange.start();
for (const language of LANGUAGES) {
  const chromium = await Chromium.launch({ exchange, locale: language });
  const options = await chromium.welcome();
  for (const colorScheme of THEMES) {
    const folder = `pictures/${language}-${colorScheme}`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await options.emulateMedia({ colorScheme });
    await options.evaluate(() => chrome.storage.local.clear());
    await options.reload();
    await options.locator('h1').waitFor();
    await options.screenshot({ path: `${folder}/options welcome.png`, fullPage: true });

    const popup = await chromium.open('popup');
    await popup.emulateMedia({ colorScheme });
    exchange.setFault({ kind: 'hang' }); // the states stay as they are
    for (const [name, state] of Object.entries(popupStates(Date.now()))) {
      await enter(options, state);
      await popup.reload();
      await popup.locator('main > *').first().waitFor();
      if (state.holdings) await popup.locator('.holdings').waitFor();
      await takePopup(popup, `${folder}/popup ${name}`);
    }
    await popup.close();
    exchange.setFault();

    // The options page with a key that was really connected.
    await enter(options, { local: {} });
    await options.reload();
    const key = makeKey('Ed25519');
    const ledger = trader();
    const keyId = exchange.addMember({ ledger }).addKey(key.publicKey);
    const [idBox, keyBox] = [options.locator('#key-id'), options.locator('textarea')];
    await idBox.fill(keyId);
    await keyBox.fill(key.pem);
    await options.locator('.button.main').click();
    await options.locator('.found').waitFor();
    await options.screenshot({ path: `${folder}/options checked.png`, fullPage: true });
    await options.locator('.button.main').last().click();
    await options.locator('.card').waitFor();
    await options.screenshot({ path: `${folder}/options connected.png`, fullPage: true });
    await results(chromium, ledger, colorScheme, folder);
    // The background knows the account, and would show it beside that of the next language.
    await options.evaluate(async () => {
      const { accounts } = (await chrome.storage.local.get('accounts')) as {
        accounts: { data: { id: string }[] };
      };
      for (const { id: accountId } of accounts.data)
        await chrome.runtime.sendMessage({ command: 'account/forget', params: { accountId } });
    });
  }
  await chromium.dispose();
}
await exchange.stop();
process.stdout.write('pictures/\n');
