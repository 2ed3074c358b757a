// Encrypting the records of an account anew after its protection has changed: in parts, each a change of its own, so that polls
// go on in between. What is left says what is to be done: a background that is killed goes on with it when it starts, and with
// every poll.
//
// `previous` ends when no record of that generation is left. A record that its secret does not decrypt is never deleted: the
// secret may be the wrong one. `previous` then stays, with the secret; the next change of the protection replaces it, and such
// a record stays until its account is removed.

import type { Account } from '../../domain/accounts/account.ts';
import { isLocked } from '../../domain/accounts/state.ts';
import { hasRecords, type Key, reencryptPart } from '../../storage/records/database.ts';
import { openRecords, type RecordsOwner } from '../../storage/records/open-records.ts';
import { getState, whileAccountIsCurrent } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** Goes on with every account that is not locked. Never throws: what fails is repeated at the next start or poll. */
export function reencryptRecords(memory: WorkerMemory): Promise<void> {
  return memory.reencryptions.run(async () => {
    const state = await getState(memory);
    if (state.kind === 'unreadable') return;
    const left = state.accounts.filter((each) => each.records?.previous && !isLocked(state, each));
    for (const account of left) await reencryptAccount(memory, account).catch(() => undefined);
  });
}

async function reencryptAccount(memory: WorkerMemory, account: Account): Promise<void> {
  let after: Key | undefined;
  do {
    after = await whileAccountIsCurrent(memory, account, null, async ({ accounts }, write) => {
      const current = accounts.find(({ id }) => id === account.id);
      if (!current?.records?.previous) return undefined;
      const { generation, previous } = current.records;
      const last = await reencryptPart(await openRecords(current), after);
      if (last || (await hasRecords(current.id, previous.generation))) return last;
      const done = { ...current, records: { generation, previous: null } };
      await write({ accounts: accounts.map((each) => (each === current ? done : each)) });
      return undefined;
    });
  } while (after);
}

/** All at once, within a change: before another change of the protection. @throws what IndexedDB throws */
export async function finishReencryption(owner: RecordsOwner): Promise<void> {
  if (!owner.records?.previous) return;
  const records = await openRecords(owner);
  let after: Key | undefined;
  do after = await reencryptPart(records, after);
  while (after);
}
