// The popup of the shipped build beyond the figures: holdings, today's change, the chart; and hiding all of it.
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { MemberInit } from '../exchange/member.ts';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';
import { SOON } from './harness/chromium-scene.ts';

const DAY = 86_400_000;
/** 20:00 local time of a day to come, whatever the time is now. Unix milliseconds. */
const evening = (days: number) => new Date(Date.now() + days * DAY).setHours(20, 0, 0, 0);
const held = (): MemberInit => ({
  cash: '765.4025',
  positions: [
    {
      ticker: 'FED-1',
      contracts: 300,
      price: 62,
      average: 48,
      previous: 48,
      title: 'Fed cuts in December',
      closes: evening(17),
    },
    {
      ticker: 'T-52',
      event: 'T',
      contracts: -120,
      price: 81.8,
      average: 74,
      title: 'High temp in NYC',
      answer: 'above 52°',
    },
    { ticker: 'T-55', event: 'T', contracts: 20, price: 12, title: 'High temp in NYC', answer: 'above 55°' },
    { ticker: 'XSS-1', contracts: 1, price: 1, title: '<img src=x onerror="document.title=1"><b>Oscars</b>' },
    { ticker: 'DONE-1', contracts: 100, price: 99, title: 'Rain in Chicago', result: 'yes' },
  ],
  orders: [{ ticker: 'FED-1', side: 'yes', contracts: 50, price: 44 }],
  settlements: [{ ticker: 'OLD-1', revenue: 10_000, cost: '41.0000', fee: '0.7000', at: Date.now() - DAY }],
});

describe('a key with the read scope', () => {
  test('positions, payouts, orders and settlements; titles stay text', async ({ scene }) => {
    const { key, keyId } = scene.newMember('Ed25519', held());
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    const row = (text: string) => popup.locator('.positions li.position', { hasText: text });
    await row('Fed cuts in December').waitFor();
    // A row out of view has no rendered text.
    const seen = async (text: string) => {
      await row(text).scrollIntoViewIfNeeded();
      return row(text).innerText();
    };
    await expect
      .poll(() => seen('Fed cuts in December'), SOON)
      .toMatch(/YES[\s\S]*\$186\.00[\s\S]*300 at 48¢ · now 62¢[\s\S]*\+\$42\.00/);
    await expect
      .poll(() => seen('above 52°'), SOON)
      .toMatch(/NO[\s\S]*\$98\.16[\s\S]*120 at 74¢ · now 81\.8¢/);
    expect(await row('Oscars').locator('b').textContent()).toBe(
      '<img src=x onerror="document.title=1"><b>Oscars</b>',
    );
    expect(await popup.locator('.holdings img').count()).toBe(0);
    for (const [summary, inside] of [
      ['Pending payout · 1', 'Rain in Chicago'],
      ['In orders · 1', 'YES 50 at 44¢'],
      ['Recently settled · 1', '+$58.30'],
    ] as const) {
      const details = popup.locator('details', { hasText: summary });
      await details.locator('summary').click();
      await details.getByText(inside).waitFor();
    }
    expect(scene.complaints).toEqual([]);
    scene.expectCleanJournal();
  });

  test('today excludes deposits; the chart shows values by mouse and keyboard', async ({ scene }) => {
    const { member, key, keyId } = scene.newMember('Ed25519', { cash: '100' });
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    // There is one sample; a line needs two.
    await popup.getByText('Your chart starts now.').waitFor();
    expect(await popup.getByRole('button', { name: 'Past week' }).count()).toBe(0); // has no data yet
    scene.exchange.clockAhead = 3_000; // history goes by the exchange's Date, which is a second coarse
    member.pay({ cents: 5_000, at: Date.now() + 2_000 }); // surely after the first balance: both are in seconds
    member.setCash('160');
    await scene.forgetAttempts();
    await popup.getByRole('button', { name: 'Refresh' }).click();
    await popup.locator('.change', { hasText: '+$10.00' }).waitFor();
    await popup.locator('.captions', { hasText: 'net of $50.00 deposited' }).waitFor();

    await popup.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open('records', 1);
        open.onsuccess = () => resolve(open.result);
      });
      const [name = ''] = Object.keys(await chrome.storage.local.get(null)).filter((key) =>
        key.startsWith('account/'),
      );
      const write = db.transaction('records', 'readwrite');
      const rows: number[][] = [];
      for (let hour = 49; hour > 6; hour--) {
        const at = Date.now() - hour * 3_600_000;
        rows.push([at, at, 50_000_000, hour * 1_000_000, null as never, hour === 20 || hour === 49 ? 1 : 0]);
      }
      // Blocks before the one of now (storage/records/history.ts), which the polls write; and the first day.
      const id = name.replace('account/', '');
      const put = (kind: string, at: number, lengthMs: number, block: number[][]) =>
        write
          .objectStore('records')
          .put(['', block], [id, 0, kind, '', Math.floor(at / lengthMs) * lengthMs]);
      const SIX_HOURS = 6 * 3_600_000;
      for (const [at = 0] of rows) {
        const block = Math.floor(at / SIX_HOURS);
        put(
          'history-1',
          at,
          SIX_HOURS,
          rows.filter(([each = 0]) => Math.floor(each / SIX_HOURS) === block),
        );
      }
      put('history-3', rows[0]?.[0] ?? 0, 96 * 86_400_000, rows.slice(0, 1));
      await new Promise((resolve) => {
        write.oncomplete = resolve;
      });
      db.close();
    });
    await popup.reload();
    await popup.getByRole('button', { name: 'Past week' }).click();
    const chart = popup.getByRole('figure', { name: messages.chartLabel.message });
    await chart.focus();
    await popup.locator('.change dt', { hasText: 'Since' }).waitFor(); // the history was read
    await popup.keyboard.press('Home');
    await chart.getByText('total $99.00, cash $50.00').waitFor();
    await popup.keyboard.press('ArrowRight');
    await chart.getByText('total $98.00, cash $50.00').waitFor();
    await popup.keyboard.press('End');
    await chart.getByText('total $160.00, cash $160.00').waitFor();
    // The chart follows while it is open. A second balance in the same second would be left out of the history.
    scene.exchange.clockAhead = 6_000;
    member.setCash('170');
    await scene.passPeriod();
    await scene.badgeBecomes('170');
    await chart.focus();
    await popup.keyboard.press('End');
    await chart.getByText('total $170.00, cash $170.00').waitFor();
    await chart.locator('.plot').hover({ position: { x: 60, y: 40 } });
    await chart.getByText(/total \$(6|7|8|9)\d\.00, cash \$50\.00/).waitFor();
    expect(await chart.getByRole('table').getByRole('row').count()).toBeGreaterThan(10);
    expect(scene.complaints).toEqual([]);
  });
});

