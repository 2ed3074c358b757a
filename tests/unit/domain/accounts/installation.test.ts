// When a backup is suggested, and when a version counts as old.
import { expect, test } from 'vitest';
import { isOldVersion, isWorthBackup, versionAge } from '../../../../src/domain/accounts/installation.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

test.each([
  [undefined, false],
  [NOW, false],
  [NOW - 30 * DAY + 1, false],
  [NOW - 30 * DAY, true],
  [NOW + DAY, false],
])('a history since %s is worth a backup: %s', (oldest, worth) => {
  expect(isWorthBackup(oldest, NOW)).toBe(worth);
});

test.each([
  [undefined, undefined, false],
  [NOW + 1, undefined, false],
  [NOW, 0, false],
  [NOW - 90 * DAY, 90, false],
  [NOW - 91 * DAY + 1, 90, false],
  [NOW - 91 * DAY, 91, true],
])('a version released at %s is %s days old; old: %s', (released, age, old) => {
  expect(versionAge(released, NOW)).toBe(age);
  expect(isOldVersion(versionAge(released, NOW))).toBe(old);
});
