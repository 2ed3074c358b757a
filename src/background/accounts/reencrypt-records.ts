// Encrypting the records of an account anew after its protection has changed: in parts, each a change of its own, so that polls
// go on in between. What is left says what is to be done: a background that is killed goes on with it when it starts.

import type { Account } from '../../domain/accounts/account.ts';
import { isLocked } from '../../domain/accounts/state.ts';
import { deleteRecordsExcept, reencryptPart } from '../../storage/records/database.ts';
import { openRecords, type RecordsOwner } from '../../storage/records/open-records.ts';
import { getReadyState, getState, whileAccountIsCurrent } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** Goes on with every account that is not locked. Never throws: what fails is repeated at the next start or poll. */
export async function reencryptRecords(memory: WorkerMemory): Promise<void> {
  const state = await getState(memory);
  if (state.kind === 'unreadable') return;
  const left = state.accounts.filter((each) => each.records?.previous && !isLocked(state, each));
  for (const account of left) await reencryptAccount(memory, account).catch(() => undefined);
}

async function reencryptAccount(memory: WorkerMemory, account: Account): Promise<void> {
  let isLeft: boolean | undefined = true;
  while (isLeft) {
    isLeft = await whileAccountIsCurrent(memory, account, null, async ({ accounts }, write) => {
      const current = accounts.find(({ id }) => id === account.id);
      if (!current?.records?.previous) return false;
      const records = await openRecords(current);
      if (records.ciphers.length === 1) return false; // the previous secret is damaged: nothing is deleted
      if (await reencryptPart(records)) return true;
      const done = { ...current, records: { ...current.records, previous: null } };
      await write({ accounts: accounts.map((each) => (each === current ? done : each)) });
      return false;
    });
  }
}

/** All at once, within a change: before another change of the protection. @throws what IndexedDB throws */
export async function finishReencryption(owner: RecordsOwner): Promise<void> {
  if (!owner.records?.previous) return;
  const records = await openRecords(owner);
  while (await reencryptPart(records));
}

/** Deletes the records that no account refers to. To be called within a change. @throws what IndexedDB throws */
export async function deleteOrphanRecords(memory: WorkerMemory): Promise<void> {
  const { accounts } = await getReadyState(memory);
  await deleteRecordsExcept(
    accounts.map(({ id, records }) => ({
      accountId: id,
      generations: [records?.generation ?? 0, ...(records?.previous ? [records.previous.generation] : [])],
    })),
  );
}
