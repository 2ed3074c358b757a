// What a key may do, from the scopes Kalshi names.
import { expect, test } from 'vitest';
import {
  canAct,
  canReadPortfolio,
  isWider,
  needsConsent,
  powerOf,
  SEEMS_BALANCE_ONLY,
  strictest,
} from '../../../../src/domain/accounts/key-scopes.ts';

test.each([
  [null, 'unknown', false],
  [[], 'unknown', false],
  [['read::portfolio_balance'], 'balance', false],
  [SEEMS_BALANCE_ONLY, 'seems-balance', false],
  [[...SEEMS_BALANCE_ONLY, 'read'], 'unknown', false],
  [['read'], 'read', false],
  [['read', 'read::portfolio_balance'], 'read', false],
  [['read::block_trade_accept'], 'read', false],
  [['something::new'], 'unknown', false],
  [['read', 'something::new'], 'unknown', false],
  [['read', 'write::trade'], 'trade', true],
  [['write::block_trade_accept'], 'trade', true],
  [['write::fcm_risk'], 'trade', true],
  [['read', 'write'], 'money', true],
  [['write::transfer'], 'money', true],
  [['read::portfolio_balance', 'write::trade', 'write::transfer'], 'money', true],
  [['write::something_new'], 'money', true],
] as const)('%j: %s', (scopes, power, acts) => {
  const list = scopes && [...scopes];
  expect(powerOf(list)).toBe(power);
  expect(canAct(list)).toBe(acts);
  // Consent is needed for keys that can act, and for unknown scopes.
  expect(needsConsent(list)).toBe(acts || power === 'unknown');
});

const BALANCE = ['read::portfolio_balance'];
const SEEMS = [...SEEMS_BALANCE_ONLY];
const READ = ['read'];
const TRADE = ['read', 'write::trade'];
const MONEY = ['read', 'write'];

test.each([
  ['nothing known', [undefined, null], null],
  ['one source', [undefined, READ, null], READ],
  ['the most counts', [READ, TRADE, BALANCE], TRADE],
  ['in whatever order', [MONEY, TRADE], MONEY],
  ['a scope never heard of counts as the most', [MONEY, ['something::new']], ['something::new']],
])('the strictest of several sources: %s', (_, sources, expected) => {
  expect(strictest(...sources)).toEqual(expected);
});

test.each([
  [READ, READ, false],
  [READ, BALANCE, true],
  [READ, SEEMS, true],
  [SEEMS, BALANCE, true],
  [BALANCE, READ, false],
  [TRADE, READ, true],
  [MONEY, TRADE, true],
  [TRADE, MONEY, false],
  [MONEY, null, false], // consent to an unknown key covers this
  [null, READ, true],
] as const)('%j is wider than %j: %s', (scopes, accepted, wider) => {
  expect(isWider(scopes && [...scopes], accepted && [...accepted])).toBe(wider);
});

test('more than the balance may be read with the scope for it, and perhaps if that is unknown', () => {
  expect([null, ['read'], ['read::portfolio_balance'], SEEMS, []].map(canReadPortfolio)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
