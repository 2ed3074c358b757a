// What is stored of a protected account besides the list of accounts: one item of `storage.local`, encrypted under its passphrase.

import * as v from 'valibot';
import {
  type Account,
  accountSchema,
  type PrivatePart,
  privatePart,
  recordsGeneration,
} from '../domain/accounts/account.ts';
import { createCipher, sealText, unsealText } from './records/cipher.ts';
import type { RecordsAccess } from './session.ts';

const { keyId, scopes, scopesAt, acceptedScopes, expiresAt } = accountSchema.entries;
const contentSchema = v.object({
  private: v.object({ keyId, scopes, scopesAt, acceptedScopes, expiresAt }),
  /** The account's record, as its schema and migrations read it (schemas.ts). */
  data: v.unknown(),
});

function placeOf(account: Account): string[] {
  return [account.id, 'account'];
}

/** The text to store. @param access that of the current generation */
export async function sealAccount(account: Account, data: unknown, access: RecordsAccess): Promise<string> {
  const cipher = await createCipher(recordsGeneration(account), access.records);
  return sealText(cipher, placeOf(account), { private: privatePart(account), data });
}

/** What was stored; undefined if it is damaged. @param access that of the current generation */
export async function unsealAccount(
  account: Account,
  stored: unknown,
  access: RecordsAccess,
): Promise<{ private: PrivatePart; data: unknown } | undefined> {
  const cipher = await createCipher(recordsGeneration(account), access.records);
  const parsed = v.safeParse(contentSchema, await unsealText(cipher, placeOf(account), stored));
  return parsed.success
    ? { private: privatePart(parsed.output.private), data: parsed.output.data }
    : undefined;
}
