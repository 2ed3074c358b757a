// Reading again what a key may do, now and then: its owner can change that at Kalshi.

import { askScopes } from '../kalshi/scopes.ts';
import { exclusively } from '../platform/lock.ts';
import { readState } from '../platform/state.ts';
import { writeState } from '../platform/write-state.ts';
import type { Account } from '../portfolio/account.ts';
import { keyOf } from './keys.ts';
import { ACCOUNTS_LOCK } from './locks.ts';
import { transport } from './transport.ts';

/** Once a day. Milliseconds. */
const EVERY = 24 * 3_600_000;

/** Asks for an account's scopes if that was a day ago. What Kalshi does not tell leaves what it told before. */
export async function renewScopes(asked: Account, clockOffset: number): Promise<void> {
  const now = Date.now();
  if (Math.abs(now - asked.scopesAt) < EVERY) return;
  const key = await keyOf(asked);
  if (!key) return;
  const told = await askScopes(transport, asked.environment, { keyId: asked.keyId, key }, clockOffset);
  await exclusively(ACCOUNTS_LOCK, async () => {
    const state = await readState();
    const { accounts } = state;
    const renewed = accounts.map((account) =>
      account.keyRef === asked.keyRef
        ? { ...account, scopes: told ?? account.scopes, scopesAt: now }
        : account,
    );
    if (!state.lost) await writeState({ accounts: renewed });
  });
}
