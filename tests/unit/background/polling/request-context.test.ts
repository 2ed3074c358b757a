// The time limit of a poll.
import { afterEach, expect, test, vi } from 'vitest';
import { startPollClock } from '../../../../src/background/polling/request-context.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

afterEach(() => vi.restoreAllMocks());

test('a poll ends before the browser may end the background, 30 s after an event', () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  startPollClock(new AbortController().signal);
  expect(timeout).toHaveBeenCalledTimes(1);
  expect(timeout.mock.calls[0]?.[0]).toBeLessThan(30_000);
});
