// Sending commands to a background that the browser is about to suspend.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../../../src/commands/problem.ts';
import { sendCommand } from '../../../src/commands/send-command.ts';
import { setExtensionApi } from '../../fakes/webextension-polyfill.ts';

const sendMessage = vi.fn();
const send = (): Promise<Result<unknown>> => sendCommand('settings/change', {});
const done = { ok: true, value: null };
const internal = { ok: false, problem: { kind: 'internal' } };
const notReceived = new Error('Could not establish connection. Receiving end does not exist.');

beforeEach(() => {
  vi.useFakeTimers();
  setExtensionApi({ runtime: { sendMessage } });
  sendMessage.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a message that nobody received is sent again', async () => {
  sendMessage.mockRejectedValueOnce(notReceived).mockRejectedValueOnce(notReceived).mockResolvedValue(done);
  const result = send();
  await vi.runAllTimersAsync();
  expect(await result).toEqual(done);
  expect(sendMessage).toHaveBeenCalledTimes(3);
});

test('not without end', async () => {
  sendMessage.mockRejectedValue(notReceived);
  const result = send();
  await vi.runAllTimersAsync();
  expect(await result).toEqual(internal);
  expect(sendMessage.mock.calls.length).toBeLessThan(20);
});

test('a message that may have been received is not sent again', async () => {
  sendMessage.mockRejectedValue(new Error('The message port closed before a response was received.'));
  expect(await send()).toEqual(internal);
  expect(sendMessage).toHaveBeenCalledTimes(1);
});
