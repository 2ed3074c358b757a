// Messages for outcomes, with their facts filled in.

import type { Failure, OutcomeKind } from '../../domain/polling/outcome.ts';
import { formatMoment, type I18n, type MessageKey } from './translate.ts';

/** For the pages: the problem and the remedy. For the tooltip: the problem in short. */
export const OUTCOME_MESSAGES: Record<OutcomeKind, { page: MessageKey; tooltip: MessageKey }> = {
  ok: { page: 'outcomeOk', tooltip: 'briefOk' },
  offline: { page: 'outcomeOffline', tooltip: 'briefOffline' },
  timeout: { page: 'outcomeTimeout', tooltip: 'briefTimeout' },
  'rate-limited': { page: 'outcomeRateLimited', tooltip: 'briefRateLimited' },
  'exchange-error': { page: 'outcomeExchangeError', tooltip: 'briefExchangeError' },
  maintenance: { page: 'outcomeMaintenance', tooltip: 'briefMaintenance' },
  'bad-reply': { page: 'outcomeBadReply', tooltip: 'briefBadReply' },
  'clock-wrong': { page: 'outcomeClockWrong', tooltip: 'briefClockWrong' },
  'signature-refused': { page: 'outcomeSignatureRefused', tooltip: 'briefSignatureRefused' },
  'key-unknown': { page: 'outcomeKeyUnknown', tooltip: 'briefKeyUnknown' },
  'scope-missing': { page: 'outcomeScopeMissing', tooltip: 'briefScopeMissing' },
  blocked: { page: 'outcomeBlocked', tooltip: 'briefBlocked' },
  'key-missing': { page: 'outcomeKeyMissing', tooltip: 'briefKeyMissing' },
  'permission-missing': { page: 'outcomePermissionMissing', tooltip: 'briefPermissionMissing' },
  'storage-failed': { page: 'outcomeStorageFailed', tooltip: 'briefStorageFailed' },
};

/**
 * The message for a page: the problem and the remedy.
 * @param now unix milliseconds
 */
export function outcomeMessage(failure: Failure, i18n: I18n, now: number): string {
  switch (failure.kind) {
    case 'exchange-error':
      return i18n.message(OUTCOME_MESSAGES[failure.kind].page, String(failure.status));
    case 'bad-reply':
      return i18n.message(BAD_REPLY[failure.reason], String(failure.status));
    case 'clock-wrong':
      return explainClock(failure.offsetMs, i18n);
    case 'maintenance': {
      const back = backAt(failure, i18n, now);
      return back
        ? i18n.message('outcomeMaintenanceUntil', back)
        : i18n.message(OUTCOME_MESSAGES.maintenance.page);
    }
    case 'signature-refused':
      return i18n.message(SIGNATURE[failure.reason]);
    default:
      return i18n.message(OUTCOME_MESSAGES[failure.kind].page);
  }
}

/** The same for a key that is checked: nothing is retried automatically then. */
export function checkMessage(failure: Failure, i18n: I18n, now: number): string {
  switch (failure.kind) {
    case 'offline':
      return i18n.message('checkOffline');
    case 'timeout':
      return i18n.message('checkTimeout');
    case 'rate-limited':
      return i18n.message('checkRateLimited');
    case 'exchange-error':
      return i18n.message('checkExchangeError', String(failure.status));
    case 'maintenance': {
      const back = backAt(failure, i18n, now);
      return back ? i18n.message('checkMaintenanceUntil', back) : i18n.message('checkMaintenance');
    }
    default:
      return outcomeMessage(failure, i18n, now);
  }
}

/** The short message for the tooltip. */
export function outcomeTooltip(failure: Failure, i18n: I18n, now: number): string {
  const back = failure.kind === 'maintenance' && backAt(failure, i18n, now);
  return back
    ? i18n.message('briefMaintenanceUntil', back)
    : i18n.message(OUTCOME_MESSAGES[failure.kind].tooltip);
}

/** The expected end of a maintenance in the user's time zone; undefined if unknown or past. */
function backAt({ until }: Extract<Failure, { kind: 'maintenance' }>, i18n: I18n, now: number) {
  return until !== undefined && until > now ? formatMoment(until, now, i18n.locale, 'short') : undefined;
}

/**
 * The message for a wrong clock while the balance is correct, because the exchange's time is used.
 * @param offsetMs the exchange's time minus ours, milliseconds
 */
export function clockOffsetMessage(offsetMs: number, i18n: I18n): string {
  return i18n.message(offsetMs > 0 ? 'clockSlow' : 'clockFast', seconds(offsetMs));
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
  if (offsetMs === undefined) return i18n.message('outcomeClockWrong');
  return i18n.message(offsetMs > 0 ? 'outcomeClockSlow' : 'outcomeClockFast', seconds(offsetMs));
}
