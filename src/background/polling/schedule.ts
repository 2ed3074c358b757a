// When accounts are polled: one repeating alarm, which survives the background.

import { browser } from '../../browser/browser.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import type { PollTrigger } from '../../domain/polling/backoff.ts';
import { reencryptRecords } from '../keys/reencrypt-records.ts';
import { getState } from '../store.ts';
import { renderToolbar } from '../toolbar.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { poll } from './poll.ts';

export const POLL_ALARM = 'poll';

/**
 * Creates the alarm with the period of the settings, or clears it if there is no account. An alarm that is right is left
 * alone: creating it again would delay the next one by a whole period.
 */
export async function ensureAlarm(memory: WorkerMemory): Promise<void> {
  const state = await getState(memory);
  if (state.kind === 'unreadable') return; // it may be readable at the next alarm
  if (state.accounts.length === 0) {
    await browser.alarms.clear(POLL_ALARM);
    return;
  }
  const periodInMinutes = state.settings.periodSeconds / 60;
  const alarm = await browser.alarms.get(POLL_ALARM);
  if (alarm?.periodInMinutes !== periodInMinutes) browser.alarms.create(POLL_ALARM, { periodInMinutes });
}

/** An alarm may be this late, milliseconds. */
const LATENESS_MS = 10_000;

/**
 * Polls if the alarm is later than its period allows: the clock was set back, and Chromium waits for the old time even if the
 * alarm is created anew. Until the browser is restarted, every other event that wakes the background polls in its place.
 */
export async function pollInPlaceOfAlarm(memory: WorkerMemory): Promise<void> {
  const alarm = await browser.alarms.get(POLL_ALARM);
  const periodMs = (alarm?.periodInMinutes ?? 0) * MINUTE_MS;
  if (alarm && alarm.scheduledTime > Date.now() + periodMs + LATENESS_MS) await pollAll(memory, 'resume');
}

/**
 * Polls every account that may be polled, then goes on encrypting records. An unexpected error in one poll does not end the
 * others.
 */
export async function pollAll(memory: WorkerMemory, trigger: PollTrigger): Promise<void> {
  const state = await getState(memory);
  const accounts = state.kind === 'ready' ? state.accounts : [];
  const polls = await Promise.allSettled(accounts.map(({ id }) => poll(memory, id, trigger)));
  if (accounts.length === 0 || polls.some(({ status }) => status === 'rejected')) await renderToolbar(memory);
  await reencryptRecords(memory);
}
