// Hiding amounts by the keyboard, from anywhere in the browser.

import { writeState } from '../storage/write-state.ts';
import { changing } from './accounts/update-accounts.ts';

/** The shortcut's name in manifest.json. */
export const HIDE_AMOUNTS = 'hide-amounts';

/** Hides amounts, or shows them again. */
export async function toggleHideAmounts(): Promise<void> {
  await changing(async (state) => {
    const { settings } = state;
    await writeState(state, { settings: { ...settings, hideAmounts: !settings.hideAmounts } });
  });
}
