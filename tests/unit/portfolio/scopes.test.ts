// What a key may do, from the scopes Kalshi names.
import { expect, test } from 'vitest';
import { canAct, powerOf } from '../../../src/portfolio/scopes.ts';

test.each([
  [null, 'unknown', false],
  [[], 'unknown', false],
  [['read::portfolio_balance'], 'balance', false],
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
});
