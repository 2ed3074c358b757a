// An account: one API key in one environment. Everything stored is kept under its id.

import * as v from 'valibot';
import { scopesSchema } from './key-scopes.ts';

/** Where a key lives. Keys of one do not exist in the other (https://docs.kalshi.com/getting_started/demo_env). */
export const ENVIRONMENTS = ['production', 'demo'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const KEY_TYPES = ['RSA', 'Ed25519'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/**
 * How a key lies on disk. `passphrase`: ciphertext alone · `none`: the browser's own store, in the clear ·
 * `session`: not at all, for browsers whose store does not work; it ends with the browser.
 */
export const PROTECTIONS = ['none', 'passphrase', 'session'] as const;
/** Those that can be chosen where the store works. */
export const PROTECTION_CHOICES = ['none', 'passphrase'] as const;
export type Protection = (typeof PROTECTIONS)[number];

export const accountSchema = v.object({
  /** Ours, random; the name under which everything of this account is stored. */
  id: v.string(),
  label: v.string(),
  environment: v.picklist(ENVIRONMENTS),
  /** Kalshi's API key ID, a UUID. Not secret enough to hide from its owner, too telling to log. */
  keyId: v.string(),
  keyType: v.picklist(KEY_TYPES),
  /** What the key may do, as Kalshi last told; null if it did not. */
  scopes: scopesSchema,
  /** When Kalshi last said, or refused to say, what the key may do, unix milliseconds; 0: to be asked with the next good poll. */
  scopesAt: v.number(),
  /** What the key could do when the user last agreed to it. */
  acceptedScopes: scopesSchema,
  /** Which record of the vault holds the key; a replaced key gets a new one. */
  keyRef: v.string(),
  /** How the key lies on disk. */
  protection: v.picklist(PROTECTIONS),
  /** Unix milliseconds. */
  connectedAt: v.number(),
});
export type Account = v.InferOutput<typeof accountSchema>;

/** A key pair made here whose public half still has to be given to Kalshi: an account without a key ID. */
export const pendingKeySchema = v.object({
  id: v.string(),
  environment: v.picklist(ENVIRONMENTS),
  keyType: v.picklist(KEY_TYPES),
  keyRef: v.string(),
  protection: v.picklist(PROTECTIONS),
  /** The public half. */
  publicPem: v.string(),
});
export type PendingKey = v.InferOutput<typeof pendingKeySchema>;

/** Everything that has a key of its own: the accounts, and the pair that waits to become one. */
export function accountsAndPendingKey({
  accounts,
  pending,
}: {
  accounts: readonly Account[];
  pending: PendingKey | null;
}): readonly (Account | PendingKey)[] {
  return pending ? [...accounts, pending] : accounts;
}

/** A name is no longer than this. Characters. */
export const MAX_LABEL = 40;

/** Why a text is not a private key this extension can use. Each has its own sentence. */
export type KeyFileError =
  | 'empty'
  | 'key-id-only'
  | 'public-key'
  | 'certificate'
  | 'certificate-request'
  | 'ec-key'
  | 'openssh'
  | 'putty'
  | 'encrypted'
  | 'other-algorithm'
  | 'rsa-size'
  | 'several-keys'
  | 'damaged'
  | 'not-a-key';

/** Why an API key ID cannot be one. */
export type KeyIdError = 'missing' | 'malformed' | 'is-a-private-key' | 'several';
