// The records of an account without a passphrase.
import type { Records } from '../../src/storage/records/database.ts';

export const clearRecords = (accountId: string): Records => ({
  accountId,
  ciphers: [{ generation: 0, keys: null }],
});
