// Changing the settings.

import type { Result } from '../commands/problem.ts';
import type { Settings } from '../domain/accounts/settings.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { runChange, toResult } from './run-change.ts';
import { resetUnreadableSettings } from './store.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** The shortcut's name in manifest.json. */
export const HIDE_AMOUNTS_SHORTCUT = 'hide-amounts';

/** Changes some of the settings. */
export async function changeSettings(
  memory: WorkerMemory,
  change: { [K in keyof Settings]?: Settings[K] | undefined },
): Promise<Result<null>> {
  const result = await runChange(memory, async ({ settings }, write) => {
    await write({ settings: { ...settings, ...change } as Settings });
    return null;
  });
  startAutoLock(memory);
  return result;
}

/** Hides amounts, or shows them again. */
export async function toggleHideAmounts(memory: WorkerMemory): Promise<void> {
  await runChange(memory, ({ settings }, write) =>
    write({ settings: { ...settings, hideAmounts: !settings.hideAmounts } }),
  );
}

/** Replaces settings that cannot be read by the defaults. */
export function resetSettings(memory: WorkerMemory): Promise<Result<null>> {
  return toResult(memory, async () => {
    await resetUnreadableSettings(memory);
    return null;
  });
}
