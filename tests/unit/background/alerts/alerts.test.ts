// Alerts from a poll to the notification: what is in it, when there is none, and each exactly once through kills.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertRules } from '../../../../src/domain/alerts/rules.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { ORIGIN } from '../../../fakes/browser.ts';
import { seedOf } from '../../../fakes/random.ts';
import { BackgroundHarness, balance, START, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const RUNS = Number(process.env.ALERT_RUNS ?? 40);
const SEED = seedOf('ALERT_SEED');

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

async function connected(rules: Partial<AlertRules>): Promise<string> {
  harness.browser.granted.add('notifications');
  harness.answer = balance('80');
  const accountId = await harness.connect(saving(pem));
  expect(await harness.command('alerts/change', { accountId, rules })).toEqual({ ok: true, value: null });
  await harness.passMinutes(1); // the rules look at what is there
  return accountId;
}
/** Each alert in a line, as in a notification of several. */
const messages = () =>
  harness.browser.notified.flatMap(({ title, message }) =>
    title.startsWith('Alerts: ') ? message.split('\n') : [`${title} · ${message}`],
  );
const above = { cashAbove: 100_000_000 } as Partial<AlertRules>;

test('a threshold: one notification, a list entry, and a click that opens the popup', async () => {
  const accountId = await connected(above);
  expect(messages()).toEqual([]);
  harness.answer = balance('120.5');
  await harness.passMinutes(1);
  await harness.passMinutes(1);
  expect(harness.browser.notified).toEqual([
    { id: `alerts ${accountId} 1`, title: 'Cash above $100.00', message: 'Now $120.50' },
  ]);
  expect(harness.data().alerts).toMatchObject({ notified: 1, seen: 0, recent: [{ id: 1 }] });
  await harness.command('alerts/seen', { accountId });
  expect(harness.data().alerts?.seen).toBe(1);

  await harness.browser.events.notificationClicked.emit(`alerts ${accountId} 1`);
  expect(harness.browser.tabsOpened).toEqual([`${ORIGIN}src/pages/popup/index.html?view=tab`]); // this browser opens no popup by itself
  expect(harness.browser.notifications.size).toBe(0);
});

test('a click opens what the notification is about', async () => {
  const closes = START + 40 * 60_000;
  const member = new Member({
    cash: '80',
    positions: [{ ticker: 'RAIN-26NOV-A', contracts: 10, price: 40, closes }],
  });
  harness.listAs(member);
  const accountId = await connected({ closesWithin: 50, payout: true });
  harness.answerAs(member);
  for (let minute = 0; minute < 9; minute++) await harness.passMinutes(1);
  await harness.command('alerts/change', { accountId, rules: { closesWithin: 25 } });
  for (let minute = 0; minute < 20; minute++) await harness.passMinutes(1);
  const click = async () => {
    await harness.browser.events.notificationClicked.emit(harness.browser.notified.at(-1)?.id);
    return harness.browser.tabsOpened.at(-1);
  };
  expect(messages().at(-1)).toMatch(/^Closes at/);
  expect(await click()).toMatch(/^https:\/\/(demo\.)?kalshi\.com?\/markets\/rain\//);
});

test('without the permission, and in quiet hours, only the popup lists it', async () => {
  await connected(above);
  harness.browser.granted.delete('notifications');
  harness.answer = balance('120');
  await harness.passMinutes(1);
  expect(messages()).toEqual([]);
  expect(harness.data().alerts).toMatchObject({ notified: 1, recent: [{ id: 1 }] });
  harness.browser.granted.add('notifications');
  await harness.passMinutes(1);
  expect(messages()).toEqual([]); // it is old by now

  const id = Object.keys(harness.browser.local)
    .find((key) => key.startsWith('account/'))
    ?.slice(8);
  await harness.command('alerts/change', { accountId: id, rules: { quietFrom: 0, quietTo: 24 * 60 - 1 } });
  harness.answer = balance('80');
  await harness.passMinutes(1);
  harness.answer = balance('120');
  await harness.passMinutes(1);
  expect(messages()).toEqual([]);
  expect(harness.data().alerts?.recent).toHaveLength(2);
});

test('with hidden amounts no amount is in it', async () => {
  await connected(above);
  await harness.command('settings/change', { hideAmounts: true });
  harness.answer = balance('120');
  await harness.passMinutes(1);
  expect(messages()).toEqual(['Cash crossed your threshold · Open the popup to see more.']);
});

test('a failed poll decides nothing about amounts, and a refused key speaks once', async () => {
  await connected({ ...above, key: true });
  harness.answer = () => {
    throw new TypeError('offline');
  };
  for (let minute = 0; minute < 20; minute++) await harness.passMinutes(1);
  expect(messages()).toEqual([]);
  const details = { details: 'NOT_FOUND' };
  harness.answer = () => new Response(JSON.stringify({ error: details }), { status: 401 });
  for (let minute = 0; minute < 60; minute++) await harness.passMinutes(1);
  expect(messages()).toEqual(['API key · Kalshi refused your key. Open the popup to see what to do.']);
});

test('an unknown account, and rules of another shape, change nothing', async () => {
  await connected({});
  const before = JSON.stringify(harness.browser.local);
  const unknown = await harness.command('alerts/change', { accountId: 'other', rules: {} });
  expect(unknown).toEqual({ ok: false, problem: { kind: 'interrupted' } });
  const accountId = Object.keys(harness.browser.local)
    .find((key) => key.startsWith('account/'))
    ?.slice(8);
  for (const rules of [{ cashAbove: 'much' }, { cashAbove: 0.5 }, { other: true }]) {
    expect(await harness.command('alerts/change', { accountId, rules })).toMatchObject({ ok: false });
  }
  expect(JSON.stringify(harness.browser.local)).toBe(before);
});

test('fills and payouts, once everything was read; a settlement and twenty fills are one notification each', async () => {
  const member = new Member({ cash: '1000', positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40 }] });
  harness.listAs(member);
  await connected({ fill: true, payout: true });
  harness.answerAs(member);
  for (let minute = 0; minute < 9; minute++) await harness.passMinutes(1);
  expect(messages()).toEqual([]); // nothing old is announced
  for (let fill = 0; fill < 20; fill++)
    member.ledger.buy('RAIN-A', 'yes', 100n, 400_000n, 0n, harness.now + fill);
  await harness.passMinutes(1);
  expect(messages()).toEqual(['Filled · Market RAIN-A (fills: 20)']);
  member.ledger.determine('RAIN', 'RAIN-A');
  member.ledger.pay(harness.now);
  for (let minute = 0; minute < 9; minute++) await harness.passMinutes(1);
  expect(messages().slice(1)).toEqual(['Paid out: $30.00 · Market RAIN-A (markets: 1)']);
});

