// Receiving commands in the background, from this extension's own pages only.

import { browser, type Runtime } from '../browser/browser.ts';
import { INTERNAL, type Result } from './problem.ts';

/**
 * Whether a message comes from a page of this extension, in the top frame of its tab or popup.
 * @param self this extension's id and origin, e.g. `chrome-extension://id/`
 */
export function isOwnPage(sender: Runtime.MessageSender, self: { id: string; origin: string }): boolean {
  return sender.id === self.id && (sender.url ?? '').startsWith(self.origin) && (sender.frameId ?? 0) === 0;
}

/**
 * Responds to commands. Messages of any other sender or shape get no response.
 * @param run runs a command; the response to what it throws is `internal`
 */
export function listenForCommands(run: (name: unknown, params: unknown) => Promise<Result<unknown>>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const self = { id: browser.runtime.id, origin: browser.runtime.getURL('') };
    if (!isOwnPage(sender, self) || !isCommand(message)) return undefined;
    return run(message.command, message.params).catch(() => INTERNAL);
  });
}

function isCommand(message: unknown): message is { command: unknown; params: unknown } {
  return typeof message === 'object' && message !== null && 'command' in message && 'params' in message;
}
