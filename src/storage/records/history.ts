// The history of an account: its samples in blocks of time, one kind of record for each tier.

import * as v from 'valibot';
import { isGap, type Sample, slotOf, TIERS } from '../../domain/balance/history.ts';
import { zoneOffset } from '../../domain/calendar.ts';
import { DAY_MS, HOUR_MS } from '../../domain/durations.ts';
import { microsSchema } from '../../domain/money.ts';
import {
  deleteKinds,
  endBlock,
  type Kind,
  type RecordId,
  type Records,
  readKind,
  readRecords,
  type StoredRecord,
  writeRecords,
} from './database.ts';
import { groupBy } from './group-by.ts';

const number = v.pipe(v.number(), v.finite());

/** Slot, time, cash, positions, perps or null, whether there is a gap before it. Micro-dollars, unix milliseconds. */
export const rowSchema = v.tuple([
  number,
  number,
  microsSchema,
  microsSchema,
  v.nullable(microsSchema),
  v.picklist([0, 1]),
]);
export type HistoryRow = v.InferOutput<typeof rowSchema>;

const KINDS: readonly Kind[] = ['history-0', 'history-1', 'history-2', 'history-3'];

/** How long a block of each tier is: about a hundred samples, which every poll writes anew. Milliseconds. */
const BLOCKS = [HOUR_MS, 6 * HOUR_MS, 4 * DAY_MS, 96 * DAY_MS] as const;

function blockOf(tier: number, slot: number): RecordId {
  const length = BLOCKS[tier] ?? DAY_MS;
  return { kind: KINDS[tier] ?? 'history-0', name: '', block: Math.floor(slot / length) * length };
}

/** Expired blocks of a tier that are deleted when another one begins: more than one, so that a backlog shrinks. */
const MAX_DELETED = 2;

/**
 * Appends a sample to every tier and deletes what a tier no longer keeps, in one transaction. The work does not grow with
 * the history. No single sample deletes more than two blocks of a tier, whatever its time: a wrong one must not cost the
 * history. A sample at the time of another one is left out.
 * @param periodMs the polling period
 * @returns whether it was appended
 * @throws what IndexedDB throws: no space, or no storage in this kind of window
 */
export async function appendSample(
  records: Records,
  { at, cash, positions, perps }: Omit<Sample, 'gap'>,
  periodMs: number,
): Promise<boolean> {
  const slots = TIERS.map(({ step }) => slotOf(at, step, zoneOffset(at)));
  const ids = slots.map((slot, tier) => blockOf(tier, slot));
  const blocks = await readRecords<HistoryRow[]>(records, ids);
  const before = await timeBefore(records, at, ids[0] as RecordId, blocks[0] ?? []);
  if (before === at) return false;
  const gap = isGap(before, at, periodMs);
  const put: StoredRecord<HistoryRow[]>[] = [];
  const remove: RecordId[] = [];
  for (const [tier, id] of ids.entries()) {
    const rows = blocks[tier] ?? [];
    const slot = slots[tier] ?? at;
    const same = rows.find(([each]) => each === slot);
    if (same && same[1] > at) continue; // the step has a later sample
    const row: HistoryRow = [slot, at, cash, positions, perps ?? null, gap || same?.[5] === 1 ? 1 : 0];
    put.push({ ...id, value: sorted([...rows.filter((each) => each !== same), row]) });
    if (!blocks[tier]) remove.push(...(await expiredBlocks(records, tier, at)));
  }
  await writeRecords(records, { put, remove });
  return true;
}

function sorted(rows: HistoryRow[]): HistoryRow[] {
  return rows.sort(([a], [b]) => a - b);
}

/** The time of the latest sample until `at`. @param rows those of the block that `at` belongs to */
async function timeBefore(
  records: Records,
  at: number,
  { kind, block }: RecordId,
  rows: HistoryRow[],
): Promise<number | undefined> {
  const latest = rows.findLast(([, time]) => time <= at);
  if (latest) return latest[1];
  const previous = await endBlock(records, kind, 'latest', block - 1);
  if (previous === undefined) return undefined;
  const [found] = await readRecords<HistoryRow[]>(records, [{ kind, name: '', block: previous }]);
  return found?.at(-1)?.[1];
}

