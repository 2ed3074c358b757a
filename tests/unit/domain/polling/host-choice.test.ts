// Which host is used, and in which order the two are tried.
import { expect, test } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { chooseHost, hostsToTry, preferredHost } from '../../../../src/domain/polling/host-choice.ts';

const NOW = Date.UTC(2026, 10, 28);
const BOTH = ['recommended', 'alternative'] as const;

test('the alternative host is used for a day, in its environment only', () => {
  const choice = chooseHost({ demo: 5 }, 'production', 'alternative', NOW);
  expect(preferredHost(choice, 'production', NOW + DAY_MS - 1)).toBe('alternative');
  expect(preferredHost(choice, 'production', NOW + DAY_MS)).toBe('recommended');
  expect(preferredHost(choice, 'demo', NOW)).toBe('recommended');
  expect(preferredHost(chooseHost(choice, 'production', 'recommended', NOW), 'production', NOW)).toBe(
    'recommended',
  );
});

test('a choice from a clock that was set back since is ignored', () => {
  expect(preferredHost({ production: NOW + DAY_MS + 1 }, 'production', NOW)).toBe('recommended');
});

test.each([
  ['both, the preferred one first', BOTH, 'alternative', 0, ['alternative', 'recommended']],
  ['after a failure only the other one', BOTH, 'recommended', 1, ['alternative']],
  ['then they alternate', BOTH, 'recommended', 2, ['recommended']],
  ['one whose permission is missing never', ['alternative'], 'recommended', 0, ['alternative']],
  ['nor after a failure', ['recommended'], 'recommended', 1, ['recommended']],
] as const)('tries %s', (_, granted, preferred, failures, expected) => {
  expect(hostsToTry(granted, preferred, failures)).toEqual(expected);
});