test('a market closes within a few minutes: noticed between two readings of the holdings', async () => {
  const closes = START + 40 * 60_000;
  const member = new Member({
    cash: '80',
    positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, closes }],
  });
  harness.listAs(member);
  await connected({ closesWithin: 5 });
  await harness.passMinutes(1);
  harness.list = () => new Response('', { status: 500 }); // from now on the holdings are as they were read
  for (let minute = 0; minute < 45; minute++) await harness.passMinutes(1);
  expect(messages()).toHaveLength(1);
  expect(messages()[0]).toMatch(/^Closes at .* · Market RAIN-A$/);
});

test('a price that moved is noticed with the next poll, before the lists are read again', async () => {
  const member = new Member({ cash: '80', positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40 }] });
  harness.listAs(member);
  await connected({ marketMove: 100_000 } as Partial<AlertRules>);
  harness.answerAs(member);
  for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
  expect(messages()).toEqual([]);
  member.movePrice('RAIN-A', 20);
  await harness.passMinutes(1);
  expect(messages()).toHaveLength(1);
  expect(messages()[0]).toMatch(/ · YES.*: \d+¢ → \d+¢ \(\+\d+¢\)$/);
});

test('no summary is made of an outdated balance', async () => {
  harness.now = new Date(START).setHours(12, 0, 0, 0);
  await connected({ summaryAt: 13 * 60 });
  harness.answer = () => new Response('', { status: 500 });
  for (let minute = 0; minute < 120; minute += 10) await harness.passMinutes(10);
  expect(messages()).toEqual([]);
  harness.answer = balance('80');
  for (let minute = 0; minute < 40; minute += 10) await harness.passMinutes(10);
  expect(messages()).toHaveLength(1);
});

