// Deposits, withdrawals and transfers to perps: their amounts and times, and what a list that fails means.
import { expect, test } from 'vitest';
import { fetchTransfers } from '../../../src/kalshi/fetch-transfers.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

type Answers = { deposits?: () => Response; withdrawals?: () => Response; transfers?: () => Response };
const empty = { deposits: [], withdrawals: [], transfers: [] };
const status = (code: number) => () => json({}, code);

async function transfersFrom(answers: Answers, withPerps = true) {
  const { context, requests } = await contextOf(
    new Member(),
    () => 0,
    (path) => {
      const list = /(deposits|withdrawals|transfers)$/.exec(path)?.[1] as keyof Answers;
      return answers[list]?.() ?? json(empty);
    },
  );
  const reply = await fetchTransfers(context, withPerps);
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
  expect((await transfersFrom({})).paths).toEqual([
    'deposits?limit=500',
    'withdrawals?limit=500',
    'intra_exchange_instance_transfers?limit=500',
  ]);
  expect((await transfersFrom({}, false)).paths).toHaveLength(2);
  expect((await transfersFrom({}, false)).reply).toEqual({ kind: 'read', rows: [] });
});

test('a deposit adds, a withdrawal and a transfer to perps subtract', async () => {
  const { reply } = await transfersFrom({
    deposits: () => json({ deposits: [row, { ...row, id: '8', finalized_ts: 1_780_000_002 }] }),
    withdrawals: () => json({ withdrawals: [{ ...row, status: 'pending', finalized_ts: null }] }),
    transfers: () =>
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

test.each<[Answers, 'read' | 'denied' | 'incomplete' | 'failed']>([
  [{ deposits: status(403) }, 'denied'],
  [{ deposits: status(404) }, 'failed'],
  [{ deposits: status(500) }, 'failed'],
  [{ withdrawals: status(403) }, 'denied'],
  [{ withdrawals: status(404) }, 'read'], // an account that never withdrew
  [{ withdrawals: status(500) }, 'failed'],
  [{ transfers: status(403) }, 'read'], // an account without perps
  [{ transfers: status(404) }, 'read'],
  [{ transfers: status(500) }, 'failed'],
  // A deposit that is not among the pages would count as a gain.
  [{ deposits: () => json({ deposits: [row], cursor: 'more' }) }, 'incomplete'],
  [{ withdrawals: () => json({ withdrawals: [row], cursor: 'more' }) }, 'incomplete'],
  [{ transfers: () => json({ transfers: [perpsRow], cursor: 'more' }) }, 'incomplete'],
  [{ deposits: () => json({ deposits: [{ ...row, amount_cents: 0.5 }] }) }, 'failed'],
  [{ transfers: () => json({ transfers: [{ ...perpsRow, amount: '1e3' }] }) }, 'failed'],
])('case %#: %j gives %s', async (answers, kind) => {
  const expected = kind === 'read' ? { kind, rows: [] } : { kind };
  expect((await transfersFrom(answers)).reply).toEqual(expected);
});
