// Deposits and perps around a balance: no deposit is ever shown as a gain, no move to perps as a loss.
import { beforeEach, describe, expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  keysResponse,
  perpsEquity,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
const MINUTE = 60_000;

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });
const deposit = (dollars: number, at: number, status = 'applied') => ({
  id: `d${at}`,
  status,
  type: 'ach',
  amount_cents: dollars * 100,
  fee_cents: 0,
  created_ts: Math.trunc(at / 1000),
  ...(status !== 'pending' && { finalized_ts: Math.trunc(at / 1000) }),
});
const requested = (part: string) => harness.listRequests.filter((url) => url.includes(part)).length;
const today = () => /Today.*/.exec(harness.browser.toolbar.title)?.[0];

/** What the lists of transfers answer. */
let lists: { deposits: object[] | number; withdrawals: object[] | number; perps: object[] | number };

beforeEach(async () => {
  lists = { deposits: [], withdrawals: [], perps: [] };
  harness.list = (url) => {
    const answer = (name: string, rows: object[] | number) =>
      typeof rows === 'number' ? json({}, rows) : json({ [name]: rows, cursor: '' });
    if (url.includes('/deposits')) return answer('deposits', lists.deposits);
    if (url.includes('/withdrawals')) return answer('withdrawals', lists.withdrawals);
    if (url.includes('/intra_exchange')) return answer('transfers', lists.perps);
    return json({ cursor: '' });
  };
  harness.answer = balance('100', 0);
  await harness.connect(save);
  await harness.passMinutes(1);
});

describe('a deposit of $500', () => {
  test('is in the list before the balance is shown: the change stays $0.00', async () => {
    harness.now += MINUTE;
    lists.deposits = [deposit(500, harness.now)];
    harness.answer = balance('600', 0);
    await harness.passMinutes(0);
    expect(harness.browser.toolbar.title).toContain('Total $600.00');
    expect(today()).toMatch(/^Today \$0\.00.*, net of \$500\.00 deposited$/);
  });

  test('the list cannot be read: no change is shown until it can', async () => {
    lists.deposits = 500;
    harness.answer = balance('600', 0);
    await harness.passMinutes(1);
    expect(harness.browser.toolbar.title).toContain('Total $600.00');
    expect(today()).toBe('Today: checking deposits and withdrawals');
    expect(harness.data().transfers).toMatchObject({ current: false, readable: true });
    lists.deposits = [deposit(500, harness.now)];
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \$0\.00/);
  });

  test('beyond the pages that are read: no change is shown, because it may not be among them', async () => {
    harness.list = (url) => json({ cursor: url.includes('/deposits') ? 'more' : '' });
    harness.answer = balance('600', 0);
    await harness.passMinutes(1);
    expect(today()).toBe('Today: checking deposits and withdrawals');
  });

  test('one failed answer keeps the list that was read before', async () => {
    harness.answer = balance('600', 0);
    harness.now += MINUTE;
    lists.deposits = [deposit(500, harness.now)];
    await harness.passMinutes(0);
    lists.deposits = 500;
    await harness.passMinutes(1);
    expect(harness.data().transfers?.rows).toMatchObject([{ amount: 500_000_000 }]);
  });

  test('listed later than it was booked: the list is read again with the next polls', async () => {
    harness.answer = balance('600', 0);
    await harness.passMinutes(1);
    const before = requested('/deposits');
    lists.deposits = [deposit(500, harness.now)];
    await harness.passMinutes(1);
    expect(requested('/deposits')).toBe(before + 1);
    expect(today()).toMatch(/^Today \$0\.00/);
  });

  test('an account that never withdrew answers 404: nothing was withdrawn', async () => {
    lists.withdrawals = 404;
    harness.now += MINUTE;
    lists.deposits = [deposit(500, harness.now)];
    harness.answer = balance('600', 0);
    await harness.passMinutes(0);
    expect(today()).toMatch(/^Today \$0\.00.*, net of \$500\.00 deposited$/);
  });

  test('a pending one makes the change doubtful', async () => {
    lists.deposits = [deposit(500, harness.now, 'pending')];
    harness.answer = balance('105', 0);
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \+\$5\.00 .*as far as known$/);
  });
});

test('while the cash does not move, transfers are not requested', async () => {
  await harness.passMinutes(6); // the check after the first balance is over
  const before = requested('/deposits');
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  expect(requested('/deposits')).toBe(before);
});

describe('perps', () => {
  const checkAgain = () => harness.passMinutes(24 * 60);

  test('an account without them is asked once a day', async () => {
    const before = harness.perpsRequests;
    for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
    expect(harness.perpsRequests).toBe(before);
    await checkAgain();
    expect(harness.perpsRequests).toBe(before + 1);
    expect(harness.data().perps.status).toBe('none');
  });

  test('their equity is part of the total, and requested with every balance', async () => {
    harness.perps = perpsEquity('50.0100');
    await checkAgain();
    expect(harness.browser.toolbar.title).toContain('Perps $50.01\nTotal $150.01');
    expect((await harness.samples()).at(-1)).toMatchObject({ perps: 50_010_000 });
    const before = harness.perpsRequests;
    await harness.passMinutes(1);
    expect(harness.perpsRequests).toBe(before + 1);
  });

  test('a failed answer keeps the last equity, with its time', async () => {
    harness.perps = perpsEquity('50.0100');
    await checkAgain();
    const at = harness.now;
    harness.perps = () => new Response('', { status: 500 });
    await harness.passMinutes(1);
    expect(harness.data().perps).toMatchObject({ status: 'readable', equity: 50_010_000, equityAt: at });
    expect(harness.browser.toolbar.title).toContain('Total $150.01');
  });

  test('$500 moved to perps that are readable is no loss', async () => {
    harness.perps = perpsEquity('0.0000');
    await checkAgain();
    await harness.passMinutes(1); // another day has begun
    harness.answer = balance('40', 0);
    harness.perps = perpsEquity('60.0000');
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \$0\.00/);
  });

  test('money moved to perps that are not readable is left out like a withdrawal', async () => {
    harness.perps = () => json({ error: { message: 'insufficient scope' } }, 403);
    await checkAgain();
    expect(harness.data().perps.status).toBe('unreadable');
    await harness.passMinutes(1);
    harness.now += MINUTE;
    const row = {
      source_exchange_shard: 0,
      destination_exchange_shard: 0,
      created_ts: Math.trunc(harness.now / 1000),
    };
    lists.perps = [
      {
        ...row,
        transfer_id: 'a',
        source: 'event_contract',
        destination: 'margined',
        amount: '60.0000',
        status: 'complete',
      },
      {
        ...row,
        transfer_id: 'b',
        source: 'event_contract',
        destination: 'event_contract',
        amount: '9.0000',
        status: 'complete',
      },
    ];
    harness.answer = balance('40', 0);
    await harness.passMinutes(0);
    expect(harness.browser.toolbar.title).toContain('Total $40.00');
    expect(today()).toMatch(/^Today \$0\.00/);
  });
});

test('a key that may read the balance alone asks for neither', async () => {
  harness.scopes = keysResponse(['read::portfolio_balance']);
  await harness.command('account/forget', {
    accountId: Object.keys(harness.browser.local)
      .find((key) => key.startsWith('account/'))
      ?.slice(8),
  });
  harness.now += MINUTE;
  await harness.connect(save);
  const [lists, perps] = [harness.listRequests.length, harness.perpsRequests];
  harness.answer = balance('600', 0);
  await harness.passMinutes(1);
  expect([harness.listRequests.length, harness.perpsRequests]).toEqual([lists, perps]);
});
