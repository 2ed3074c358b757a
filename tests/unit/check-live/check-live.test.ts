// check-live against the simulated exchange: everything holds, each assumption that is broken is found, and no value of the
// account is in the file.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_REQUESTS, PAUSE_MS, Probe } from '../../../scripts/check-live/probe.ts';
import { ASSUMPTIONS, checkAll, tableOf } from '../../../scripts/check-live/run.ts';
import { toolScript } from '../../../scripts/setup.js';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { importPrivateKey } from '../../../src/vault/import-key.ts';
import { Exchange } from '../../exchange/exchange.ts';
import { type KeyPair, makeKey } from '../../exchange/keys.ts';
import { profile } from '../../exchange/profiles/index.ts';
import { fetchFrom } from '../../fakes/exchange-fetch.ts';

/** Changes an answer of the exchange; undefined for its own. */
type Break = (url: URL, init: RequestInit, response: Response, body: string) => Response | undefined;

let exchange: Exchange;
let key: KeyPair;
let keyId: string;
/** Every text and number that the account's answers contained. */
const values = new Set<string>();
const pauses: number[] = [];

beforeAll(async () => {
  exchange = await Exchange.start();
  key = makeKey('Ed25519');
  const { member } = profile('sports-trader', Date.now());
  member.archive(Date.now());
  member.cutoffs.fills = member.ledger.fills.map(({ at }) => at).sort((a, b) => a - b)[10] ?? 0; // ten are archived
  member.pay({ cents: -10_000, at: Date.now() - 1e9 });
  const titles = [...member.ledger.listings.values()].map(({ title }) => [title, 'Título']);
  exchange.titles = { es: Object.fromEntries(titles) };
  exchange.addMember(member);
  keyId = member.addKey(key.publicKey);
});
afterAll(() => exchange.stop());

async function probeOf(change: Break = () => undefined): Promise<Probe> {
  const imported = await importPrivateKey(key.pem);
  if (typeof imported === 'string') throw new Error(imported);
  const transport = {
    fetch: async (address: string, init: RequestInit) => {
      const response = await fetchFrom(exchange, address, init);
      const body = await response.text();
      collect(JSON.parse(body.startsWith('{') ? body : '{}'));
      const { status, headers } = response;
      return change(new URL(address), init, response, body) ?? new Response(body, { status, headers });
    },
    now: () => Date.now(),
    timeout: () => new AbortController().signal,
  };
  const context = {
    transport,
    environment: 'production',
    host: 'recommended',
    signer: { keyId, key: imported.key },
    clockOffset: 0,
  } as const;
  return new Probe(context, async (ms) => void pauses.push(ms));
}

function collect(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  else if (typeof value !== 'boolean' && value !== null) values.add(String(value));
}

type Json = Record<string, unknown>;

/** Answers to requests whose path ends so, with other fields. */
const edit =
  (path: string, change: (json: Json) => Json): Break =>
  (url, _, { status, headers }, body) => {
    if (!url.pathname.endsWith(path) || status !== 200) return undefined;
    const json = JSON.parse(body);
    return new Response(JSON.stringify({ ...json, ...change(json) }), { status, headers });
  };
const rows = (json: Json, list: string) => json[list] as Json[];
/** The same with other fields in each row of a list; undefined leaves a field out. */
const editRows = (path: string, list: string, fields: Json) =>
  edit(path, (json) => ({ [list]: rows(json, list).map((row) => ({ ...row, ...fields })) }));

/** Answers with this to requests that fit. */
const answer =
  (fits: (url: URL, headers: Headers) => boolean, status: number, json: object): Break =>
  (url, init) =>
    fits(url, new Headers(init.headers)) ? new Response(JSON.stringify(json), { status }) : undefined;

const BALANCE = '/portfolio/balance';
const shiftOf = (headers: Headers) => Number(headers.get('KALSHI-ACCESS-TIMESTAMP')) - Date.now();
const hostIs = (name: string) => (url: URL) =>
  url.host === (name === 'recommended' ? 'external-api.kalshi.com' : 'api.elections.kalshi.com');
const clock = (sign: number, far: boolean, status: number, json: object) =>
  answer(
    (url, headers) =>
      url.pathname.endsWith(BALANCE) &&
      Math.sign(shiftOf(headers)) === sign &&
      Math.abs(shiftOf(headers)) > 5_000 &&
      Math.abs(shiftOf(headers)) > 30_000 === far,
    status,
    json,
  );
const EXPIRED = { error: { code: 'header_timestamp_expired' } };
const OTHER_REFUSAL = answer((url) => url.pathname.endsWith(BALANCE), 401, { error: { details: 'OTHER' } });

const byHost = (name: string): [string, Break][] => [
  [`host ${name}`, answer((url, headers) => hostIs(name)(url) && !headers.has('origin'), 503, {})],
  [`origin ${name}`, answer((url, headers) => hostIs(name)(url) && headers.has('origin'), 200, {})],
  [`signature ${name}`, answer((url) => hostIs(name)(url) && url.pathname.endsWith(BALANCE), 401, {})],
];

