// Deposits and perps around a balance: no deposit is ever shown as a gain, no move to perps as a loss.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { DEBIT_DEPOSIT } from '../../../exchange/recorded/transfers.ts';
import {
  type BackgroundHarness,
  balance,
  keysResponse,
  perpsEquity,
  START,
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
let lists: Record<'deposits' | 'withdrawals' | 'perps' | 'subaccounts', object[] | number>;

beforeEach(async () => {
  lists = { deposits: [], withdrawals: [], perps: [], subaccounts: [] };
  harness.list = (url) => {
    const answer = (name: string, rows: object[] | number) =>
      typeof rows === 'number' ? json({}, rows) : json({ [name]: rows, cursor: '' });
    if (url.includes('/deposits')) return answer('deposits', lists.deposits);
    if (url.includes('/withdrawals')) return answer('withdrawals', lists.withdrawals);
    if (url.includes('/intra_exchange')) return answer('transfers', lists.perps);
    if (url.includes('/subaccounts/transfers')) return answer('transfers', lists.subaccounts);
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
    expect(harness.data().transfers).toMatchObject({ status: 'unconfirmed' });
    lists.deposits = [deposit(500, harness.now)];
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \$0\.00/);
  });

  test('beyond the pages that are read: marked, and not read again with each poll', async () => {
    harness.list = (url) => json({ cursor: url.includes('/deposits') ? 'more' : '' });
    harness.answer = balance('600', 0);
    await harness.passMinutes(1);
    expect(today()).toMatch(/as far as known$/);
    const before = requested('/deposits');
    for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
    expect(requested('/deposits')).toBe(before);
  });

  test('one failed answer keeps the list that was read before', async () => {
    harness.answer = balance('600', 0);
    harness.now += MINUTE;
    lists.deposits = [deposit(500, harness.now)];
    await harness.passMinutes(0);
    lists.deposits = 500;
    await harness.passMinutes(1);
    expect(harness.data().transfers).toMatchObject({ rows: [{ amount: 500_000_000 }] });
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

/** An answer of a firewall. */
const blocked = () => new Response('<html>Access denied</html>', { status: 403 });
const never = () => new Promise<never>(() => undefined);

describe('the balance reaches the badge after the first answer', () => {
  test('while deposits do not answer: the new total, and the change unconfirmed', async () => {
    harness.list = never;
    harness.answer = balance('600', 0);
    void harness.passMinutes(1);
    await vi.waitFor(() => expect(harness.browser.toolbar.title).toContain('Total $600.00'));
    expect(today()).toBe('Today: checking deposits and withdrawals');
    expect((await harness.samples()).at(-1)).toMatchObject({ cash: 600_000_000 });
  });

  test('while perps do not answer: the new cash with the last equity, and no sample of the two', async () => {
    harness.perps = perpsEquity('50');
    await harness.passMinutes(24 * 60);
    harness.perps = never as unknown as () => Response;
    harness.answer = balance('75', 0);
    void harness.passMinutes(1);
    await vi.waitFor(() => expect(harness.browser.toolbar.title).toContain('Total $125.00'));
    expect((await harness.samples()).at(-1)).toMatchObject({ cash: 100_000_000, perps: 50_000_000 });
  });

  test('killed right after it: shown and confirmed later', async () => {
    harness.list = never;
    harness.answer = balance('600', 0);
    void harness.passMinutes(1);
    await vi.waitFor(() => expect(harness.browser.toolbar.title).toContain('Total $600.00'));
    harness.list = (url) =>
      json(url.includes('/deposits') ? { deposits: [deposit(500, harness.now - 2 * MINUTE)] } : {});
    await harness.wake();
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \$0\.00/);
  });

  test('what it needs is requested side by side', async () => {
    harness.list = never;
    const before = harness.listRequests.length;
    harness.answer = balance('600', 0);
    void harness.passMinutes(1);
    const parts = () =>
      harness.listRequests.slice(before).map((url) => new URL(url).pathname.split('/').at(-1));
    await vi.waitFor(() => expect(parts().toSorted()).toEqual(['deposits', 'transfers', 'withdrawals']));
  });
});

describe('a firewall answers in place of Kalshi', () => {
  const alerts = async (rules: object) => {
    harness.browser.granted.add('notifications');
    const [accountId] = Object.keys(harness.browser.local).flatMap(
      (key) => /^account\/(.*)/.exec(key)?.[1] ?? [],
    );
    await harness.command('alerts/change', { accountId, rules });
    await harness.passMinutes(1);
  };
  const notified = () => harness.data().alerts?.recent.map(({ event }) => event.kind);

  test.each([401, 403, 404])(
    '%i for perps: the equity stays with its age, no alert, read again',
    async (status) => {
      harness.perps = perpsEquity('5000');
      await harness.passMinutes(24 * 60);
      await alerts({ totalBelow: 1_000_000_000 });
      const at = harness.now;
      harness.perps = () => new Response('<html>', { status });
      await harness.passMinutes(1);
      expect(harness.browser.toolbar.title).toContain('Total $5,100.00');
      expect(harness.data().perps).toEqual({ status: 'readable', equity: 5_000_000_000, equityAt: at });
      expect(notified()).toEqual([]);
      harness.perps = perpsEquity('5001');
      await harness.passMinutes(1);
      expect(harness.browser.toolbar.title).toContain('Total $5,101.00');
    },
  );

  test('money moves to perps while they cannot be read: no alert on a total that never was', async () => {
    harness.perps = perpsEquity('5000');
    await harness.passMinutes(24 * 60);
    await alerts({ totalBelow: 5_050_000_000 });
    harness.perps = blocked;
    harness.answer = balance('10', 0);
    await harness.passMinutes(1);
    expect(notified()).toEqual([]);
    harness.perps = perpsEquity('5090');
    await harness.passMinutes(1);
    expect(notified()).toEqual([]);
    harness.perps = perpsEquity('5030');
    await harness.passMinutes(1);
    expect(notified()).toEqual(['threshold']);
  });

  test('403 for deposits in the poll of a deposit: unconfirmed, no alert, and right with the next poll', async () => {
    await alerts({ changeAmount: 100_000_000 });
    harness.list = blocked;
    harness.answer = balance('600', 0);
    await harness.passMinutes(1);
    expect(today()).toBe('Today: checking deposits and withdrawals');
    harness.list = (url) => json(url.includes('/deposits') ? { deposits: [deposit(500, harness.now)] } : {});
    await harness.passMinutes(1);
    expect(today()).toMatch(/^Today \$0\.00/);
    expect(notified()).toEqual([]);
  });
});

describe('recorded rows', () => {
  test('D01: $378.00 by debit card with a fee of $7.56 raised the balance by $370.44: the change is $0.00', async () => {
    harness.now += MINUTE;
    const seconds = Math.trunc(harness.now / 1000);
    lists.deposits = [{ ...DEBIT_DEPOSIT.row, created_ts: seconds, finalized_ts: seconds }];
    harness.answer = balance('470.44', 0);
    await harness.passMinutes(0);
    expect(today()).toMatch(/^Today \$0\.00.*, net of \$370\.44 deposited$/);
  });

  test('T01: $600.00 moved to another subaccount is no loss', async () => {
    const member = new Member({ cash: '1000' });
    harness.answerAs(member);
    await harness.passMinutes(1);
    await harness.passMinutes(24 * 60);
    await harness.passMinutes(6);
    member.moveBetweenSubaccounts(0, 1, 60_000, harness.now + 30_000);
    await harness.passMinutes(1);
    expect(harness.browser.toolbar.title).toContain('Total $400.00');
    expect(today()).toMatch(/^Today \$0\.00.*, net of \$600\.00 withdrawn$/);
    await harness.passMinutes(1);
    expect(harness.data().otherSubaccounts).toMatchObject({ cash: 600_000_000 });
  });
});

test('a withdrawal of a status that nobody knows counts as pending, and is not read for ever', async () => {
  const seconds = Math.trunc(harness.now / 1000) - 60;
  lists.withdrawals = [{ ...deposit(50, seconds * 1000), status: 'cancelled' }];
  harness.answer = balance('600', 0);
  lists.deposits = [deposit(500, harness.now + MINUTE)];
  await harness.passMinutes(1);
  expect(today()).toMatch(/^Today \$0\.00.*, net of \$500\.00 deposited$/);
  await harness.passMinutes(6);
  const before = harness.listRequests.length;
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  expect(harness.listRequests.slice(before).filter((url) => /deposits|withdrawals/.test(url))).toEqual([]);
});

test('instant credit: the cash dates the deposit, its status follows days later', async () => {
  lists.deposits = [deposit(500, harness.now + MINUTE, 'pending')];
  harness.answer = balance('600', 0);
  await harness.passMinutes(1);
  expect(today()).toMatch(/^Today \$0\.00.*, net of \$500\.00 deposited$/);
  await harness.passMinutes(2 * 24 * 60);
  await harness.passMinutes(1);
  lists.deposits = [{ ...deposit(500, START + 2 * MINUTE), finalized_ts: Math.trunc(harness.now / 1000) }];
  harness.answer = balance('607', 0);
  await harness.passMinutes(1);
  expect(today()).toMatch(/^Today \+\$7\.00((?!as far).)*$/);
});
