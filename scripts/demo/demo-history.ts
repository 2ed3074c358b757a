// A generated history for the demo account, so that its chart has data.
import type { Page } from 'playwright-core';
import { addSampleToDay, type Day } from '../../src/domain/balance/daily-change.ts';
import { slotOf, TIERS } from '../../src/domain/balance/history.ts';
import { NO_TRANSFERS, type TransferList } from '../../src/domain/balance/transfer-list.ts';
import { zoneOffset } from '../../src/domain/calendar.ts';
import type { Micros } from '../../src/domain/money.ts';
import type { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { seeded } from '../../tests/fakes/random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How far back the past goes, and how densely it was recorded: the last day every ten minutes, before that every hour. */
const PAST = 90 * DAY;

interface StoredSample {
  tier: number;
  slot: number;
  sample: { at: number; cash: Micros; positions: Micros; gap: boolean };
}

/** Samples up to now: positions wander about and end at what they are worth now; cash stays as it is. */
function madeUpSamples(now: number, cash: Micros, positions: Micros): StoredSample['sample'][] {
  const random = seeded(7);
  const samples: StoredSample['sample'][] = [];
  let value: number = positions;
  for (let at = now - 5 * MINUTE; at > now - PAST; at -= at > now - DAY ? 10 * MINUTE : 60 * MINUTE) {
    samples.unshift({ at, cash, positions: Math.round(value) as Micros, gap: false });
    value += (random() - 0.505) * positions * 0.02;
    value = Math.max(value, positions * 0.3);
  }
  return samples;
}

/**
 * Gives the one connected account a past, through an open page of the extension. The background is stopped before: it
 * reads what is stored only when it starts.
 */
export async function makeUpHistory(chromium: Chromium, page: Page): Promise<void> {
  await chromium.stopWorker(page);
  const { now, id, figures } = await page.evaluate(async () => {
    type Items = { accounts: { data: { id: string }[] } } & {
      [name: string]: { data: { snapshot: { figures: { cash: number; positions: number } | null } } };
    };
    const stored = (await chrome.storage.local.get(null)) as unknown as Items;
    const id = stored.accounts.data[0]?.id ?? '';
    return { now: Date.now(), id, figures: stored[`account/${id}`]?.data.snapshot.figures };
  });
  if (!figures) throw new Error('the account has no balance yet');
  const samples = madeUpSamples(now, figures.cash as Micros, figures.positions as Micros);
  const records = samples.flatMap((sample): StoredSample[] =>
    TIERS.map(({ step }, tier) => ({ tier, slot: slotOf(sample.at, step, zoneOffset(sample.at)), sample })),
  );
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let day: Day | null = null;
  for (const sample of samples.filter(({ at }) => at > now - DAY)) {
    const began = Math.min(midnight, new Date(sample.at).setHours(0, 0, 0, 0));
    day = addSampleToDay(day, sample, began, 10 * MINUTE);
  }
  // As read with the first poll of an account without deposits.
  const transfers: TransferList = { ...NO_TRANSFERS, readAt: now, status: 'current' };
  await page.evaluate(
    async ({ id, records, day, transfers }) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open('history', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('samples');
        open.onsuccess = () => resolve(open.result);
      });
      const write = db.transaction('samples', 'readwrite');
      for (const { tier, slot, sample } of records) {
        write.objectStore('samples').put(sample, [id, tier, slot]);
      }
      await new Promise((resolve) => {
        write.oncomplete = resolve;
      });
      db.close();
      const key = `account/${id}`;
      const { [key]: item } = (await chrome.storage.local.get(key)) as Record<string, { data: object }>;
      await chrome.storage.local.set({ [key]: { ...item, data: { ...item?.data, day, transfers } } });
    },
    { id, records, day, transfers },
  );
}
