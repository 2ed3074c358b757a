// The result of a poll: the closed list of outcomes, and for each the remedy and the polling.

import * as v from 'valibot';

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

interface Row {
  /** `stale`: it recovers automatically · `attention`: the user has to act. */
  look: 'live' | 'stale' | 'attention';
  step: NextStep | null;
  /**
   * `on`: with every alarm · `backoff`: with a wait after each failure (backoff.ts) · `stop`: no request before the user
   * acts.
   */
  polling: 'on' | 'backoff' | 'stop';
  /** Whether a key with this outcome may be saved unchecked: only if the outcome does not concern the key. */
  savable: boolean;
}

const temporary: Row = { look: 'stale', step: 'refresh', polling: 'backoff', savable: true };
const refused: Row = { look: 'attention', step: 'replace-key', polling: 'stop', savable: false };
/** No request is sent with these, so they are checked with every alarm. */
const withoutRequest = { look: 'attention', polling: 'on', savable: false } as const;

/**
 * The table of outcomes. A new outcome is a row here, a variant above, and its messages in view/outcome-message.ts.
 */
export const OUTCOMES: Record<OutcomeKind, Row> = {
  /** 200 with a balance that decodes. */
  ok: { look: 'live', step: null, polling: 'on', savable: true },
  /** The fetch fails although the host permission is granted: no network, no TLS, a redirect, a body cut off. */
  offline: temporary,
  /** Our own time limit ended the request. */
  timeout: temporary,
  /** 429. */
  'rate-limited': temporary,
  /** 500 and above, and the exchange status is not maintenance. */
  'exchange-error': temporary,
  /** 500 and above, and `/exchange/status` reports an inactive exchange, or the body names maintenance. */
  maintenance: temporary,
  /** 200 without a balance, a body that is too large, or any other status. */
  'bad-reply': temporary,
  /** 401 `header_timestamp_expired`, and again with the time of the `Date` header, or without one. */
  'clock-wrong': { ...temporary, look: 'attention', savable: false },
  /** 401 `INCORRECT_API_KEY_SIGNATURE`, a missing header, or an unknown 401. */
  'signature-refused': refused,
  /** 401 `NOT_FOUND`. */
  'key-unknown': refused,
  /** 403 with a JSON body. */
  'scope-missing': refused,
  /** 401 or 403 without one: the edge or a firewall blocked the request before the key was checked. */
  blocked: { ...temporary, look: 'attention', savable: false },
  /** The key store opens, and the key is not in it or does not sign. */
  'key-missing': { ...withoutRequest, step: 'replace-key' },
  /** The host permission is missing; no request is sent. */
  'permission-missing': { ...withoutRequest, step: 'grant-access' },
  /** IndexedDB does not open, or `storage.local` refuses the write. */
  'storage-failed': { ...withoutRequest, step: 'refresh' },
};

/** Whether the user has to act. */
export function requiresAction(outcome: Outcome): boolean {
  return OUTCOMES[outcome.kind].look === 'attention';
}
