// Changing the settings.

import type { Result } from '../commands/problem.ts';
import type { Settings } from '../domain/accounts/settings.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { runChange, toResult } from './run-change.ts';
import { resetUnreadableSettings } from './store.ts';

/** The shortcut's name in manifest.json. */
export const HIDE_AMOUNTS_SHORTCUT = 'hide-amounts';

/** Changes some of the settings. */
export async function changeSettings(
  change: { [K in keyof Settings]?: Settings[K] | undefined },
): Promise<Result<null>> {
  const result = await runChange(async ({ settings }, write) => {
    await write({ settings: { ...settings, ...change } as Settings });
    return null;
  });
  startAutoLock();
  return result;
}

/** Hides amounts, or shows them again. */
export async function toggleHideAmounts(): Promise<void> {
  await runChange(({ settings }, write) =>
    write({ settings: { ...settings, hideAmounts: !settings.hideAmounts } }),
  );
}

/** Replaces settings that cannot be read by the defaults. */
export function resetSettings(): Promise<Result<null>> {
  return toResult(async () => {
    await resetUnreadableSettings();
    return null;
  });
}
