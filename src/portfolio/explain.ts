// Sentences about outcomes: the words of the table, with the facts of the case filled in.

import { type Failure, OUTCOMES } from './outcome.ts';
import type { MessageKey, Words } from './words.ts';

/** What happened and what to do, as one or two sentences for a page. */
export function explain(failure: Failure, words: Words): string {
  switch (failure.kind) {
    case 'exchange-error':
      return words.say(OUTCOMES[failure.kind].sentence, String(failure.status));
    case 'bad-reply':
      return words.say(BAD_REPLY[failure.reason], String(failure.status));
    case 'clock-wrong':
      return explainClock(failure.offsetMs, words);
    case 'signature-refused':
      return words.say(SIGNATURE[failure.reason]);
    default:
      return words.say(OUTCOMES[failure.kind].sentence);
  }
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
  const seconds = String(Math.round(Math.abs(offsetMs) / 1000));
  return words.say(offsetMs > 0 ? 'outcomeClockSlow' : 'outcomeClockFast', seconds);
}
