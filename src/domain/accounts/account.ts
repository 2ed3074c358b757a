// An account: one API key in one environment. Everything stored is keyed by its id.

import * as v from 'valibot';
import { scopesSchema } from './key-scopes.ts';

/** Keys of one environment do not exist in the other (https://docs.kalshi.com/getting_started/demo_env). */
export const ENVIRONMENTS = ['production', 'demo'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export const KEY_TYPES = ['RSA', 'Ed25519'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** How a key is stored. `none`: in the browser's own store, unencrypted · `passphrase`: encrypted. */
export const PROTECTIONS = ['none', 'passphrase'] as const;
export type Protection = (typeof PROTECTIONS)[number];

export const accountSchema = v.object({
  /** Random; everything stored about this account is keyed by it. */
  id: v.string(),
  label: v.string(),
  environment: v.picklist(ENVIRONMENTS),
  /** Kalshi's API key ID, a UUID. Shown to its owner, never logged. */
  keyId: v.string(),
  keyType: v.picklist(KEY_TYPES),
  /** Whether the key is known to read one subaccount only. */
  isRestrictedToSubaccount: v.optional(v.boolean()),
  /** What the key may do, as last fetched; null if unknown. */
  scopes: scopesSchema,
  /** When the scopes were last fetched or refused, unix milliseconds; 0: to be fetched with the next good poll. */
  scopesAt: v.number(),
  /** The scopes that the user has accepted. */
  acceptedScopes: scopesSchema,
  /** The same for all accounts of the same money: several keys of one member of Kalshi. */
  moneyId: v.string(),
  /** The key's reference in the key store; a replaced key gets a new one. */
  keyRef: v.string(),
  /** How the key is stored. */
  protection: v.picklist(PROTECTIONS),
  /** Unix milliseconds. */
  connectedAt: v.number(),
  /** When the key expires, unix milliseconds; absent if Kalshi does not say so. */
  expiresAt: v.optional(v.number()),
  /** A hash of the environment and the key ID, by which the same key is recognised while the account is locked. */
  keyHash: v.optional(v.string()),
  /** How its records are stored (storage/records/); absent: in generation 0, and in no other. */
  records: v.optional(
    v.object({
      generation: v.number(),
      /**
       * The generation that is being replaced, and the secret of its records: null if they are in clear, and encrypted under
       * the current secret if there is one.
       */
      previous: v.nullable(v.object({ generation: v.number(), secret: v.nullable(v.string()) })),
    }),
  ),
});
export type Account = v.InferOutput<typeof accountSchema>;

/** What is known of an account by its key: encrypted under its passphrase, and unknown while it is locked. */
export type PrivatePart = Pick<Account, 'keyId' | 'scopes' | 'scopesAt' | 'acceptedScopes' | 'expiresAt'>;

export function privatePart({
  keyId,
  scopes,
  scopesAt,
  acceptedScopes,
  expiresAt,
}: PrivatePart): PrivatePart {
  return { keyId, scopes, scopesAt, acceptedScopes, ...(expiresAt !== undefined && { expiresAt }) };
}

/** An account as it is while it is locked. */
export function withoutPrivatePart({ expiresAt: _, ...account }: Account): Account {
  return { ...account, keyId: '', scopes: null, scopesAt: 0, acceptedScopes: null };
}

/** The generation of an account's new records. */
export function recordsGeneration({ records }: Pick<Account, 'records'>): number {
  return records?.generation ?? 0;
}

/**
 * The `moneyId` of an account: that of another account of the same money, or its own.
 * @param sameMoney the key IDs of accounts of the same money; undefined if that is unknown
 */
export function moneyIdOf(
  account: Pick<Account, 'id' | 'environment'> & { moneyId?: string },
  sameMoney: readonly string[] | undefined,
  all: readonly Account[],
): string {
  const other = all.find(
    ({ id, environment, keyId }) =>
      id !== account.id && environment === account.environment && sameMoney?.includes(keyId),
  );
  return other?.moneyId ?? account.moneyId ?? account.id;
}

/** A generated key pair that has no API key ID yet. */
export const pendingKeySchema = v.object({
  id: v.string(),
  environment: v.picklist(ENVIRONMENTS),
  keyType: v.picklist(KEY_TYPES),
  keyRef: v.string(),
  protection: v.picklist(PROTECTIONS),
  /** The public key. */
  publicPem: v.string(),
});
export type PendingKey = v.InferOutput<typeof pendingKeySchema>;

/** Everything that has a key: the accounts and the pending key pair. */
export function accountsAndPendingKey({
  accounts,
  pending,
}: {
  accounts: readonly Account[];
  pending: PendingKey | null;
}): readonly (Account | PendingKey)[] {
  return pending ? [...accounts, pending] : accounts;
}

/** The longest name. Characters. */
export const MAX_LABEL = 40;

/** Why a text is not a usable private key. Each has its own message. */
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

/** A regular expression for an API key ID as Kalshi issues them: a UUID, here in lower case. */
export const KEY_ID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Why a text is not an API key ID. */
export type KeyIdError = 'missing' | 'malformed' | 'is-a-private-key' | 'several';
