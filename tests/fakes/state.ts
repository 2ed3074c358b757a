// A stored state that could be read, for tests of what is shown.
import { NEW_INSTALLATION } from '../../src/domain/accounts/installation.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/accounts/settings.ts';
import type { ReadyState } from '../../src/domain/accounts/state.ts';

/** A state without accounts, or with these parts of another one. */
export const readyState = (parts: Partial<ReadyState> = {}): ReadyState => ({
  kind: 'ready',
  accounts: [],
  data: {},
  pending: null,
  settings: DEFAULT_SETTINGS,
  settingsReadable: true,
  installation: NEW_INSTALLATION,
  hosts: {},
  unlocked: [],
  unreadableItems: [],
  storageFailing: { local: false, history: false },
  ...parts,
});
