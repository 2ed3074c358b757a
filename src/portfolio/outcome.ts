// What became of a poll: the closed list of outcomes, and for each what the user is told and what happens next.

import * as v from 'valibot';
import type { MessageKey } from '../view/translate.ts';

/** One outcome as it is stored. The details are facts for the sentence, never text from outside. */
export const outcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('ok') }),
  v.object({ kind: v.literal('offline') }),
  v.object({ kind: v.literal('timeout') }),
  /** `retryAfterMs`: what a Retry-After header asked for, if there ever is one. */
  v.object({ kind: v.literal('rate-limited'), retryAfterMs: v.optional(v.number()) }),
  v.object({ kind: v.literal('exchange-error'), status: v.number() }),
  /** `until`: when the exchange expects to be back, unix milliseconds, if it says. */
  v.object({ kind: v.literal('maintenance'), until: v.optional(v.number()) }),
  /** `offsetMs`: the exchange's time less ours; positive when our clock is slow. */
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

/** What the user can do about it, where there is a button for it. */
export type NextStep = 'refresh' | 'replace-key' | 'grant-access';

/** How the toolbar looks with a figure of an earlier time beside this outcome. */
export type OutcomeLook = 'live' | 'stale' | 'attention' | 'locked';

interface Row<Step> {
  /** What happened and what to do, for the popup and the options page. */
  sentence: MessageKey;
  /** The same in a few words, for the tooltip. */
  brief: MessageKey;
  /** `stale`: it heals by itself · `attention`: nothing gets better before the user does something. */
  look: OutcomeLook;
  step: Step | null;
  /**
   * `on`: at every ring of the alarm · `backoff`: held back after each failure (pace.ts says how long) ·
   * `stop`: no request before the user acts.
   */
  polling: 'on' | 'backoff' | 'stop';
  /** Whether a key with this answer may be saved all the same: only where the answer says nothing about the key. */
  savable: boolean;
}

const heals = { look: 'stale', step: 'refresh', polling: 'backoff', savable: true } as const;
const refused = { look: 'attention', step: 'replace-key', polling: 'stop', savable: false } as const;
/** No request is sent with these, so looking again each time costs nobody anything. */
const unasked = { look: 'attention', polling: 'on', savable: false } as const;

/** The one table of outcomes. A new outcome is a row here and a variant above. */
export const OUTCOMES: Record<OutcomeKind, Row<NextStep>> = {
  /** 200 with a balance that decodes. */
  ok: { sentence: 'outcomeOk', brief: 'briefOk', look: 'live', step: null, polling: 'on', savable: true },
  /** The fetch fails although the host permission is granted: no network, no TLS, a redirect, a body cut off. */
  offline: { ...heals, sentence: 'outcomeOffline', brief: 'briefOffline' },
  /** Our own time limit ended the request. */
  timeout: { ...heals, sentence: 'outcomeTimeout', brief: 'briefTimeout' },
  /** 429. */
  'rate-limited': { ...heals, sentence: 'outcomeRateLimited', brief: 'briefRateLimited' },
  /** 500 and above, and the exchange's status does not say maintenance. */
  'exchange-error': { ...heals, sentence: 'outcomeExchangeError', brief: 'briefExchangeError' },
  /** 500 and above, and `/exchange/status` says that the exchange is not active, or the body names maintenance. */
  maintenance: { ...heals, sentence: 'outcomeMaintenance', brief: 'briefMaintenance' },
  /** 200 without a balance in it, a body too large for one, or any status not named here. */
  'bad-reply': { ...heals, sentence: 'outcomeBadReply', brief: 'briefBadReply' },
  /** 401 `header_timestamp_expired`, and again with the time of the `Date` header, or without one. */
  'clock-wrong': {
    ...heals,
    look: 'attention',
    savable: false,
    sentence: 'outcomeClockWrong',
    brief: 'briefClockWrong',
  },
  /** 401 `INCORRECT_API_KEY_SIGNATURE`, a header missing, or a 401 that says nothing known. */
  'signature-refused': { ...refused, sentence: 'outcomeSignatureRefused', brief: 'briefSignatureRefused' },
  /** 401 `NOT_FOUND`. */
  'key-unknown': { ...refused, sentence: 'outcomeKeyUnknown', brief: 'briefKeyUnknown' },
  /** 403 with a JSON body. */
  'scope-missing': { ...refused, sentence: 'outcomeScopeMissing', brief: 'briefScopeMissing' },
  /** 403 without one: the edge, before anybody looked at the key. */
  blocked: { ...refused, step: 'refresh', sentence: 'outcomeBlocked', brief: 'briefBlocked' },
  /** The vault opens, and the key is not in it or does not sign. */
  'key-missing': { ...unasked, step: 'replace-key', sentence: 'outcomeKeyMissing', brief: 'briefKeyMissing' },
  /** `permissions.contains` says no, before anything is sent. */
  'permission-missing': {
    ...unasked,
    step: 'grant-access',
    sentence: 'outcomePermissionMissing',
    brief: 'briefPermissionMissing',
  },
  /** IndexedDB does not open, or `storage.local` does not take what is written. */
  'storage-failed': {
    ...unasked,
    step: 'refresh',
    sentence: 'outcomeStorageFailed',
    brief: 'briefStorageFailed',
  },
};

/** The one state that no poll ends in: the account waits for its passphrase, and nothing is asked. */
export const LOCKED: Row<'unlock'> = {
  sentence: 'lockedText',
  brief: 'tooltipLocked',
  look: 'locked',
  step: 'unlock',
  polling: 'stop',
  savable: false,
};

/** Whether nothing will get better before the user does something. */
export function requiresAction(outcome: Outcome): boolean {
  return OUTCOMES[outcome.kind].look === 'attention';
}
