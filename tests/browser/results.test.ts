// Results in the shipped build: the popup's line, the page of its own, its CSV files, hidden and locked.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { Ledger } from '../exchange/ledger.ts';
import { traderLedger } from '../exchange/trader.ts';
import { seeded } from '../fakes/random.ts';
import { violations } from './harness/axe.ts';
import { test } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';
import { PASSPHRASE } from './harness/profile-scan.ts';

const MARKETS = 40;

/** Forty markets within the last days, each with four fills. */
function trader(): Ledger {
  const ledger = traderLedger({
    fills: MARKETS * 4,
    perMarket: 4,
    random: seeded(1),
    end: Date.now(),
    days: 20,
    cash: 50_000_000_000n,
  });
  return ledger;
}

/** What the closed markets brought, in micro-dollars, from the movements of cash: the last four markets are open. */
function resultOfClosed(ledger: Ledger): bigint {
  return ledger.settled.reduce((sum, { ticker }) => sum + ledger.resultOf(ticker), 0n);
}

/** The amounts of one column, in micro-dollars. */
function column(csv: string, name: string): bigint[] {
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  const index = header.split(',').indexOf(name);
  return lines.map((line) => {
    const fields = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((field) => field.replace(/,$/, '')) ?? [];
    const [, sign, whole = '0', part = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(fields[index] ?? '') ?? [];
    return BigInt(`${sign}${whole}${part.padEnd(6, '0')}`);
  });
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n);

async function download(page: Page, button: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await downloading).path(), 'utf8');
}

describe('a key with the read scope', () => {
  test('popup and page show what the cash says; filter, sorting and CSV agree', async ({ scene }) => {
    const ledger = trader();
    const { key, keyId } = scene.newMember('Ed25519', { ledger });
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    await scene.passPeriod();
    const line = popup.locator('summary', { hasText: 'Results · Today' });
    await line.waitFor(SOON);
    await line.click();
    await popup
      .locator('li', { hasText: messages.rangeAllLong.message })
      .getByText(/Markets: \d+/)
      .waitFor();

    const opening = scene.chromium.context.waitForEvent('page');
    await popup.getByRole('button', { name: messages.allResults.message }).click();
    const page = await opening;
    await page.getByRole('button', { name: messages.rangeAllLong.message }).click();
    const table = page.getByRole('table').last();
    await expect.poll(() => table.getAttribute('aria-rowcount'), SOON).toMatch(/^(3[6-9]|4\d)$/);
    // Rows out of view are not there.
    expect(await table.locator('tbody tr').count()).toBeLessThan(40);

    const csv = await download(page, messages.csvMarkets.message);
    const closed = new Set(ledger.settled.map(({ ticker }) => ticker));
    const tickers = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[1]?.replaceAll('"', ''));
    const results = column(csv, 'result');
    const ofClosed = results.filter((_, row) => closed.has(tickers[row] ?? ''));
    expect(ofClosed).toHaveLength(closed.size);
    expect(sum(ofClosed)).toBe(resultOfClosed(ledger));
    expect(sum(results)).toBe(
      sum(column(csv, 'proceeds')) - sum(column(csv, 'cost')) - sum(column(csv, 'fees')),
    );

    const fills = await download(page, messages.csvFills.message);
    expect(column(fills, 'fee').length).toBe(
      ledger.fills.filter(({ ticker }) => tickers.includes(ticker)).length,
    );

    // Filtered by text, then by an event: the files contain what is shown.
    await page.getByRole('searchbox').fill('M12-A');
    await expect.poll(() => table.getAttribute('aria-rowcount'), SOON).toBe('2');
    const one = await download(page, messages.csvMarkets.message);
    expect(sum(column(one, 'result'))).toBe(ledger.resultOf('M12-A'));
    expect(column(await download(page, messages.csvFills.message), 'fee')).toHaveLength(4);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'M13', exact: true }).click();
    await expect.poll(() => table.getAttribute('aria-rowcount'), SOON).toBe('2');
    await page.getByRole('button', { name: /^Event M13/ }).click();

    const heading = page.getByRole('columnheader', { name: 'Result', exact: true }).last();
    await heading.getByRole('button').click();
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    const sorted = column(await download(page, messages.csvMarkets.message), 'result');
    expect(sorted).toEqual([...sorted].sort((a, b) => (a < b ? 1 : -1)));

    expect(scene.complaints).toEqual([]);
    scene.expectCleanJournal();
  });

  test.for(['light', 'dark'] as const)(
    'the page is accessible (%s), and hidden with Hide amounts',
    async (colorScheme, { scene }) => {
      const ledger = trader();
      const { key, keyId } = scene.newMember('Ed25519', { ledger });
      await scene.connect(keyId, key.pem);
      await scene.passPeriod();
      const page = await scene.chromium.open('results');
      await page.emulateMedia({ colorScheme });
      await page.getByRole('button', { name: messages.rangeAllLong.message }).click();
      await page.getByRole('figure').waitFor(SOON);
      expect(await violations(page)).toEqual([]);

      // By keyboard: a day of the bars, and the table scrolls.
      const bars = page.getByRole('figure');
      const day = () => bars.getByRole('status').innerText();
      const last = await day();
      await bars.focus();
      await page.keyboard.press('ArrowLeft');
      await expect.poll(day, SOON).not.toBe(last);
      await page.keyboard.press('End');
      await expect.poll(day, SOON).toBe(last);
      const region = page.getByRole('region', { name: messages.markets.message }).last();
      await region.focus();
      await page.keyboard.press('End');
      await page.locator('tr[aria-rowindex="30"]').waitFor(SOON);

      await page.getByRole('button', { name: messages.hideAmounts.message }).click();
      await page.getByRole('button', { name: messages.showAmounts.message }).waitFor(SOON);
      expect(await page.locator('main').innerText()).not.toMatch(/\$\d/);
      expect(await page.getByRole('button', { name: /CSV/ }).count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      expect(scene.complaints).toEqual([]);
    },
  );
});

