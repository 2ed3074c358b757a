// A connection to the browser's debugging port, for the popup and the processes, which the test driver does not expose.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import WebSocket from 'ws';

interface Target {
  type: string;
  url: string;
  webSocketDebuggerUrl: string;
}

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

const whole = (expression: string) => ({ expression, awaitPromise: true, returnByValue: true });

function resultOf<T>({ result, exceptionDetails }: Evaluated): T {
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/** Evaluates an expression in a page of the test driver, whose own policy may forbid `eval`. */
export async function evaluateIn<T>(page: Page, expression: string): Promise<T> {
  const session = await page.context().newCDPSession(page);
  const evaluated = await session.send('Runtime.evaluate', whole(expression));
  await session.detach();
  return resultOf(evaluated);
}

export class Cdp {
  #count = 0;

  private constructor(private readonly socket: WebSocket) {}

  static async to(url: string): Promise<Cdp> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Cdp(socket);
  }

  /** The browser itself. */
  static async ofBrowser(profile: string): Promise<Cdp> {
    const [port, path] = portOf(profile);
    return Cdp.to(`ws://127.0.0.1:${port}${path}`);
  }

  /** The first target that fits, as soon as there is one. */
  static async ofTarget(profile: string, fits: (target: Target) => boolean): Promise<Cdp> {
    const [port] = portOf(profile);
    for (;;) {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
      const found = targets.find(fits);
      if (found) return Cdp.to(found.webSocketDebuggerUrl);
    }
  }

  async send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#count;
    this.socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [data] = await once(this.socket, 'message');
      const answer = JSON.parse(String(data));
      if (answer.id !== id) continue;
      if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result as T;
    }
  }

  /** Evaluates an expression there and waits for what it promises. */
  async evaluate<T>(expression: string): Promise<T> {
    return resultOf(await this.send<Evaluated>('Runtime.evaluate', whole(expression)));
  }

  /** Closes a page that can close itself, and waits until it is gone. */
  async closePage(): Promise<void> {
    const gone = once(this.socket, 'close');
    this.socket.send(
      JSON.stringify({
        id: ++this.#count,
        method: 'Runtime.evaluate',
        params: { expression: 'window.close()' },
      }),
    );
    await gone;
  }

  close(): void {
    this.socket.close();
  }
}

function portOf(profile: string): [port: string, path: string] {
  const [port = '', path = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return [port, path];
}
