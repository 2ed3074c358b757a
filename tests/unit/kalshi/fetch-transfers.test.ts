// Deposits, withdrawals and transfers to perps: their amounts and times, and what a list that fails means.
import { describe, expect, test } from 'vitest';
import { fetchTransfers } from '../../../src/kalshi/fetch-transfers.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

type Answers = Partial<Record<'deposits' | 'withdrawals' | 'perps' | 'subaccounts', (url: URL) => Response>>;
const LISTS: Record<keyof Answers, string> = {
  deposits: '/deposits',
  withdrawals: '/withdrawals',
  perps: '/intra_exchange_instance_transfers',
  subaccounts: '/subaccounts/transfers',
};
const empty = { deposits: [], withdrawals: [], transfers: [] };
const status = (code: number) => () => json({}, code);
/** An answer of a firewall. */
const html = (code: number) => () => new Response('<html>Access denied</html>', { status: code });

async function transfersFrom(
  answers: Answers,
  options: Parameters<typeof fetchTransfers>[1] = { withPerps: true },
) {
  const { context, requests } = await contextOf(
    new Member(),
    () => 0,
    (path, url) => {
      const list = Object.entries(LISTS).find(([, end]) => path.endsWith(end))?.[0] as keyof Answers;
      return answers[list]?.(url) ?? json(empty);
    },
  );
  const reply = await fetchTransfers(context, options);
  return { reply, paths: requests.map(({ pathname, search }) => pathname.split('/').at(-1) + search) };
}

const row = { id: '7', status: 'applied', amount_cents: 12_345, created_ts: 1_780_000_000 };
const perpsRow = {
  transfer_id: '9',
  source: 'event_contract',
  destination: 'margin',
  amount: '12.345678',
  status: 'complete',
  created_ts: 1_780_000_001,
};

test('each list by its own name, five hundred rows a page', async () => {
  expect((await transfersFrom({})).paths.toSorted()).toEqual([
    'deposits?limit=500',
    'intra_exchange_instance_transfers?limit=500',
    'transfers?limit=500',
    'withdrawals?limit=500',
  ]);
  const withoutPerps = await transfersFrom({}, { withPerps: false });
  expect(withoutPerps.paths).toHaveLength(3);
  expect(withoutPerps.reply).toEqual({ kind: 'read', rows: [], isPartial: false });
});

test('a deposit adds, a withdrawal and a transfer to perps subtract', async () => {
  const { reply } = await transfersFrom({
    deposits: () => json({ deposits: [row, { ...row, id: '8', finalized_ts: 1_780_000_002 }] }),
    withdrawals: () => json({ withdrawals: [{ ...row, status: 'pending', finalized_ts: null }] }),
    perps: () =>
      json({
        transfers: [
          perpsRow,
          {
            ...perpsRow,
            transfer_id: '10',
            source: 'margin',
            destination: 'event_contract',
            status: 'pending',
          },
          { ...perpsRow, transfer_id: '11', source: 'event_contract', destination: 'event_contract' },
        ],
      }),
  });
  const requestedAt = 1_780_000_000_000;
  const deposit = { kind: 'deposit', status: 'applied', amount: 123_450_000, requestedAt };
  const perps = { kind: 'perps', requestedAt: 1_780_000_001_000, finishedAt: null };
  expect(reply).toEqual({
    kind: 'read',
    isPartial: false,
    rows: [
      { ...deposit, id: 'deposit 7', finishedAt: null },
      { ...deposit, id: 'deposit 8', finishedAt: 1_780_000_002_000 },
      {
        ...deposit,
        id: 'withdrawal 7',
        kind: 'withdrawal',
        status: 'pending',
        amount: -123_450_000,
        finishedAt: null,
      },
      { ...perps, id: 'perps 9', status: 'applied', amount: -12_345_678 },
      { ...perps, id: 'perps 10', status: 'pending', amount: 12_345_678 },
    ],
  });
});

test.each<[what: string, Answers, 'read' | 'partial' | 'denied' | 'failed']>([
  ['deposits refused', { deposits: status(403) }, 'denied'],
  ['deposits refused by a firewall', { deposits: html(403) }, 'failed'],
  ['deposits not there', { deposits: status(404) }, 'failed'],
  ['deposits not there, by a firewall', { deposits: html(404) }, 'failed'],
  ['deposits failed', { deposits: status(500) }, 'failed'],
  ['withdrawals refused', { withdrawals: status(403) }, 'denied'],
  ['an account that never withdrew', { withdrawals: status(404) }, 'read'],
  ['the same, by a firewall', { withdrawals: html(404) }, 'failed'],
  ['withdrawals failed', { withdrawals: status(500) }, 'failed'],
  ['refused, and another failed', { deposits: status(403), withdrawals: status(500) }, 'failed'],
  ['an account without perps', { perps: status(403) }, 'read'],
  ['the same, by a firewall', { perps: html(403) }, 'failed'],
  ['an exchange without perps', { perps: status(404) }, 'read'],
  ['perps failed', { perps: status(500) }, 'failed'],
  ['an account without subaccounts', { subaccounts: status(403) }, 'read'],
  ['the same, by a firewall', { subaccounts: html(403) }, 'failed'],
  ['an exchange without subaccounts', { subaccounts: status(404) }, 'read'],
  ['subaccounts failed', { subaccounts: status(500) }, 'failed'],
  // A deposit that is not among the pages would count as a gain.
  ['deposits without an end', { deposits: () => json({ deposits: [row], cursor: 'more' }) }, 'partial'],
  ['withdrawals, too', { withdrawals: () => json({ withdrawals: [row], cursor: 'more' }) }, 'partial'],
  ['perps, too', { perps: () => json({ transfers: [perpsRow], cursor: 'more' }) }, 'partial'],
  ['half a cent', { deposits: () => json({ deposits: [{ ...row, amount_cents: 0.5 }] }) }, 'partial'],
  ['a fee in text', { deposits: () => json({ deposits: [{ ...row, fee_cents: '2' }] }) }, 'partial'],
  ['no decimal', { perps: () => json({ transfers: [{ ...perpsRow, amount: '1e3' }] }) }, 'partial'],
])('%s', async (_, answers, kind) => {
  const expected =
    kind === 'read' || kind === 'partial'
      ? { kind: 'read', rows: [], isPartial: kind === 'partial' }
      : { kind };
  expect((await transfersFrom(answers)).reply).toEqual(expected);
});

