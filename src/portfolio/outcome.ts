// What became of a poll: the closed list of outcomes, and for each what the user is told and what happens next.

import * as v from 'valibot';
import type { MessageKey } from './words.ts';

/** One outcome as it is stored. The details are facts for the sentence, never text from outside. */
export const outcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('ok') }),
  v.object({ kind: v.literal('offline') }),
  v.object({ kind: v.literal('timeout') }),
  /** `retryAfterMs`: what a Retry-After header asked for, if there ever is one. */
  v.object({ kind: v.literal('rate-limited'), retryAfterMs: v.optional(v.number()) }),
  v.object({ kind: v.literal('exchange-error'), status: v.number() }),
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

interface OutcomeRow {
  /** What happened and what to do, for the popup and the options page. */
  sentence: MessageKey;
  /** The same in a few words, for the tooltip. */
  brief: MessageKey;
  step: NextStep | null;
  /** `on`: as usual · `backoff`: seldomer and seldomer, heals by itself · `stop`: no request before the user acts. */
  polling: 'on' | 'backoff' | 'stop';
  /** Whether a key with this answer may be saved all the same: only where the answer says nothing about the key. */
  savable: boolean;
}

const heals = { step: 'refresh', polling: 'backoff', savable: true } as const;
const refused = { step: 'replace-key', polling: 'stop', savable: false } as const;

/** The one table of outcomes. A new outcome is a row here and a variant above. */
export const OUTCOMES: Record<OutcomeKind, OutcomeRow> = {
  ok: { sentence: 'outcomeOk', brief: 'briefOk', step: null, polling: 'on', savable: true },
  offline: { ...heals, sentence: 'outcomeOffline', brief: 'briefOffline' },
  timeout: { ...heals, sentence: 'outcomeTimeout', brief: 'briefTimeout' },
  'rate-limited': { ...heals, sentence: 'outcomeRateLimited', brief: 'briefRateLimited' },
  'exchange-error': { ...heals, sentence: 'outcomeExchangeError', brief: 'briefExchangeError' },
  'bad-reply': { ...heals, sentence: 'outcomeBadReply', brief: 'briefBadReply' },
  'clock-wrong': { ...heals, sentence: 'outcomeClockWrong', brief: 'briefClockWrong', savable: false },
  'signature-refused': { ...refused, sentence: 'outcomeSignatureRefused', brief: 'briefSignatureRefused' },
  'key-unknown': { ...refused, sentence: 'outcomeKeyUnknown', brief: 'briefKeyUnknown' },
  'scope-missing': { ...refused, sentence: 'outcomeScopeMissing', brief: 'briefScopeMissing' },
  blocked: {
    step: 'refresh',
    polling: 'stop',
    savable: false,
    sentence: 'outcomeBlocked',
    brief: 'briefBlocked',
  },
  // Neither of these sends a request, so looking again each time costs nobody anything.
  'key-missing': {
    step: 'replace-key',
    polling: 'on',
    savable: false,
    sentence: 'outcomeKeyMissing',
    brief: 'briefKeyMissing',
  },
  'permission-missing': {
    step: 'grant-access',
    polling: 'on',
    savable: false,
    sentence: 'outcomePermissionMissing',
    brief: 'briefPermissionMissing',
  },
};

/** Whether nothing will get better before the user does something. */
export function needsUser(outcome: Outcome): boolean {
  const { step, polling } = OUTCOMES[outcome.kind];
  return polling === 'stop' || step === 'replace-key' || step === 'grant-access';
}
