// Sentences about outcomes: the words of the table, with the facts of the case filled in.

import { type Failure, OUTCOMES } from '../portfolio/outcome.ts';
import { formatMoment, type MessageKey, type Words } from './translate.ts';

/**
 * What happened and what to do, as one or two sentences for a page.
 * @param now unix milliseconds
 */
export function explain(failure: Failure, words: Words, now: number): string {
  switch (failure.kind) {
    case 'exchange-error':
      return words.say(OUTCOMES[failure.kind].sentence, String(failure.status));
    case 'bad-reply':
      return words.say(BAD_REPLY[failure.reason], String(failure.status));
    case 'clock-wrong':
      return explainClock(failure.offsetMs, words);
    case 'maintenance': {
      const back = backAt(failure, words, now);
      return back ? words.say('outcomeMaintenanceUntil', back) : words.say(OUTCOMES.maintenance.sentence);
    }
    case 'signature-refused':
      return words.say(SIGNATURE[failure.reason]);
    default:
      return words.say(OUTCOMES[failure.kind].sentence);
  }
}

/** The same in a few words, for the tooltip. */
export function inBrief(failure: Failure, words: Words, now: number): string {
  const back = failure.kind === 'maintenance' && backAt(failure, words, now);
  return back ? words.say('briefMaintenanceUntil', back) : words.say(OUTCOMES[failure.kind].brief);
}

/** When the exchange expects to be back, in the user's own time; undefined if it does not say, or that is past. */
function backAt({ until }: Extract<Failure, { kind: 'maintenance' }>, words: Words, now: number) {
  return until !== undefined && until > now ? formatMoment(until, now, words.locale, 'short') : undefined;
}

/**
 * That the clock is off although the balance could be read: the exchange's own time was used.
 * @param offsetMs the exchange's time less ours, milliseconds
 */
export function explainOffset(offsetMs: number, words: Words): string {
  return words.say(offsetMs > 0 ? 'clockSlow' : 'clockFast', seconds(offsetMs));
}

function seconds(ms: number): string {
  return String(Math.round(Math.abs(ms) / 1000));
}

const BAD_REPLY: Record<Extract<Failure, { kind: 'bad-reply' }>['reason'], MessageKey> = {
  'not-json': 'outcomeBadReply',
  unexpected: 'outcomeBadReplyUnexpected',
  'too-large': 'outcomeBadReplyUnexpected',
  status: 'outcomeBadReplyStatus',
};

const SIGNATURE: Record<Extract<Failure, { kind: 'signature-refused' }>['reason'], MessageKey> = {
  mismatch: 'outcomeSignatureRefused',
  headers: 'outcomeSignatureHeaders',
  unrecognised: 'outcomeSignatureUnrecognised',
};

function explainClock(offsetMs: number | undefined, words: Words): string {
  if (offsetMs === undefined) return words.say('outcomeClockWrong');
  return words.say(offsetMs > 0 ? 'outcomeClockSlow' : 'outcomeClockFast', seconds(offsetMs));
}
