// Sentences about outcomes: the words of the table, with the facts of the case filled in.

import { type Failure, OUTCOMES } from '../portfolio/outcome.ts';
import { formatMoment, type I18n, type MessageKey } from './translate.ts';

/**
 * What happened and what to do, as one or two sentences for a page.
 * @param now unix milliseconds
 */
export function outcomeMessage(failure: Failure, i18n: I18n, now: number): string {
  switch (failure.kind) {
    case 'exchange-error':
      return i18n.say(OUTCOMES[failure.kind].sentence, String(failure.status));
    case 'bad-reply':
      return i18n.say(BAD_REPLY[failure.reason], String(failure.status));
    case 'clock-wrong':
      return explainClock(failure.offsetMs, i18n);
    case 'maintenance': {
      const back = backAt(failure, i18n, now);
      return back ? i18n.say('outcomeMaintenanceUntil', back) : i18n.say(OUTCOMES.maintenance.sentence);
    }
    case 'signature-refused':
      return i18n.say(SIGNATURE[failure.reason]);
    default:
      return i18n.say(OUTCOMES[failure.kind].sentence);
  }
}

/** The same in a few words, for the tooltip. */
export function outcomeTooltip(failure: Failure, i18n: I18n, now: number): string {
  const back = failure.kind === 'maintenance' && backAt(failure, i18n, now);
  return back ? i18n.say('briefMaintenanceUntil', back) : i18n.say(OUTCOMES[failure.kind].brief);
}

/** When the exchange expects to be back, in the user's own time; undefined if it does not say, or that is past. */
function backAt({ until }: Extract<Failure, { kind: 'maintenance' }>, i18n: I18n, now: number) {
  return until !== undefined && until > now ? formatMoment(until, now, i18n.locale, 'short') : undefined;
}

/**
 * That the clock is off although the balance could be read: the exchange's own time was used.
 * @param offsetMs the exchange's time less ours, milliseconds
 */
export function clockOffsetMessage(offsetMs: number, i18n: I18n): string {
  return i18n.say(offsetMs > 0 ? 'clockSlow' : 'clockFast', seconds(offsetMs));
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

function explainClock(offsetMs: number | undefined, i18n: I18n): string {
  if (offsetMs === undefined) return i18n.say('outcomeClockWrong');
  return i18n.say(offsetMs > 0 ? 'outcomeClockSlow' : 'outcomeClockFast', seconds(offsetMs));
}