test('a balance-only key: one line that says which scope it takes, on the page and in the popup', async ({
  scene,
}) => {
  const { member, key } = scene.newMember('Ed25519', { ledger: trader() });
  const keyId = member.addKey(key.publicKey, ['read::portfolio_balance']);
  await scene.connect(keyId, key.pem);
  await scene.passPeriod();
  const page = await scene.chromium.open('results');
  await page.getByText(messages.resultsScope.message).waitFor(SOON);
  const popup = await scene.chromium.open('popup');
  await popup.getByText(messages.holdingsDenied.message).waitFor(SOON);
  expect(await popup.getByText(/to see results/).count()).toBe(0); // one line is enough
  // The check found out that a list is refused: no list of results is requested.
  expect(scene.exchange.journal.filter(({ path }) => /fills|historical/.test(path))).toHaveLength(0);
});

test('locked: no amount on the page; forgotten: nothing of it in any store', async ({ scene }) => {
  const ledger = trader();
  const { key, keyId } = scene.newMember('Ed25519', { ledger });
  await scene.connectWithPassphrase(keyId, key.pem, PASSPHRASE);
  await scene.passPeriod();
  const page = await scene.chromium.open('results');
  await page.getByRole('button', { name: messages.rangeAllLong.message }).click();
  await page.getByRole('figure').waitFor(SOON);
  // Encrypted already while it is unlocked: rows are there, and no ticker.
  const { local } = await scene.stored();
  const [{ id }] = (local.accounts as { data: [{ id: string }] }).data;
  const stored = await everythingStored(page);
  expect(stored).toContain(`["${id}",0,"fills",`);
  expect(stored).not.toMatch(/M\d+-A/);

  await scene.press('Lock');
  await page.getByRole('heading', { name: messages.locked.message }).waitFor(SOON);
  expect(await page.locator('main').innerText()).not.toMatch(/\$\d|M\d+-A/);
  await page.reload();
  await page.getByRole('heading', { name: messages.locked.message }).waitFor(SOON);

  scene.page.once('dialog', (dialog) => void dialog.accept());
  await scene.press('Forget key');
  await page.getByText(messages.resultsNoAccount.message).waitFor(SOON);
  await expect.poll(() => everythingStored(page), SOON).not.toContain(id);
});

/** Every key and value of every database and storage area of the extension. */
function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const of = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [await chrome.storage.local.get(null), await chrome.storage.session.get(null)];
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await of(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const rows = db.transaction(store).objectStore(store);
        found.push(await of(rows.getAllKeys()), await of(rows.getAll()));
      }
      db.close();
    }
    return JSON.stringify(found);
  });
}