const LISTS: [name: string, path: string, list: string][] = [
  ['positions', '/portfolio/positions', 'market_positions'],
  ['orders', '/portfolio/orders', 'orders'],
  ['settlements', '/portfolio/settlements', 'settlements'],
  ['fills', '/portfolio/fills', 'fills'],
  ['historical fills', '/historical/fills', 'fills'],
  ['deposits', '/portfolio/deposits', 'deposits'],
  ['withdrawals', '/portfolio/withdrawals', 'withdrawals'],
  ['perps transfers', '/intra_exchange_instance_transfers', 'transfers'],
];
const byList = ([name, path, list]: (typeof LISTS)[number]): [string, Break][] => [
  [`${name} fields`, edit(path, (json) => ({ [list]: rows(json, list).map(() => ({})) }))],
  [`${name} words`, editRows(path, list, { status: 'parked', outcome_side: 'maybe', market_result: 'tie' })],
  [`${name} last page`, edit(path, () => ({ cursor: 'more' }))],
  [`${name} order`, edit(path, (json) => ({ [list]: rows(json, list).toReversed() }))],
  [
    `${name} limit`,
    answer((url) => url.pathname.endsWith(path) && /1$/.test(url.searchParams.get('limit') ?? ''), 200, {}),
  ],
];

/** For each assumption, an exchange of which it is not true. */
const BROKEN = new Map<string, Break>([
  ...byHost('recommended'),
  ...byHost('alternative'),
  ['wrong signature', OTHER_REFUSAL],
  ['unknown key', OTHER_REFUSAL],
  ['missing header', OTHER_REFUSAL],
  ['clock 8 s', clock(1, false, 401, EXPIRED)],
  ['clock -8 s', clock(-1, false, 401, EXPIRED)],
  ['clock 60 s', clock(1, true, 200, {})],
  ['clock -60 s', clock(-1, true, 200, {})],
  ['date header', (_url, _init, { status }, body) => new Response(body, { status })],
  ['scopes', edit('/api_keys', () => ({ api_keys: [] }))],
  ['balance fields', edit(BALANCE, () => ({ portfolio_value: '198' }))],
  ['balance in cents', edit(BALANCE, ({ balance }) => ({ balance: Number(balance) + 1 }))],
  ['balance breakdown', editRows(BALANCE, 'balance_breakdown', { balance: '1.5' })],
  ['balance time', edit(BALANCE, () => ({ updated_ts: 1 }))],
  ['portfolio value', edit(BALANCE, () => ({ portfolio_value: 0 }))],
  ['perps', answer((url) => url.pathname.endsWith('/margin/balance'), 403, { error: 'no' })],
  ['markets fields', editRows('/v2/markets', 'markets', { ticker: undefined })],
  ['language', editRows('/v2/markets', 'markets', { title: 'A' })],
  ['combos', editRows('/v2/markets', 'markets', { mve_selected_legs: undefined })],
  ['milestones', editRows('/milestones', 'milestones', { start_date: undefined })],
  ['cutoffs', edit('/historical/cutoff', () => ({ orders_updated_ts: undefined }))],
  ['deposit fees', editRows('/deposits', 'deposits', { fee_cents: 999 })],
  ...LISTS.flatMap(byList),
]);

/** What this account cannot show: its lists have more rows than a page. */
const UNTESTABLE = ['settlements last page', 'fills last page', 'perps transfers last page'];

test('against the simulated exchange nothing differs, and no value of the account is in the file', async () => {
  const report = await checkAll(await probeOf());
  const of = (verdict: string) => report.findings.filter((each) => each.verdict === verdict);
  expect(of('differs')).toEqual([]);
  expect(of('not testable').map(({ id }) => id)).toEqual(UNTESTABLE);
  expect(report.requests.length).toBeLessThanOrEqual(MAX_REQUESTS);
  expect(new Set(pauses)).toEqual(new Set([PAUSE_MS]));
  expect(pauses).toHaveLength(report.requests.length - 1);
  expect(exchange.journal.every(({ method, concurrent }) => method === 'GET' && !concurrent)).toBe(true);

  // Without the assumptions' own sentences, which are constant.
  const written = ASSUMPTIONS.reduce(
    (rest, { text }) => rest.replaceAll(text, ''),
    JSON.stringify(report) + tableOf(report),
  );
  const isWord = /^[a-z_:]*$/; // statuses, scopes: they are also names of fields
  const secrets = [...values].filter((value) => !isWord.test(value));
  expect(secrets.length).toBeGreaterThan(1000);
  expect(secrets.filter((value) => value.length >= 6 && written.includes(value))).toEqual([]);
  const texts = new Set(written.match(/(?<=")[^"]*(?=")/g));
  expect(secrets.filter((value) => texts.has(value))).toEqual([]);
  for (const secret of [keyId, key.pem.slice(30, 60)]) expect(written).not.toContain(secret);
});

test('there is a broken exchange for every assumption', () => {
  const ids = ASSUMPTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !BROKEN.has(id))).toEqual([]);
});

test.each(ASSUMPTIONS.filter(({ id }) => !UNTESTABLE.includes(id)))(
  'an exchange of which it is not true differs: $id',
  async (assumption) => {
    const { findings } = await checkAll(await probeOf(BROKEN.get(assumption.id)), [assumption]);
    expect(findings).toMatchObject([
      { id: assumption.id, verdict: 'differs', came: expect.stringMatching(/./) },
    ]);
  },
);

test('after the limit of requests, the rest is not testable', async () => {
  const probe = await probeOf();
  for (let sent = 0; sent < MAX_REQUESTS; sent++) {
    await probe.request(PATHS.balance, { shiftMs: sent });
  }
  const { findings, requests } = await checkAll(probe);
  expect(requests).toHaveLength(MAX_REQUESTS);
  expect(findings.every(({ verdict }) => verdict !== 'differs')).toBe(true);
});

test('without a key it ends with 1 and says how to use it', () => {
  const { status, stderr } = spawnSync('node', [toolScript('tsx'), 'scripts/check-live.ts'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('--key-id ID --key-file FILE');
});
