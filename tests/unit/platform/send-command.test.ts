// Sending commands to a background that the browser is about to suspend.
import { beforeEach, expect, test, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn());
vi.mock('webextension-polyfill', () => ({ default: { runtime: { sendMessage } } }));

const { sendCommand } = await import('../../../src/platform/messages.ts');
const send = () => sendCommand('settings/change', {});
const done = { ok: true, value: null };
const internal = { ok: false, problem: { kind: 'internal' } };
const notReceived = new Error('Could not establish connection. Receiving end does not exist.');

beforeEach(() => {
  vi.useFakeTimers();
  sendMessage.mockReset();
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
