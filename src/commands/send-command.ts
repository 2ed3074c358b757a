// Sending a command from a page to the background.

import { browser } from '../browser/browser.ts';
import type { CommandName, Commands } from './commands.ts';
import { INTERNAL, type Result } from './problem.ts';

/**
 * What both browsers say if nobody received a message. Firefox says so while it suspends an idle background (seen with
 * Firefox 140 on a busy machine): the message was not delivered, so it can be sent again, which wakes the background.
 */
const NOT_RECEIVED = /receiving end does not exist/i;
/** How often a message that nobody received is sent again, and after how long. */
const [RETRIES, RETRY_MS] = [10, 200];

/** Sends a command to the background. Never throws: a background that cannot be reached is a problem too. */
export async function sendCommand<Name extends CommandName>(
  name: Name,
  params: Commands[Name]['params'],
): Promise<Result<Commands[Name]['result']>> {
  for (let retry = 0; ; retry++) {
    try {
      const result: unknown = await browser.runtime.sendMessage({ command: name, params });
      return (result as Result<Commands[Name]['result']> | undefined) ?? INTERNAL;
    } catch (error) {
      if (retry === RETRIES || !NOT_RECEIVED.test(String(error))) return INTERNAL;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