async function expiredBlocks(records: Records, tier: number, at: number): Promise<RecordId[]> {
  const keep = TIERS[tier]?.keep ?? Number.POSITIVE_INFINITY;
  if (keep === Number.POSITIVE_INFINITY) return [];
  const [kind, length] = [KINDS[tier] ?? 'history-0', BLOCKS[tier] ?? 0];
  const oldest = await endBlock(records, kind, 'oldest');
  if (oldest === undefined || oldest > at - keep - length) return [];
  const expired = await readKind(records, kind, { to: at - keep - length, most: MAX_DELETED });
  return expired.map(({ block }) => ({ kind, name: '', block }));
}

/**
 * The samples of one tier (its index in `TIERS`), oldest first. Samples later than now were recorded while the clock was
 * wrong: pass the present as `to` to leave them out.
 * @param from unix milliseconds
 * @param to unix milliseconds
 */
export async function readSamples(
  records: Records,
  tier: number,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Promise<Sample[]> {
  const rows = await readRows(records, tier, from, to);
  return rows.filter(([slot]) => slot >= from && slot <= to).map(sampleOf);
}

async function readRows(
  records: Records,
  tier: number,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Promise<HistoryRow[]> {
  const { kind, block } = blockOf(tier, from);
  const blocks = await readKind<HistoryRow[]>(records, kind, { from: block, to });
  return blocks.flatMap(({ value }) => (Array.isArray(value) ? value.filter(isRow) : []));
}

function isRow(row: unknown): row is HistoryRow {
  return v.is(rowSchema, row);
}

function sampleOf([, at, cash, positions, perps, gap]: HistoryRow): Sample {
  return { at, cash, positions, ...(perps !== null && { perps }), gap: gap === 1 };
}

/** The time of the oldest daily sample of an account, unix milliseconds; undefined if there is none. */
export async function readOldestSample(records: Records): Promise<number | undefined> {
  const tier = TIERS.length - 1;
  const { kind } = blockOf(tier, 0);
  const oldest = await endBlock(records, kind, 'oldest');
  if (oldest === undefined) return undefined;
  const [rows] = await readRecords<HistoryRow[]>(records, [{ kind, name: '', block: oldest }]);
  return rows?.[0]?.[1];
}

/** @throws what IndexedDB throws */
export function deleteHistory(records: Records): Promise<void> {
  return deleteKinds(records, KINDS);
}

/** Every sample of an account, by tier. @throws what IndexedDB throws */
export async function readHistoryRows(records: Records): Promise<HistoryRow[][]> {
  const tiers: HistoryRow[][] = [];
  for (const tier of TIERS.keys()) tiers.push(await readRows(records, tier));
  return tiers;
}

/** Blocks that one restore writes at once. */
const BLOCKS_AT_ONCE = 200;

/**
 * Adds the samples of a backup to those of an account. Where both have one for the same step, the later one stays. What a
 * tier no longer keeps is left out.
 * @param now unix milliseconds
 * @returns how many were added, each counted once although it may be in several tiers
 * @throws what IndexedDB throws
 */
export async function mergeHistoryRows(
  records: Records,
  tiers: readonly (readonly HistoryRow[])[],
  now: number,
): Promise<number> {
  let most = 0;
  for (const [tier, { keep }] of TIERS.entries()) {
    const kept = (tiers[tier] ?? []).filter(([, at]) => at > now - keep);
    const blocks = [...groupBy(kept, ([slot]) => blockOf(tier, slot).block)];
    let added = 0;
    for (let at = 0; at < blocks.length; at += BLOCKS_AT_ONCE) {
      const part = blocks.slice(at, at + BLOCKS_AT_ONCE);
      const ids = part.map(([block]) => blockOf(tier, block));
      const known = await readRecords<HistoryRow[]>(records, ids);
      const put = part.flatMap(([, rows], index): StoredRecord<HistoryRow[]>[] => {
        const bySlot = new Map((known[index] ?? []).map((row) => [row[0], row]));
        const later = rows.filter(
          ([slot, time]) => time > (bySlot.get(slot)?.[1] ?? Number.NEGATIVE_INFINITY),
        );
        for (const row of later) bySlot.set(row[0], row);
        added += later.length;
        return later.length === 0
          ? []
          : [{ ...(ids[index] as RecordId), value: sorted([...bySlot.values()]) }];
      });
      if (put.length > 0) await writeRecords(records, { put });
    }
    most = Math.max(most, added);
  }
  return most;
}
