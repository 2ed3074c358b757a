// Opening the records of an account. There is no other way to them.

import { type Account, recordsGeneration } from '../../domain/accounts/account.ts';
import { type RecordsAccess, readSession } from '../session.ts';
import { readState } from '../state.ts';
import { createCipher, type RecordsCipher, sealText, unsealText } from './cipher.ts';
import type { Records } from './database.ts';

/** The account is locked, or no longer exists. */
export class AccountLocked extends Error {}

/** What says how the records of an account are stored. */
export type RecordsOwner = Pick<Account, 'id' | 'protection' | 'records'>;

/**
 * The records of an account.
 * @throws AccountLocked if the session has no secret of them
 */
export async function openRecords(account: RecordsOwner): Promise<Records> {
  const { id, protection, records } = account;
  const access = protection === 'none' ? undefined : (await readSession()).unlocked[id];
  const generation = recordsGeneration(account);
  if (protection === 'passphrase' && access?.generation !== generation) throw new AccountLocked();
  const current = await createCipher(generation, access?.records ?? null);
  if (!records?.previous) return { accountId: id, ciphers: [current] };
  const previous = await previousCipher(id, current, records.previous);
  return { accountId: id, ciphers: previous ? [current, previous] : [current] };
}

function placeOf(accountId: string): string[] {
  return [accountId, 'previous secret'];
}

/** Undefined if its secret cannot be read: its records are then left out, and stay. */
async function previousCipher(
  accountId: string,
  current: RecordsCipher,
  { generation, secret }: NonNullable<NonNullable<Account['records']>['previous']>,
): Promise<RecordsCipher | undefined> {
  const isSealed = secret !== null && current.keys !== null;
  const opened = isSealed ? await unsealText(current, placeOf(accountId), secret) : secret;
  if (opened !== null && typeof opened !== 'string') return undefined;
  return createCipher(generation, opened).catch(() => undefined);
}

/** What decrypts the records of an account, for the session and for a write. */
export function accessOf(account: Pick<Account, 'records'>, { records }: { records: string }): RecordsAccess {
  return { records, generation: recordsGeneration(account) };
}

/**
 * The next generation of an account's records, whose previous one remains readable with it.
 * @param before the secret of the records as they are; null if they are in clear
 * @param next the secret of new records; null for none
 */
export async function nextGeneration(
  account: Pick<Account, 'id' | 'records'>,
  before: string | null,
  next: string | null,
): Promise<NonNullable<Account['records']>> {
  const generation = recordsGeneration(account) + 1;
  const cipher = await createCipher(generation, next);
  const isSealed = before !== null && next !== null;
  const secret = isSealed ? await sealText(cipher, placeOf(account.id), before) : before;
  return { generation, previous: { generation: generation - 1, secret } };
}

/**
 * The records of an account, by its id. For pages.
 * @throws AccountLocked if it is locked, or does not exist
 */
export async function openRecordsOf(accountId: string): Promise<Records> {
  const state = await readState();
  const account = state.kind === 'ready' && state.accounts.find(({ id }) => id === accountId);
  if (!account) throw new AccountLocked();
  return openRecords(account);
}
