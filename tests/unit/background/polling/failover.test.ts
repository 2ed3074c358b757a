// The second host of the environment: when it is tried, how long it is used, and what a missing permission means.
import { expect, test } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { hostPattern, ORIGINS } from '../../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  perpsEquity,
  saving,
  withBackground,
} from '../background-harness.ts';

const save = saving(makeKey('Ed25519').pem);
const { environment, keyId, privateKey } = save;
const draft = { environment, keyId, privateKey };
const { recommended, alternative } = ORIGINS.production;

let harness: BackgroundHarness;
/** What the requests to an origin get instead of a balance. */
let faults: Record<string, () => Response>;

withBackground((entered) => {
  harness = entered;
  faults = {};
  harness.answer = () => {
    const origin = new URL(harness.requests.at(-1) ?? '').origin;
    return (faults[origin] ?? balance('98.0186'))();
  };
});

const unreachable = () => {
  throw new TypeError('Failed to fetch');
};
const blocked = () => new Response('<html>Access denied</html>', { status: 403 });

/** The origins of the balance requests of the next poll, a minute later. */
async function hostsOfNextPoll(minutes = 1): Promise<string[]> {
  const before = harness.requests.length;
  await harness.passMinutes(minutes);
  return harness.requests.slice(before).map((url) => new URL(url).origin);
}
const outcome = () => harness.data().snapshot.outcome;

test.each([
  ['cannot be reached', unreachable],
  ['blocks', blocked],
])(
  'where the recommended host %s, the balance stays up to date, and the other host is used for a day',
  async (_, fault) => {
    await harness.connect(save);
    faults = { [recommended]: fault };
    harness.perps = perpsEquity('3');
    expect(await hostsOfNextPoll()).toEqual([recommended, alternative]);
    expect(harness.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
    expect(outcome()).toEqual({ kind: 'ok' });
    expect(new Set(harness.listRequests.map((url) => new URL(url).origin))).toEqual(new Set([alternative]));

    await harness.wake(); // it is stored, not in memory
    expect(await hostsOfNextPoll()).toEqual([alternative]);
    faults = {};
    expect(await hostsOfNextPoll()).toEqual([alternative]);
    expect(await hostsOfNextPoll(DAY_MS / 60_000)).toEqual([recommended]);
    expect(await hostsOfNextPoll()).toEqual([recommended]);
  },
);

test('where the other host fails later, the recommended one is used again', async () => {
  await harness.connect(save);
  faults = { [recommended]: blocked };
  await hostsOfNextPoll();
  faults = { [alternative]: unreachable };
  expect(await hostsOfNextPoll()).toEqual([alternative, recommended]);
  expect(await hostsOfNextPoll()).toEqual([recommended]);
});

test.each([
  ['offline', unreachable, unreachable, 'offline'],
  ['blocked, where one is', unreachable, blocked, 'blocked'],
])('while both fail, one request a poll: %s; nothing is remembered', async (_, first, second, kind) => {
  await harness.connect(save);
  faults = { [recommended]: first, [alternative]: second };
  expect(await hostsOfNextPoll()).toEqual([recommended, alternative]);
  expect(outcome()).toEqual({ kind });
  const during = new Set<string>();
  for (let poll = 0; poll < 6; poll++) {
    const hosts = await hostsOfNextPoll(3);
    expect(hosts).toHaveLength(1);
    during.add(hosts[0] ?? '');
  }
  expect(during).toEqual(new Set([recommended, alternative]));
  faults = {};
  await hostsOfNextPoll(3);
  expect(await hostsOfNextPoll()).toEqual([recommended]);
});

test('an answer of the exchange itself is no reason for the other host', async () => {
  await harness.connect(save);
  for (const status of [429, 500, 503]) {
    faults = { [recommended]: () => new Response('', { status }) };
    expect(await hostsOfNextPoll(3)).not.toContain(alternative);
    faults = {};
    await hostsOfNextPoll(3);
  }
});

test('no request goes to a host whose permission is missing, and its absence is not taken for a missing network', async () => {
  await harness.connect(save);
  harness.browser.granted.delete(hostPattern('production', 'alternative'));
  faults = { [recommended]: blocked };
  expect(await hostsOfNextPoll()).toEqual([recommended]);
  expect(outcome()).toEqual({ kind: 'blocked' });

  faults = {};
  harness.browser.granted.add(hostPattern('production', 'alternative'));
  harness.browser.granted.delete(hostPattern('production', 'recommended'));
  expect(await hostsOfNextPoll(3)).toEqual([alternative]);
  expect(outcome()).toEqual({ kind: 'ok' });
});

test('a key is checked and saved through the other host, which the first poll uses', async () => {
  faults = { [recommended]: unreachable };
  expect(await harness.command('key/check', draft)).toMatchObject({ ok: true });
  await harness.connect(save);
  expect(harness.requests.map((url) => new URL(url).origin)).toEqual([recommended, alternative, alternative]);
  expect(await hostsOfNextPoll()).toEqual([alternative]);
});
