// The result of a poll: the closed list of outcomes, and for each the message, the remedy and the polling.

import * as v from 'valibot';
import type { MessageKey } from '../view/translate.ts';

/** An outcome as it is stored. The details are facts for the message, never text from outside. */
export const outcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('ok') }),
  v.object({ kind: v.literal('offline') }),
  v.object({ kind: v.literal('timeout') }),
  /** `retryAfterMs`: from a Retry-After header, if there is one. */
  v.object({ kind: v.literal('rate-limited'), retryAfterMs: v.optional(v.number()) }),
  v.object({ kind: v.literal('exchange-error'), status: v.number() }),
  /** `until`: the expected end, unix milliseconds, if known. */
  v.object({ kind: v.literal('maintenance'), until: v.optional(v.number()) }),
  /** `offsetMs`: the exchange's time minus ours; positive if our clock is slow. */
  v.object({ kind: v.literal('clock-wrong'), offsetMs: v.optional(v.number()) }),
  v.object({
    kind: v.literal('signature-refused'),
    reason: v.picklist(['mismatch', 'headers', 'unrecognised']),
  }),
  v.object({ kind: v.literal('key-unknown') }),
  v.object({ kind: v.literal('scope-missing') }),
  v.object({ kind: v.literal('blocked') }),
  v.object({ kind: v.literal('permission-missing') }),
  v.object({ kind: v.literal('key-missing') }),
  v.object({ kind: v.literal('storage-failed') }),
  v.object({
    kind: v.literal('bad-reply'),
    reason: v.picklist(['not-json', 'unexpected', 'too-large', 'status']),
    status: v.number(),
  }),
]);

export type Outcome = v.InferOutput<typeof outcomeSchema>;
export type OutcomeKind = Outcome['kind'];
/** Everything but success. */
export type Failure = Exclude<Outcome, { kind: 'ok' }>;

/** The remedy that has a button. */
export type NextStep = 'refresh' | 'replace-key' | 'grant-access';

/** How the toolbar looks with this outcome. */
export type OutcomeLook = 'live' | 'stale' | 'attention' | 'locked';

interface Row<Step> {
  /** The message for the pages: the problem and the remedy. */
  sentence: MessageKey;
  /** The short message for the tooltip. */
  brief: MessageKey;
  /** `stale`: it recovers automatically · `attention`: the user has to act. */
  look: OutcomeLook;
  step: Step | null;
  /**
   * `on`: with every alarm · `backoff`: with a wait after each failure (backoff.ts) · `stop`: no request before the user
   * acts.
   */
  polling: 'on' | 'backoff' | 'stop';
  /** Whether a key with this outcome may be saved unchecked: only if the outcome says nothing about the key. */
  savable: boolean;
}

const heals = { look: 'stale', step: 'refresh', polling: 'backoff', savable: true } as const;
const refused = { look: 'attention', step: 'replace-key', polling: 'stop', savable: false } as const;
/** No request is sent with these, so they are checked with every alarm. */
const unasked = { look: 'attention', polling: 'on', savable: false } as const;

/** The table of outcomes. A new outcome is a row here and a variant above. */
export const OUTCOMES: Record<OutcomeKind, Row<NextStep>> = {
  /** 200 with a balance that decodes. */
  ok: { sentence: 'outcomeOk', brief: 'briefOk', look: 'live', step: null, polling: 'on', savable: true },
  /** The fetch fails although the host permission is granted: no network, no TLS, a redirect, a body cut off. */
  offline: { ...heals, sentence: 'outcomeOffline', brief: 'briefOffline' },
  /** Our own time limit ended the request. */
  timeout: { ...heals, sentence: 'outcomeTimeout', brief: 'briefTimeout' },
  /** 429. */
  'rate-limited': { ...heals, sentence: 'outcomeRateLimited', brief: 'briefRateLimited' },
  /** 500 and above, and the exchange status is not maintenance. */
  'exchange-error': { ...heals, sentence: 'outcomeExchangeError', brief: 'briefExchangeError' },
  /** 500 and above, and `/exchange/status` says that the exchange is not active, or the body names maintenance. */
  maintenance: { ...heals, sentence: 'outcomeMaintenance', brief: 'briefMaintenance' },
  /** 200 without a balance, a body that is too large, or any other status. */
  'bad-reply': { ...heals, sentence: 'outcomeBadReply', brief: 'briefBadReply' },
  /** 401 `header_timestamp_expired`, and again with the time of the `Date` header, or without one. */
  'clock-wrong': {
    ...heals,
    look: 'attention',
    savable: false,
    sentence: 'outcomeClockWrong',
    brief: 'briefClockWrong',
  },
  /** 401 `INCORRECT_API_KEY_SIGNATURE`, a missing header, or an unknown 401. */
  'signature-refused': { ...refused, sentence: 'outcomeSignatureRefused', brief: 'briefSignatureRefused' },
  /** 401 `NOT_FOUND`. */
  'key-unknown': { ...refused, sentence: 'outcomeKeyUnknown', brief: 'briefKeyUnknown' },
  /** 403 with a JSON body. */
  'scope-missing': { ...refused, sentence: 'outcomeScopeMissing', brief: 'briefScopeMissing' },
  /** 403 without one: the edge blocked the request before the key was checked. */
  blocked: { ...refused, step: 'refresh', sentence: 'outcomeBlocked', brief: 'briefBlocked' },
  /** The key store opens, and the key is not in it or does not sign. */
  'key-missing': { ...unasked, step: 'replace-key', sentence: 'outcomeKeyMissing', brief: 'briefKeyMissing' },
  /** The host permission is missing; no request is sent. */
  'permission-missing': {
    ...unasked,
    step: 'grant-access',
    sentence: 'outcomePermissionMissing',
    brief: 'briefPermissionMissing',
  },
  /** IndexedDB does not open, or `storage.local` refuses the write. */
  'storage-failed': {
    ...unasked,
    step: 'refresh',
    sentence: 'outcomeStorageFailed',
    brief: 'briefStorageFailed',
  },
};

/** The row for a locked account, which is not polled. */
export const LOCKED: Row<'unlock'> = {
  sentence: 'lockedText',
  brief: 'tooltipLocked',
  look: 'locked',
  step: 'unlock',
  polling: 'stop',
  savable: false,
};

/** Whether the user has to act. */
export function requiresAction(outcome: Outcome): boolean {
  return OUTCOMES[outcome.kind].look === 'attention';
}
