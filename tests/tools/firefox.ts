// A real Firefox with the built extension in it, driven over WebDriver BiDi, whose Kalshi is the simulated exchange.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import WebSocket from 'ws';
import type { Exchange } from '../exchange/exchange.ts';
import { findFirefox } from './setup.js';

const ADDON = 'kalshi-balance-badge@balance-badge';
const UUID = '11111111-2222-4333-8444-555555555555';

interface Answer {
  id?: number;
  error?: string;
  message?: string;
  result?: Record<string, unknown>;
}

export class Firefox {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #context = '';
  #count = 0;

  private constructor(
    readonly profile: string,
    private readonly process: ChildProcess,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const answer: Answer = JSON.parse(String(data));
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Starts Firefox with the shipped build, and waits for the options page that opens by itself. */
  static async launch(exchange: Exchange): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'balance-badge-firefox-'));
    const prefs = {
      'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: UUID }),
      // Every host name leads to the exchange, at its port.
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${exchange.port}`,
      'extensions.webextOptionalPermissionPrompts': false,
      'browser.shell.checkDefaultBrowser': false,
    };
    const lines = Object.entries(prefs).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'];
    const child = spawn(findFirefox() ?? 'firefox', [...args, '--remote-allow-system-access'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (data) => {
        said += data;
        const [, found] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error('Firefox did not start')));
    });
    const socket = new WebSocket(`${address}/session`);
    await once(socket, 'open');
    const firefox = new Firefox(profile, child, socket);
    await firefox.#send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
    const path = resolve('dist/firefox');
    await firefox.#send('webExtension.install', { extensionData: { type: 'path', path } });
    await firefox.#findOptions();
    return firefox;
  }

  async #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#count;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const answer = await answered;
    if (answer.error) throw new Error(`${method}: ${answer.message}`);
    return answer.result ?? {};
  }

  async #findOptions(): Promise<void> {
    const url = `moz-extension://${UUID}/src/options/index.html`;
    while (!this.#context) {
      const { contexts } = (await this.#send('browsingContext.getTree')) as {
        contexts: { context: string; url: string }[];
      };
      this.#context = contexts.find((each) => each.url === url)?.context ?? '';
      if (!this.#context) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Runs the body of an async function in the options page. Gives what it returns, if that is text, a number or a boolean. */
  async run<T extends string | number | boolean | undefined>(body: string): Promise<T> {
    const answer = (await this.#send('script.evaluate', {
      expression: `(async () => { ${body} })()`,
      target: { context: this.#context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: T }; exceptionDetails?: { text: string } };
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result?.value as T;
  }

  /** Closes Firefox; its profile stays. */
  async close(): Promise<void> {
    const gone = once(this.process, 'exit');
    await this.#send('browser.close');
    await gone;
  }

  /** Ends Firefox and removes its profile. */
  async dispose(): Promise<void> {
    if (this.process.exitCode === null) {
      const gone = once(this.process, 'exit');
      this.process.kill('SIGKILL');
      await gone;
    }
    this.socket.terminate();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