test('the daily summary comes once, also after the browser was closed at its time', async () => {
  const noon = new Date(START).setHours(12, 0, 0, 0);
  harness.now = noon;
  await connected({ summaryAt: 13 * 60 });
  for (let minute = 0; minute < 70; minute += 5) await harness.passMinutes(5);
  expect(messages()).toHaveLength(1);
  expect(messages()[0]).toMatch(
    /^Daily summary, Nov 22, 2026 · total \$81\.98 · change \$0\.00 · closing tomorrow: 0$/,
  );
  harness.browser.restart();
  harness.now += 44 * 3_600_000; // the next summary, and half of the day after
  await harness.wake();
  await harness.browser.events.startup.emit();
  await harness.passMinutes(2);
  expect(messages()).toHaveLength(2);
  expect(messages()[1]).toMatch(/^Daily summary, Nov 2[34], 2026 · total/);
});

test('killed at every step of the poll that decides an alert; the next poll decides another: each is shown once', async () => {
  for (let step = 1, killed = true; killed; step++) {
    harness = new BackgroundHarness();
    await harness.wake();
    await connected({ cashAbove: 100_000_000, cashBelow: 50_000_000 } as Partial<AlertRules>);
    harness.answer = balance('120');
    killed = await harness.killDuring(() => harness.passMinutes(1), step);
    await harness.wake();
    const stored = harness.data().snapshot.figures?.cash === 120_000_000;
    harness.answer = balance('40');
    await harness.passMinutes(1);
    await harness.passMinutes(1);
    const lines = messages();
    expect(lines, `step ${step}`).toEqual([
      ...(stored ? ['Cash above $100.00 · Now $120.00'] : []),
      'Cash below $50.00 · Now $40.00',
    ]);
  }
});

// The expected alerts follow from the balances that were stored, by a model of its own.
test(`${RUNS} stories of polls, failures, kills, restarts, updates and clock changes: each alert once (ALERT_SEED=${SEED})`, {
  timeout: 120_000,
}, async () => {
  const step = fc.record({
    cash: fc.constantFrom(80, 98, 99.5, 100, 101, 130),
    fails: fc.boolean(),
    killAt: fc.option(fc.integer({ min: 1, max: 60 })),
    restart: fc.boolean(),
    update: fc.boolean(),
    clock: fc.constantFrom(0, 0, 0, -3, 3, 24 * 30),
  });
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
    harness = new BackgroundHarness();
    await harness.wake();
    await connected(above);
    let [armed, expected, last] = [true, 0, harness.data().snapshot.figures?.at];
    const observe = () => {
      const { figures } = harness.data().snapshot;
      if (!figures || figures.at === last) return;
      last = figures.at;
      const cash = figures.cash / 1_000_000;
      if (armed && cash >= 100) [armed, expected] = [false, expected + 1];
      else if (!armed && cash <= 99) armed = true;
    };
    for (const { cash, fails, killAt, restart, update, clock } of steps) {
      harness.now += clock * 3_600_000; // the computer's clock is set, back or forward
      harness.answer = fails ? () => new Response('', { status: 500 }) : balance(String(cash));
      if (killAt === null) {
        await harness.passMinutes(20);
        if (restart) {
          harness.browser.restart();
          await harness.wake();
        }
        if (update)
          await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.2.2' });
      } else {
        await harness.passMinutesAndKill(20, killAt);
      }
      observe();
    }
    harness.answer = balance('99.5'); // decides nothing by itself
    await harness.passMinutes(20);
    await harness.passMinutes(20);
    observe();
    const lines = messages();
    expect(lines).toHaveLength(expected);
    const ids = harness.browser.notified.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(harness.data().alerts?.nextId).toBe(expected + 1);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: true });
});
