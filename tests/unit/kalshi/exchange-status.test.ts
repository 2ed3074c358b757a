// Whether the exchange is down for maintenance, and until when.
import { expect, test } from 'vitest';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { fetchMaintenance } from '../../../src/kalshi/exchange-status.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const WEEK = 7 * 24 * 3_600_000;

async function maintenance(answer: () => Response) {
  const { context, requests } = await contextOf(
    new Member(),
    () => NOW,
    () => answer(),
  );
  const found = await fetchMaintenance(context);
  expect(requests.map(({ pathname, search }) => pathname + search)).toEqual([PATHS.exchangeStatus]);
  return found;
}
const until = (time: unknown) => () => json({ exchange_active: false, exchange_estimated_resume_time: time });

test('open', async () => {
  expect(await maintenance(() => json({ exchange_active: true }))).toBe('open');
});

test.each([200, 503, 504])('closed, with the status %i', async (status) => {
  expect(await maintenance(() => json({ exchange_active: false }, status))).toEqual({ kind: 'maintenance' });
});

test.each([
  [NOW - 1, false],
  [NOW, false],
  [NOW + 1, true],
  [NOW + WEEK - 1, true],
  [NOW + WEEK, false],
])('an end at %i: %s', async (at, isShown) => {
  const expected = { kind: 'maintenance', ...(isShown && { until: at }) };
  expect(await maintenance(until(new Date(at).toISOString()))).toEqual(expected);
});

test.each([null, undefined, 'soon'])('an end at %s is none', async (time) => {
  expect(await maintenance(until(time))).toEqual({ kind: 'maintenance' });
});

test.each<[what: string, answer: () => Response]>([
  ['another shape', () => json({ trading_active: true })],
  ['no JSON', () => new Response('<html>')],
  [
    'no network',
    () => {
      throw new TypeError('network');
    },
  ],
])('%s says neither', async (_, answer) => {
  expect(await maintenance(answer)).toBeUndefined();
});
