// From a raw response to its outcome and message: the error table of the exchange.
import { describe, expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { OUTCOMES } from '../../../src/domain/polling/outcome.ts';
import type { Reply } from '../../../src/kalshi/client.ts';
import { failureOf, isRestrictedToSubaccount, refusalOf } from '../../../src/kalshi/errors.ts';
import { outcomeMessage } from '../../../src/view/texts/outcome-message.ts';

const NOW = 1_781_159_348_000;
const answer = (status: number, body: unknown, more: object = {}): Reply => ({
  kind: 'answer',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...more,
});
const auth = (details: string) => ({
  error: { code: 'authentication_error', message: 'authentication_error', details },
});
const expired = { error: { code: 'header_timestamp_expired', message: 'header timestamp expired' } };

const TABLE: [what: string, reply: Reply, failure: object][] = [
  [
    'wrong key file',
    answer(401, auth('INCORRECT_API_KEY_SIGNATURE')),
    { kind: 'signature-refused', reason: 'mismatch' },
  ],
  [
    'the same behind an rpc error',
    answer(401, auth('rpc error: code = Unauthenticated desc = INCORRECT_API_KEY_SIGNATURE')),
    { kind: 'signature-refused', reason: 'mismatch' },
  ],
  ['unknown key id', answer(401, auth('NOT_FOUND')), { kind: 'key-unknown' }],
  [
    'the same, flat',
    answer(401, { code: 'authentication_error', details: 'NOT_FOUND' }),
    { kind: 'key-unknown' },
  ],
  ['the same, as text: it is not from the exchange', answer(401, 'NOT_FOUND'), { kind: 'blocked' }],
  ['the same, as msg', answer(401, { msg: 'NOT_FOUND' }), { kind: 'key-unknown' }],
  ['slow clock', answer(401, expired, { date: NOW + 42_000 }), { kind: 'clock-wrong', offsetMs: 42_500 }],
  ['fast clock', answer(401, expired, { date: NOW - 42_000 }), { kind: 'clock-wrong', offsetMs: -41_500 }],
  ['clock, without a Date', answer(401, expired), { kind: 'clock-wrong' }],
  [
    'missing header',
    answer(401, { error: { code: 'signature_is_missing_from_headers' } }),
    { kind: 'signature-refused', reason: 'headers' },
  ],
  ['some other 401', answer(401, { error: 'no' }), { kind: 'signature-refused', reason: 'unrecognised' }],
  ['an empty 401', answer(401, ''), { kind: 'blocked' }],
  ['401 of a firewall', answer(401, '<html>Unauthorized</html>'), { kind: 'blocked' }],
  [
    'a code in a field that has none',
    answer(401, { error: { trace: 'NOT_FOUND' }, trace: 'NOT_FOUND' }),
    { kind: 'signature-refused', reason: 'unrecognised' },
  ],
  [
    'codes that are no texts',
    answer(401, { error: { code: ['NOT_FOUND'] } }),
    { kind: 'signature-refused', reason: 'unrecognised' },
  ],
  [
    'a code in two halves',
    answer(401, { error: { code: 'NOT_', details: 'FOUND' } }),
    { kind: 'signature-refused', reason: 'unrecognised' },
  ],
  ['an error of null', answer(401, { error: null }), { kind: 'signature-refused', reason: 'unrecognised' }],
  ['a code after a thousand characters', answer(401, `${' '.repeat(1_000)}NOT_FOUND`), { kind: 'blocked' }],
  ['403 in JSON', answer(403, { error: { code: 'permission_denied' } }), { kind: 'scope-missing' }],
  ['403 from the edge', answer(403, '<html>Forbidden</html>'), { kind: 'blocked' }],
  ['an empty 403', answer(403, ''), { kind: 'blocked' }],
  ['403 with a JSON string', answer(403, '"no"'), { kind: 'blocked' }],
  ['429', answer(429, { error: 'too many requests' }), { kind: 'rate-limited' }],
  [
    '429 with Retry-After',
    answer(429, '', { retryAfter: 30_000 }),
    { kind: 'rate-limited', retryAfterMs: 30_000 },
  ],
  ['500', answer(500, { error: { code: 'internal' } }), { kind: 'exchange-error', status: 500 }],
  ['502', answer(502, '<html>Bad gateway</html>'), { kind: 'exchange-error', status: 502 }],
  ['503, named', answer(503, { error: { message: 'Maintenance until 5' } }), { kind: 'maintenance' }],
  ['503', answer(503, { exchange_active: false }), { kind: 'exchange-error', status: 503 }],
  ['504', answer(504, ''), { kind: 'exchange-error', status: 504 }],
  ['404', answer(404, ''), { kind: 'bad-reply', reason: 'status', status: 404 }],
  ['204', answer(204, ''), { kind: 'bad-reply', reason: 'status', status: 204 }],
  ['no network', { kind: 'unreachable' }, { kind: 'offline' }],
  ['no answer in time', { kind: 'timeout' }, { kind: 'timeout' }],
  [
    'an endless answer',
    { kind: 'too-large', status: 200 },
    { kind: 'bad-reply', reason: 'too-large', status: 200 },
  ],
];

const i18n = {
  locale: 'en',
  message: (key: keyof typeof messages, ...fill: string[]) =>
    messages[key].message.replaceAll(/\$(\d)/g, (_, index) => fill[Number(index) - 1] ?? '?'),
};

test.each(TABLE)('%s', (_, reply, failure) => expect(failureOf(reply, NOW)).toStrictEqual(failure));

test.each(TABLE)('%s: has a complete message', (_, reply) => {
  const sentence = outcomeMessage(failureOf(reply, NOW), i18n, NOW);
  expect(sentence.length).toBeGreaterThan(20);
  expect(sentence).not.toMatch(/[$?]/);
});

test('the message states how many seconds the clock is slow or fast', () => {
  expect(outcomeMessage({ kind: 'clock-wrong', offsetMs: 42_300 }, i18n, NOW)).toContain('42 s slow');
  expect(outcomeMessage({ kind: 'clock-wrong', offsetMs: -41_600 }, i18n, NOW)).toContain('42 s fast');
});

describe('a refusal stops polling, every other failure recovers', () => {
  test.each(TABLE)('%s', (_, reply) => {
    const { kind } = failureOf(reply, NOW);
    const refused = refusalOf(reply) === 'denied';
    expect(OUTCOMES[kind].polling).toBe(refused ? 'stop' : 'backoff');
    expect(OUTCOMES[kind].savable).toBe(!refused && kind !== 'blocked' && kind !== 'clock-wrong');
  });
});

describe('what a refusal means for anything but the balance', () => {
  const restricted = 'this API key is restricted to a single sub-account and cannot access this endpoint';
  test.each<[what: string, reply: Reply, refusal: string]>([
    ['403', answer(403, { error: { code: 'permission_denied' } }), 'denied'],
    ['401', answer(401, auth('NOT_FOUND')), 'denied'],
    ['a refused clock', answer(401, expired), 'failed'],
    ['400', answer(400, { error: { code: 'bad_request' } }), 'bad-request'],
    ['404', answer(404, { error: { code: 'not_found' } }), 'not-found'],
    ['429', answer(429, { error: 'too many requests' }), 'failed'],
    ['500', answer(500, { error: {} }), 'failed'],
    ['no network', { kind: 'unreachable' }, 'failed'],
    ...[400, 401, 403, 404].flatMap((status): [string, Reply, string][] => [
      [`${status} in HTML`, answer(status, '<html>Access denied</html>'), 'failed'],
      [`an empty ${status}`, answer(status, ''), 'failed'],
    ]),
  ])('%s', (_, reply, refusal) => {
    expect(refusalOf(reply)).toBe(refusal);
  });

  test.each<[body: unknown, is: boolean]>([
    [{ error: { code: 'forbidden', message: restricted } }, true],
    [{ msg: restricted }, true],
    [{ error: { code: 'forbidden', message: 'insufficient scope' } }, false],
    [`<html>${restricted}</html>`, false],
  ])('%j: a key of one subaccount: %s', (body, is) => {
    expect(isRestrictedToSubaccount(answer(403, body))).toBe(is);
  });
});
