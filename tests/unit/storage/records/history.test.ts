// History in tiers: every good poll, then every fifth minute, every hour, every day; the work does not grow with the history.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { slotOf, TIERS } from '../../../../src/domain/balance/history.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { deleteRecordsExcept } from '../../../../src/storage/records/database.ts';
import { appendSample, deleteHistory, readSamples } from '../../../../src/storage/records/history.ts';
import { clearRecords } from '../../../fakes/records.ts';

const START = Date.UTC(2026, 0, 1, 0, 0, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const append = (at: number, cash = at - START, id = 'a', period = MINUTE) =>
  appendSample(clearRecords(id), { at, cash: cash as Micros, positions: 0 as Micros }, period);
const times = async (tier: number, id = 'a') =>
  (await readSamples(clearRecords(id), tier)).map(({ at }) => (at - START) / MINUTE);

test('each tier keeps the last sample of each of its steps', async () => {
  for (const minute of [0, 1, 4, 5, 9, 61]) await append(START + minute * MINUTE);
  expect(await times(0)).toEqual([0, 1, 4, 5, 9, 61]);
  expect(await times(1)).toEqual([4, 9, 61]);
  expect(await times(2)).toEqual([9, 61]);
  expect(await times(3)).toEqual([61]);
  expect((await readSamples(clearRecords('a'), 2)).map(({ cash }) => cash)).toEqual([
    9 * MINUTE,
    61 * MINUTE,
  ]);
});

test('old blocks leave the fine tiers, a few with each new one, and stay in the coarse ones', async () => {
  await append(START);
  await append(START + DAY);
  await append(START + 2 * DAY + 61 * MINUTE);
  expect(await times(0)).toEqual([24 * 60, 49 * 60 + 1]);
  expect(await times(1)).toHaveLength(3);
  await append(START + 62 * DAY);
  await append(START + 62 * DAY + 10 * MINUTE);
  expect(await times(0)).toHaveLength(2);
  expect(await times(1)).toEqual([49 * 60 + 1, 62 * 24 * 60, 62 * 24 * 60 + 10]);
  expect(await times(2)).toHaveLength(4);
  expect(await times(3)).toHaveLength(4);
});

test('a second sample of the same time is left out, an earlier one is put in its place', async () => {
  expect(await append(START + MINUTE)).toBe(true);
  expect(await append(START + MINUTE, 7)).toBe(false);
  expect(await append(START, 7)).toBe(true);
  expect(await readSamples(clearRecords('a'), 0)).toMatchObject([
    { at: START, cash: 7 },
    { at: START + MINUTE, cash: MINUTE },
  ]);
  expect(await readSamples(clearRecords('a'), 1)).toMatchObject([{ at: START + MINUTE }]); // the later one of the step
});

test('one sample of a time far ahead deletes two blocks at most, and keeps nothing out', async () => {
  for (let minute = 0; minute < 240; minute += 10) await append(START + minute * MINUTE);
  const before = await times(0);
  await append(START + 90 * DAY);
  await append(START + 90 * DAY + MINUTE);
  expect(await times(0)).toEqual([...before.filter((minute) => minute >= 120), 90 * 1440, 90 * 1440 + 1]);
  expect(await times(2)).toHaveLength(4 + 1);
  expect(await append(START + 240 * MINUTE)).toBe(true);
  const until = START + DAY;
  expect((await readSamples(clearRecords('a'), 0, START, until)).at(-1)).toMatchObject({
    at: START + 240 * MINUTE,
  });
});

test('a backlog of old blocks shrinks with every new one', async () => {
  for (let hour = 0; hour < 6; hour++) await append(START + hour * 60 * MINUTE);
  const at = START + 3 * DAY;
  for (let hour = 0; hour < 3; hour++) await append(at + hour * 60 * MINUTE);
  expect((await times(0))[0]).toBe((at - START) / MINUTE);
});

test('a step of the daily tier is a calendar day of the user', async () => {
  // New York, UTC-5: 23:30 and 00:30 there are both of one day in UTC.
  const offset = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(300);
  const midnight = START + DAY + 5 * 60 * MINUTE;
  await append(midnight - 30 * MINUTE);
  await append(midnight + 30 * MINUTE);
  expect(await times(3)).toHaveLength(2);
  expect(await times(2)).toHaveLength(2);
  offset.mockRestore();
});

test('a gap is marked in every tier', async () => {
  for (const minute of [0, 1, 31, 63, 64]) await append(START + minute * MINUTE);
  const gaps = async (tier: number) => (await readSamples(clearRecords('a'), tier)).map(({ gap }) => gap);
  expect(await gaps(0)).toEqual([true, false, false, true, false]);
  expect(await gaps(1)).toEqual([true, false, true]);
  expect(await gaps(2)).toEqual([true, true]);
});

test('a long polling period is not a gap', async () => {
  await append(START, 1, 'a', 60 * MINUTE);
  await append(START + 60 * MINUTE, 2, 'a', 60 * MINUTE);
  expect((await readSamples(clearRecords('a'), 0)).map(({ gap }) => gap)).toEqual([true, false]);
});

test('reads from a given time', async () => {
  for (const minute of [0, 1, 2]) await append(START + minute * MINUTE);
  expect(await readSamples(clearRecords('a'), 0, START + MINUTE)).toHaveLength(2);
});

test('accounts are separate, and one can be deleted', async () => {
  await append(START, 1, 'a');
  await append(START, 2, 'b');
  await append(START, 3, 'c');
  await deleteHistory(clearRecords('b'));
  expect(await times(0, 'a')).toHaveLength(1);
  for (const tier of TIERS.keys()) expect(await times(tier, 'b')).toEqual([]);
  await deleteRecordsExcept(['c']);
  expect(await times(3, 'a')).toEqual([]);
  expect(await times(3, 'c')).toHaveLength(1);
});

test('a record without valid money is left out', async () => {
  await append(START, 1.5);
  await append(START + MINUTE, 2);
  expect(await readSamples(clearRecords('a'), 0)).toMatchObject([{ cash: 2 }]);
});

test('a year at 30 s takes some tens of thousands of records', () => {
  const records = TIERS.map(({ step, keep }) => Math.min(keep, 365 * DAY) / Math.max(step, 30 * SECOND));
  expect(records.reduce((sum, each) => sum + each, 0)).toBeLessThan(35_000);
  expect(slotOf(START + 299 * SECOND, 5 * MINUTE)).toBe(START);
});
