// Assumptions about hosts, signatures, clocks and refusals.

import { HOST_NAMES } from '../../src/domain/polling/host-choice.ts';
import type { OutcomeKind } from '../../src/domain/polling/outcome.ts';
import { PATHS } from '../../src/kalshi/endpoints.ts';
import { type Assumption, differs, expectThat, field, HOLDS, rowsOf, untestable } from './assumption.ts';
import type { Answer, Variation } from './probe.ts';

/** What came, in words: the status, whether it is JSON, and what the product makes of it. */
const said = ({ status, json, failure }: Answer) =>
  status === 0
    ? `no response (${failure.kind})`
    : `${status}, ${json === undefined ? 'no JSON' : 'JSON'}${status === 200 ? '' : `, read as ${failure.kind}`}`;

const hosts = HOST_NAMES.flatMap((host): Assumption[] => [
  {
    id: `host ${host}`,
    text: `The ${host} host answers without an Origin.`,
    check: async (probe) => {
      const answer = await probe.request(PATHS.exchangeStatus, { host, isSigned: false });
      return expectThat(answer.status === 200 && answer.json !== undefined, said(answer));
    },
  },
  {
    id: `origin ${host}`,
    text: `The ${host} host answers 403 without JSON to an extension's Origin.`,
    check: async (probe) => {
      const headers = { Origin: 'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' };
      const answer = await probe.request(PATHS.exchangeStatus, { host, isSigned: false, headers });
      return expectThat(answer.failure.kind === 'blocked', said(answer));
    },
  },
  {
    id: `signature ${host}`,
    text: `The ${host} host accepts the signature, which does not contain the host.`,
    check: async (probe) => {
      const answer = await probe.request(PATHS.balance, { host });
      return expectThat(answer.status === 200, said(answer));
    },
  },
]);

/** A request that has to be refused in a way that the product recognises. */
const refused = (
  id: string,
  text: string,
  variation: Variation,
  kind: OutcomeKind,
  in_ = '',
): Assumption => ({
  id,
  text,
  check: async (probe) => {
    const answer = await probe.request(PATHS.balance, variation);
    return expectThat(answer.failure.kind === kind && answer.body.includes(in_), said(answer));
  },
});
const WRONG = Buffer.alloc(64).toString('base64');
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

const accepted = (seconds: number): Assumption => ({
  id: `clock ${seconds} s`,
  text: `A clock that is off by ${seconds} s is accepted.`,
  check: async (probe) => {
    const answer = await probe.request(PATHS.balance, { shiftMs: seconds * 1000 });
    return expectThat(answer.status === 200, said(answer));
  },
});
const tooFar = (seconds: number) =>
  refused(
    `clock ${seconds} s`,
    `A clock that is off by ${seconds} s is refused with header_timestamp_expired.`,
    { shiftMs: seconds * 1000 },
    'clock-wrong',
  );

export const ACCESS: Assumption[] = [
  ...hosts,
  refused(
    'wrong signature',
    'A signature that does not fit the key is refused with INCORRECT_API_KEY_SIGNATURE.',
    { headers: { 'KALSHI-ACCESS-SIGNATURE': WRONG } },
    'signature-refused',
    'INCORRECT_API_KEY_SIGNATURE',
  ),
  refused(
    'unknown key',
    'An unknown key ID is refused with NOT_FOUND.',
    { headers: { 'KALSHI-ACCESS-KEY': UNKNOWN } },
    'key-unknown',
  ),
  refused(
    'missing header',
    'A request without a signature is refused with signature_is_missing_from_headers.',
    { headers: { 'KALSHI-ACCESS-SIGNATURE': '' } },
    'signature-refused',
    'missing_from_headers',
  ),
  accepted(8),
  accepted(-8),
  tooFar(60),
  tooFar(-60),
  {
    id: 'date header',
    text: 'Answers have a Date within a minute of the clock that is accepted.',
    check: async (probe) => {
      const { date } = await probe.request(PATHS.balance, { host: 'recommended' });
      if (date === undefined) return differs('no Date');
      return expectThat(
        Math.abs(date - probe.context.transport.now()) < 60_000,
        'a Date that is further off',
      );
    },
  },
  {
    id: 'scopes',
    text: 'A key with the scope read may list the keys and finds itself, with its scopes.',
    check: async (probe) => {
      const answer = await probe.request(PATHS.apiKeys);
      if (answer.status === 401 || answer.status === 403) {
        return answer.json === undefined ? differs(said(answer)) : untestable('this key is refused the list');
      }
      const own = rowsOf(answer.json, 'api_keys').find(
        (row) => row.api_key_id === probe.context.signer.keyId,
      );
      if (!own) return differs('the key is not in the list');
      const scopes = field(own, 'scopes');
      const known = /^(read|write)(::[a-z_]+)?$/;
      if (!Array.isArray(scopes)) return differs('the key has no scopes');
      return scopes.every((scope) => known.test(String(scope))) ? HOLDS : differs('a scope of another form');
    },
  },
];
