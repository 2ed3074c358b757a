// The popup's first frame as a value.
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/domain/accounts/settings.ts';
import {
  NO_SNAPSHOT,
  snapshotWithBalance,
  snapshotWithFailure,
} from '../../../src/domain/balance/snapshot.ts';
import type { Micros } from '../../../src/domain/money.ts';
import type { DisplayedAccount } from '../../../src/view/displayed-account.ts';
import { popupPreviewOf } from '../../../src/view/popup-preview.ts';
import { english } from '../../fakes/english.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);
const figures = { cash: 765_402_500 as Micros, positions: 469_160_000 as Micros, at: NOW - 1_000 };
const good = snapshotWithBalance(figures);
const frame = (shown: Partial<DisplayedAccount>, settings = {}, now = NOW) =>
  popupPreviewOf(
    { name: 'Main', locked: false, snapshot: good, ...shown } as DisplayedAccount,
    { ...DEFAULT_SETTINGS, ...settings },
    english,
    now,
  );

describe('the first frame', () => {
  test('shows the total to the cent, never rounded up', () => {
    expect(frame({})).toEqual({ name: 'Main', label: 'Total', amount: ['$1,234', '.56'], fresh: 'live' });
  });

  test('marks an outdated figure', () => {
    expect(frame({}, {}, NOW + 3_600_000)?.fresh).toBe('stale');
    expect(frame({ snapshot: snapshotWithFailure(good, { kind: 'offline' }, NOW) })).toMatchObject({
      amount: ['$1,234', '.56'],
      fresh: 'stale',
    });
  });

  test('shows dots for hidden amounts', () => {
    expect(frame({}, { hideAmounts: true })?.amount).toEqual(['•••', '']);
  });

  test.each([
    ['locked', { locked: true }],
    ['no figure yet', { snapshot: NO_SNAPSHOT }],
    ['never a figure', { snapshot: snapshotWithFailure(NO_SNAPSHOT, { kind: 'offline' }, NOW) }],
  ])('%s: none', (_, shown) => expect(frame(shown)).toBeNull());
});