test('the rows beside one that cannot be decoded are read', async () => {
  const deposits = () => json({ deposits: [{ ...row, created_ts: null }, row] });
  expect((await transfersFrom({ deposits })).reply).toMatchObject({
    isPartial: true,
    rows: [{ id: 'deposit 7' }],
  });
});

test.each(['cancelled', 'PENDING', ''])('a status that nobody knows, "%s", is pending', async (status) => {
  const withdrawals = () => json({ withdrawals: [{ ...row, status }] });
  expect((await transfersFrom({ withdrawals })).reply).toMatchObject({
    isPartial: false,
    rows: [{ status: 'pending', amount: -123_450_000 }],
  });
});

test('a deposit adds what is left after its fee; whether a withdrawal includes its fee is not known', async () => {
  const { reply } = await transfersFrom({
    deposits: () => json({ deposits: [{ ...row, amount_cents: 37_800, fee_cents: 756 }] }),
    withdrawals: () => json({ withdrawals: [{ ...row, amount_cents: 10_000, fee_cents: 200 }] }),
  });
  expect(reply).toMatchObject({
    rows: [
      { amount: 370_440_000, fee: 7_560_000 },
      { amount: -100_000_000, fee: 2_000_000 },
    ],
  });
});

test('between subaccounts: cash to and from the primary one', async () => {
  const subaccountRow = (from: number, to: number, more: object = {}) => ({
    transfer_id: `${from}-${to}`,
    from_subaccount: from,
    to_subaccount: to,
    amount_cents: 60_000,
    created_ts: 1_780_000_000,
    ...more,
  });
  const transfers = [
    subaccountRow(0, 1),
    subaccountRow(2, 0, { transfer_type: 'cash' }),
    subaccountRow(0, 0, { exchange_index: 2 }), // between shards
    subaccountRow(1, 2),
    subaccountRow(0, 3, { transfer_type: 'position', market_ticker: 'T', count: 5 }), // moves contracts
  ];
  const { reply } = await transfersFrom({ subaccounts: () => json({ transfers }) });
  const common = { kind: 'subaccount', status: 'applied', requestedAt: 1_780_000_000_000, finishedAt: null };
  expect(reply).toEqual({
    kind: 'read',
    isPartial: false,
    rows: [
      { ...common, id: 'subaccount 0-1', amount: -600_000_000 },
      { ...common, id: 'subaccount 2-0', amount: 600_000_000 },
    ],
  });
});

describe('a list with thousands of rows is read until known rows begin', () => {
  /** Pages of two rows, newest first unless it says otherwise. */
  const pages = (times: readonly number[]) => (url: URL) => {
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const transfers = times
      .slice(from, from + 2)
      .map((created_ts) => ({ ...perpsRow, transfer_id: String(created_ts), created_ts }));
    return json({ transfers, cursor: from + 2 < times.length ? String(from + 2) : '' });
  };
  const readFrom = async (times: readonly number[], seconds: number) => {
    const since = { requests: 0, internal: seconds * 1000 };
    const { reply, paths } = await transfersFrom({ perps: pages(times) }, { withPerps: true, since });
    const rows = reply.kind === 'read' ? reply.rows.map(({ requestedAt }) => requestedAt / 1000) : [];
    return { reply, rows, requests: paths.filter((path) => path.startsWith('intra')).length };
  };
  const thousands = Array.from({ length: 5_000 }, (_, index) => 5_000 - index);

  test('newest first: no more pages than needed', async () => {
    const { reply, rows, requests } = await readFrom(thousands, 4_996);
    expect(reply).toMatchObject({ isPartial: false });
    expect(rows).toEqual([5_000, 4_999, 4_998, 4_997, 4_996, 4_995]);
    expect(requests).toBe(3);
  });

  test('in another order: all pages, as far as they are fetched', async () => {
    expect((await readFrom([1, 2, 3, 4, 5], 3)).rows).toEqual([1, 2, 3, 4, 5]);
    const { reply, requests } = await readFrom(thousands.toReversed(), 4_996);
    expect(reply).toMatchObject({ isPartial: true });
    expect(requests).toBe(10);
  });
});