testInOwnBrowser(
  'hidden amounts appear nowhere (popup, badge, tooltip, chart) and stay hidden after a restart',
  async ({ scene }) => {
    const { key, keyId } = scene.newMember('Ed25519', held());
    await scene.connect(keyId, key.pem);
    const popup = await scene.chromium.open('popup');
    await popup.locator('li.position').first().waitFor();
    await popup.locator('.plot').hover();
    await popup.getByRole('button', { name: 'Hide amounts' }).click();
    await popup.getByRole('button', { name: 'Show amounts' }).waitFor();
    await scene.badgeBecomes('•••');
    const AMOUNTS = /765|469|1,?2\d\d|186|98\.|\$|¢/;
    const seen = async () => [
      // Without what every user sees: what the bell does, and where times are on the axis.
      (await popup.evaluate(() => document.body.outerHTML))
        .replaceAll(messages.watchHint.message, '')
        .replace(/ x="[\d.]+%"/g, ''),
      await popup.locator('body').ariaSnapshot(),
      await popup.title(),
      await scene.chromium.tooltip(scene.page),
    ];
    for (const text of await seen()) expect(text).not.toMatch(AMOUNTS);
    expect(await popup.locator('.plot .line').getAttribute('d')).toBe('M0 33L328 33');
    await scene.chromium.kill();
    await scene.start();
    await scene.badgeBecomes('•••');
    expect(await scene.chromium.tooltip(scene.page)).not.toMatch(AMOUNTS);
    await scene.section('Privacy');
    expect(await scene.page.getByRole('checkbox', { name: 'Hide amounts' }).isChecked()).toBe(true);
  },
);

test('history is exported as CSV and can be deleted', async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('Ed25519', { cash: '98.0186' });
  await scene.connect(keyId, key.pem);
  member.setCash('-5');
  scene.exchange.clockAhead = 3_000; // history goes by the exchange's Date, which is a second coarse
  await scene.passPeriod();
  await scene.badgeBecomes('-5');
  const downloading = scene.page.waitForEvent('download');
  await scene.section('Your data');
  await scene.press('Export CSV');
  const text = readFileSync(await (await downloading).path(), 'utf8');
  const [header, ...rows] = text.trimEnd().split('\r\n');
  expect(header).toBe('time,cash,positions,perps,total');
  expect(rows.map((row) => row.replace(/^[\dTZ:.-]+,/, ''))).toEqual([
    '98.0186,0.00,,98.0186',
    '-5.00,0.00,,-5.00',
  ]);
  scene.page.once('dialog', (dialog) => void dialog.accept());
  await scene.press('Delete history');
  await scene.page.getByText(messages.historyDeleted.message).waitFor();
  const again = scene.page.waitForEvent('download');
  await scene.press('Export CSV');
  expect(readFileSync(await (await again).path(), 'utf8')).toBe('time,cash,positions,perps,total\r\n');
  await scene.badgeBecomes('-5');
});
