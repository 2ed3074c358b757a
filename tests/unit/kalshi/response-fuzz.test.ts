// Any response gives a typed outcome or exact figures.
//   FUZZ_RUNS=… for more. Nightly it is ten thousand (.github/workflows/matrix.yml); faults seeded on purpose are found within 50.
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { figuresSchema } from '../../../src/domain/balance/snapshot.ts';
import {
  backoffSchema,
  INITIAL_BACKOFF,
  NO_ATTEMPT,
  nextBackoff,
} from '../../../src/domain/polling/backoff.ts';
import { outcomeSchema } from '../../../src/domain/polling/outcome.ts';
import { fetchMaintenance } from '../../../src/kalshi/exchange-status.ts';
import { fetchBalance } from '../../../src/kalshi/fetch-balance.ts';
import { fetchKeyScopes } from '../../../src/kalshi/key-scopes.ts';
import type { Signer } from '../../../src/kalshi/sign.ts';
import { importPrivateKey } from '../../../src/vault/import-key.ts';
import { outcomeMessage } from '../../../src/view/texts/outcome-message.ts';
import { makeKey } from '../../exchange/keys.ts';
import { english } from '../../fakes/english.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 1_500);
const NOW = 1_781_159_348_000;

async function makeSigner(): Promise<Signer> {
  const imported = await importPrivateKey(makeKey('Ed25519').pem);
  if (typeof imported === 'string') throw new Error(imported);
  return { keyId: 'id', key: imported.key };
}

const amount = fc.oneof(
  fc.constantFrom('98.0186', '0', '-0', '-12.5', '1e9', 'NaN', '', ' 1', '1,000', '٣', '9007199254.740993'),
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.constant(null),
);
/** Bodies that resemble a balance, so that the decoder is reached, and arbitrary bodies. */
const nearly = fc.record(
  {
    balance_dollars: amount,
    balance: amount,
    portfolio_value: amount,
    updated_ts: amount,
    __proto__: fc.anything(),
  },
  { requiredKeys: [] },
);
/** Valid bodies, including the largest possible amounts. */
const sound = fc.record({
  balance_dollars: fc
    .tuple(fc.integer(), fc.nat(999_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`),
  portfolio_value: fc.integer(),
});
const error = fc.record(
  {
    code: fc.constantFrom('authentication_error', 'header_timestamp_expired', 'x'),
    details: fc.constantFrom('NOT_FOUND', 'INCORRECT_API_KEY_SIGNATURE', '', 7),
    message: fc.anything(),
    msg: fc.string(),
    error: fc.anything(),
  },
  { requiredKeys: [] },
);
const status = fc.record(
  {
    exchange_active: fc.oneof(fc.boolean(), fc.string()),
    exchange_estimated_resume_time: fc.oneof(fc.string(), fc.date().map(String), fc.constant(null)),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  sound.map((value) => JSON.stringify(value)),
  nearly.map((value) => JSON.stringify(value)),
  fc.record({ error }).map((value) => JSON.stringify(value)),
  error.map((value) => JSON.stringify(value)),
  status.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
  fc.constantFrom(
    '',
    '<html>',
    '{"__proto__":{"balance_dollars":"1","portfolio_value":1}}',
    'null',
    '[[[[[[',
  ),
  fc.constant('['.repeat(200_000)),
);
const header = fc.oneof(
  fc.constantFrom(
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '0',
    '-1',
    '1e400',
    'soon',
    '',
  ),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
);
const code = fc.oneof(
  fc.constantFrom(200, 200, 200, 201, 206, 301, 400, 401, 401, 403, 404, 418, 429, 500, 503, 504, 599),
  fc.integer({ min: 200, max: 599 }).filter((number) => ![204, 205, 304].includes(number)),
);

interface Answer {
  body: string;
  code: number;
  date: string;
  retryAfter: string;
}
/** One answer for each outcome: random ones alone reach the rare outcomes only by chance. */
const SAMPLES: [code: number, body: unknown][] = [
  [200, { balance_dollars: '98.0186', portfolio_value: 1 }],
  [200, {}],
  [401, { error: { code: 'authentication_error', details: 'NOT_FOUND' } }],
  [401, { error: { code: 'authentication_error', details: 'INCORRECT_API_KEY_SIGNATURE' } }],
  [401, { error: { code: 'header_timestamp_expired' } }],
  [403, { error: {} }],
  [403, '<html>'],
  [429, ''],
  [503, { error: {} }],
  [503, { error: { message: 'The exchange is under maintenance' } }],
];
const examples = SAMPLES.map(([code, body]): [Answer, number] => {
  return [{ code, body: JSON.stringify(body), date: '0', retryAfter: '1' }, 0];
});

test(`${RUNS} answers`, { timeout: 300_000 }, async () => {
  const signer = await makeSigner();
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.record<Answer>({ body, code, date: header, retryAfter: header }),
      fc.integer({ min: -1e9, max: 1e9 }),
      async ({ body, code, date, retryAfter }, clockOffset) => {
        let requests = 0;
        const transport = {
          fetch: async () => {
            requests++;
            return new Response(body, { status: code, headers: { date, 'retry-after': retryAfter } });
          },
          now: () => NOW,
          timeout: () => new AbortController().signal,
        };
        const context = {
          transport,
          environment: 'production',
          host: 'recommended',
          signer,
          clockOffset,
        } as const;
        const reply = await fetchBalance(context);
        expect(requests).toBeLessThanOrEqual(2);
        expect(Number.isFinite(reply.clockOffset)).toBe(true);
        expect(Number.isFinite(reply.answeredAt)).toBe(true);
        if (reply.ok) {
          seen.add('ok');
          expect(code).toBe(200);
          expect(v.parse(figuresSchema, reply.figures)).toEqual(reply.figures);
          return;
        }
        seen.add(reply.failure.kind);
        // It can be stored and read again, has a message, and has a backoff.
        const again = JSON.parse(JSON.stringify(reply.failure));
        expect(v.parse(outcomeSchema, again)).toEqual(reply.failure);
        expect(outcomeMessage(reply.failure, english, NOW).length).toBeGreaterThan(20);
        const pace = nextBackoff({ ...INITIAL_BACKOFF, ...NO_ATTEMPT }, reply.failure, reply.clockOffset, {
          periodMs: 60_000,
          trigger: 'alarm',
          now: NOW,
          random: 0.5,
        });
        expect(v.parse(backoffSchema, JSON.parse(JSON.stringify(pace)))).toEqual(pace);

        const maintenance = await fetchMaintenance(context);
        if (maintenance && maintenance !== 'open')
          expect(v.parse(outcomeSchema, maintenance)).toEqual(maintenance);
        const scopes = await fetchKeyScopes(context, []);
        expect(scopes.kind !== 'known' || scopes.scopes.every((scope) => typeof scope === 'string')).toBe(
          true,
        );
      },
    ),
    { numRuns: RUNS + examples.length, examples },
  );
  expect([...seen].sort()).toEqual([
    'bad-reply',
    'blocked',
    'clock-wrong',
    'exchange-error',
    'key-unknown',
    'maintenance',
    'ok',
    'rate-limited',
    'scope-missing',
    'signature-refused',
  ]);
});
