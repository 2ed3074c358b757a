// The sentence for each failure, with its facts, on the pages and in the tooltip.
import { describe, expect, test } from 'vitest';
import messages from '../../../../public/_locales/en/messages.json' with { type: 'json' };
import type { Failure } from '../../../../src/domain/polling/outcome.ts';
import {
  clockOffsetMessage,
  outcomeMessage,
  outcomeTooltip,
} from '../../../../src/view/texts/outcome-message.ts';
import { english } from '../../../fakes/english.ts';

const NOW = new Date(2026, 10, 22, 12).getTime();
const HOUR = 3_600_000;
const text = (key: keyof typeof messages) => messages[key].message;

test.each<[Failure, page: string, tooltip: string]>([
  [{ kind: 'offline' }, text('outcomeOffline'), text('briefOffline')],
  [{ kind: 'timeout' }, text('outcomeTimeout'), text('briefTimeout')],
  [{ kind: 'rate-limited' }, text('outcomeRateLimited'), text('briefRateLimited')],
  [
    { kind: 'exchange-error', status: 502 },
    'Kalshi returned an error (502). Retrying automatically.',
    text('briefExchangeError'),
  ],
  [{ kind: 'maintenance' }, text('outcomeMaintenance'), text('briefMaintenance')],
  [{ kind: 'maintenance', until: NOW }, text('outcomeMaintenance'), text('briefMaintenance')],
  [{ kind: 'bad-reply', reason: 'not-json', status: 200 }, text('outcomeBadReply'), text('briefBadReply')],
  [
    { kind: 'bad-reply', reason: 'unexpected', status: 200 },
    text('outcomeBadReplyUnexpected'),
    text('briefBadReply'),
  ],
  [
    { kind: 'bad-reply', reason: 'too-large', status: 200 },
    text('outcomeBadReplyUnexpected'),
    text('briefBadReply'),
  ],
  [
    { kind: 'bad-reply', reason: 'status', status: 404 },
    'Kalshi sent an unexpected response (code 404). If this continues, update the extension.',
    text('briefBadReply'),
  ],
  [{ kind: 'clock-wrong' }, text('outcomeClockWrong'), text('briefClockWrong')],
  [
    { kind: 'clock-wrong', offsetMs: 42_400 },
    "Your computer's clock is 42 s slow. Turn on automatic time, then try again.",
    text('briefClockWrong'),
  ],
  [
    { kind: 'clock-wrong', offsetMs: -42_600 },
    "Your computer's clock is 43 s fast. Turn on automatic time, then try again.",
    text('briefClockWrong'),
  ],
  [
    { kind: 'signature-refused', reason: 'mismatch' },
    text('outcomeSignatureRefused'),
    text('briefSignatureRefused'),
  ],
  [
    { kind: 'signature-refused', reason: 'headers' },
    text('outcomeSignatureHeaders'),
    text('briefSignatureRefused'),
  ],
  [
    { kind: 'signature-refused', reason: 'unrecognised' },
    text('outcomeSignatureUnrecognised'),
    text('briefSignatureRefused'),
  ],
  [{ kind: 'key-unknown' }, text('outcomeKeyUnknown'), text('briefKeyUnknown')],
  [{ kind: 'scope-missing' }, text('outcomeScopeMissing'), text('briefScopeMissing')],
  [{ kind: 'blocked' }, text('outcomeBlocked'), text('briefBlocked')],
  [{ kind: 'permission-missing' }, text('outcomePermissionMissing'), text('briefPermissionMissing')],
  [{ kind: 'key-missing' }, text('outcomeKeyMissing'), text('briefKeyMissing')],
  [{ kind: 'storage-failed' }, text('outcomeStorageFailed'), text('briefStorageFailed')],
])('%j', (failure, page, tooltip) => {
  expect(outcomeMessage(failure, english, NOW)).toBe(page);
  expect(outcomeTooltip(failure, english, NOW)).toBe(tooltip);
});

describe('a maintenance that ends', () => {
  const until = (at: number): Failure => ({ kind: 'maintenance', until: at });

  test('today: at a time', () => {
    expect(outcomeMessage(until(NOW + 2 * HOUR), english, NOW)).toMatch(
      /^Kalshi is down for maintenance until about 2:00\sPM\. Your balance/,
    );
    expect(outcomeTooltip(until(NOW + 1), english, NOW)).toMatch(/until about 12:00\sPM\.$/);
  });

  test('tomorrow: with its date', () => {
    expect(outcomeTooltip(until(NOW + 20 * HOUR), english, NOW)).toMatch(/about Nov 23, 2026, 8:00\sAM\.$/);
  });
});

test('a wrong clock while the balance is correct', () => {
  expect(clockOffsetMessage(1_500, english)).toMatch(/^Your computer's clock is 2 s slow\. The balance/);
  expect(clockOffsetMessage(-300_000, english)).toMatch(/^Your computer's clock is 300 s fast\. The/);
});
