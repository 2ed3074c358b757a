// A real Firefox with the built extension in it, driven over WebDriver BiDi, whose Kalshi is the simulated exchange.
// The extension is installed for good, as a person installs it: it is there again after a restart.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import WebSocket from 'ws';
import { archive, filesIn } from '../../../scripts/release/archive.ts';
import { findFirefox } from '../../../scripts/setup.js';
import type { Environment } from '../../../src/domain/accounts/account.ts';
import { hostPatterns } from '../../../src/kalshi/endpoints.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { newProfile } from './profiles.ts';

/** `browser_specific_settings.gecko.id` of manifest.json. */
export const ADDON = 'kalshi-balance-badge@balance-badge';
const UUID = '11111111-2222-4333-8444-555555555555';
/** Firefox's own name for the button: the id with everything else made an underscore, all small. */
const BUTTON = `${ADDON.replaceAll(/[^a-z0-9_-]/g, '_')}-BAP`;

export interface LaunchOptions {
  exchange: Exchange;
  /** The folder of the built extension, or a zip of it. */
  extension?: string;
  /** A profile to go on with, with the extension in it; a new one otherwise. */
  profile?: string;
  /** An X display to open a window on; headless otherwise. */
  display?: string | undefined;
  prefs?: Record<string, string | number | boolean>;
}

interface Answer {
  id?: number;
  method?: string;
  params?: { level?: string; text?: string };
  error?: string;
  message?: string;
  result?: Record<string, unknown>;
}

type Result = string | number | boolean | undefined;

/** One page, or the window of the browser itself. */
export interface Place {
  context: string;
}

/** How long Firefox may take for anything, in milliseconds. Generous: it bounds a failure, not a success. */
const LIMIT_MS = 45_000;

/** What a promise gives. @throws what it throws, or what took too long */
async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, LIMIT_MS, new Error(`Firefox: ${what} took more than ${LIMIT_MS / 1000} s`));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class Firefox {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** Everything that pages, the background and the browser wrote to a console. */
  readonly console: string[] = [];
  /** What was asked of the browser, with the time. */
  readonly trace: string[] = [];
  #options: Place = { context: '' };
  #window: Place = { context: '' };
  #count = 0;

  private constructor(
    readonly profile: string,
    private readonly process: ChildProcess,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const answer: Answer = JSON.parse(String(data));
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
      if (answer.method === 'log.entryAdded')
        this.console.push(`${answer.params?.level}: ${answer.params?.text}`);
    });
  }

  /** Starts Firefox with the shipped build, and has its options page open: the one that opens by itself in a new profile. */
  static async launch({
    exchange,
    extension = 'dist/firefox',
    profile: old,
    display,
    prefs = {},
  }: LaunchOptions): Promise<Firefox> {
    const profile = old ?? newProfile();
    const all = {
      'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: UUID }),
      // Required by release Firefox; the ESR and the developer edition can turn it off.
      'xpinstall.signatures.required': false,
      // Every host name leads to the exchange, at its port.
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${exchange.port}`,
      'extensions.webextOptionalPermissionPrompts': false,
      'browser.shell.checkDefaultBrowser': false,
      'browser.startup.page': 0,
      'browser.aboutwelcome.enabled': false,
      // Errands of the browser's own, which take a tenth of its start.
      'browser.newtabpage.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'toolkit.telemetry.unified': false,
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
      'app.normandy.enabled': false,
      'extensions.getAddons.cache.enabled': false,
      ...prefs,
    };
    const lines = Object.entries(all).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const args = [
      ...(display === undefined ? ['--headless'] : []),
      ...['--no-remote', '--profile', profile, '--remote-debugging-port=0', '--remote-allow-system-access'],
      ...['--width', '1000', '--height', '700'],
    ];
    const child = spawn(findFirefox() ?? 'firefox', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(display !== undefined && { env: { ...process.env, DISPLAY: display } }),
    });
    let output = '';
    const listening = new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (data) => {
        output += data;
        const [, found] = /WebDriver BiDi listening on (ws:\S+)/.exec(output) ?? [];
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error(`Firefox did not start: ${output}`)));
    });
    const address = await within('the start', listening).catch((error) => {
      child.kill('SIGKILL'); // nobody else knows it
      throw error;
    });
    const socket = new WebSocket(`${address}/session`);
    await within('the connection', once(socket, 'open'));
    const firefox = new Firefox(profile, child, socket);
    await firefox.#send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
    await firefox.#send('session.subscribe', { events: ['log.entryAdded'] });
    const [window] = await firefox.#contexts({ 'moz:scope': 'chrome' });
    if (window) firefox.#window = window;
    if (old) firefox.#options = await firefox.open('options');
    else {
      await firefox.install(extension);
      await firefox.#findOptions();
    }
    return firefox;
  }

  /** Installs the extension, over the one that may be there. */
  async install(extension: string): Promise<void> {
    const path = extension.endsWith('.zip') ? extension : join(this.profile, 'extension.xpi');
    if (path !== extension) writeFileSync(path, archive(filesIn(extension)));
    await this.#send('webExtension.install', {
      extensionData: { type: 'archivePath', path },
      'moz:permanent': true,
    });
  }

  async #send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error(`${method}: Firefox has ended`);
    const id = ++this.#count;
    this.trace.push(`${new Date().toISOString()} ${method} ${JSON.stringify(params)}`);
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const answer = await within(method, answered).finally(() => this.#waiting.delete(id));
    if (answer.error) throw new Error(`${method}: ${answer.message}`);
    return answer.result ?? {};
  }

  async #contexts(params: object = {}): Promise<{ context: string; url: string }[]> {
    return (await this.#send('browsingContext.getTree', params)).contexts as {
      context: string;
      url: string;
    }[];
  }

  async #findOptions(): Promise<void> {
    const url = `moz-extension://${UUID}/src/pages/options/index.html`;
    for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
      const found = (await this.#contexts()).find((each) => each.url === url);
      if (found) {
        this.#options = found;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('Firefox: the options page did not open by itself');
  }

  /** Opens a page of the extension in a tab. */
  async open(path: 'options' | 'popup'): Promise<Place> {
    const url = `moz-extension://${UUID}/src/pages/${path}/index.html`;
    const { context } = await this.#send('browsingContext.create', { type: 'tab' });
    await this.#send('browsingContext.navigate', { context, url, wait: 'complete' });
    return { context: context as string };
  }

  /** Opens a file of the extension in a tab, as the page that `run` uses, and closes every other page. */
  async closePagesExcept(path: string): Promise<void> {
    const before = await this.#contexts();
    const { context } = await this.#send('browsingContext.create', { type: 'tab' });
    this.#options = { context: context as string };
    await this.#send('browsingContext.navigate', {
      context,
      url: `moz-extension://${UUID}/${path}`,
      wait: 'complete',
    });
    for (const each of before) await this.#send('browsingContext.close', { context: each.context });
  }

  /** Address and text of every page. */
  async pageTexts(): Promise<string[]> {
    const pages = await this.#contexts();
    const text = ({ context, url }: { context: string; url: string }) =>
      this.run<string>('return document.body.innerText', { context }).then((text) => `# ${url}\n${text}`);
    return Promise.all(pages.map(text));
  }

  /** A picture of every page. */
  async pictures(): Promise<Buffer[]> {
    const pages = await this.#contexts();
    const taken = pages.map(({ context }) => this.#send('browsingContext.captureScreenshot', { context }));
    return (await Promise.all(taken)).map(({ data }) => Buffer.from(String(data), 'base64'));
  }

  /** Opens an empty tab: a window whose only page is closed, as by an update, closes too. */
  async openEmptyTab(): Promise<void> {
    await this.#send('browsingContext.create', { type: 'tab' });
  }

  /** Opens the options page anew: an update closes the old one. */
  async reopen(): Promise<void> {
    this.#options = await this.open('options');
  }

  /** Runs the body of an async function in a page, the options page if none is named. Gives what it returns, if that is text, a number or a boolean. */
  async run<T extends Result>(body: string, place = this.#options): Promise<T> {
    const answer = (await this.#send('script.evaluate', {
      expression: `(async () => { ${body} })()`,
      target: { context: place.context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: T }; exceptionDetails?: { text: string } };
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer.result?.value as T;
  }

  /** The same in the browser's own window: what a user would see or do outside of pages. `extension`: Firefox's object for it. */
  async inWindow<T extends Result>(body: string): Promise<T> {
    const extension = `WebExtensionPolicy.getByID(${JSON.stringify(ADDON)}).extension`;
    return this.run<T>(`const extension = ${extension}; ${body}`, this.#window);
  }

  /** The text on the badge, as it is drawn. */
  async drawnBadge(): Promise<string> {
    return this.inWindow(`
      const button = document.getElementById(${JSON.stringify(BUTTON)});
      return button?.querySelector('.toolbarbutton-badge')?.textContent ?? 'no button on the toolbar';`);
  }

  /** By how many pixels the badge's text reaches beyond what is drawn of it; a digit's own margin is about one. */
  async badgeCut(): Promise<number> {
    return this.inWindow(`
      const badge = document.getElementById(${JSON.stringify(BUTTON)}).querySelector('.toolbarbutton-badge');
      const range = document.createRange();
      range.selectNodeContents(badge);
      return range.getBoundingClientRect().right - badge.getBoundingClientRect().right;`);
  }

  /** Whether the background is there: it is suspended when it has had nothing to do for a while. */
  async backgroundState(): Promise<string> {
    return this.inWindow('return extension.backgroundState;');
  }

  /** Takes access to hosts away, or gives it back, as the switch in the extension's permissions does. */
  async setHostAccess(granted: boolean, environment: Environment = 'production'): Promise<void> {
    await this.inWindow(`
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const change = { permissions: [], origins: ${JSON.stringify(hostPatterns(environment))}, data_collection: [] };
      await ExtensionPermissions.${granted ? 'add' : 'remove'}(extension.id, change, extension);`);
  }

  /** Grants an optional permission, as the browser's prompt does. */
  async grantPermission(name: string): Promise<void> {
    await this.inWindow(`
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const change = { permissions: [${JSON.stringify(name)}], origins: [], data_collection: [] };
      await ExtensionPermissions.add(extension.id, change, extension);`);
  }

  /** Clicks the button on the toolbar. */
  async clickButton(): Promise<void> {
    await this.inWindow(`document.getElementById(${JSON.stringify(BUTTON)}).click();`);
  }

  /** Clicks an element of a page with the mouse, as a person does: it counts as a user action. `of`: an expression for it. */
  async click(of: string, place: Place = this.#options): Promise<void> {
    const at = await this.run<string>(
      `const { x, y, width, height } = (${of}).getBoundingClientRect();
       return JSON.stringify({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) });`,
      place,
    );
    await this.#send('input.performActions', {
      context: place.context,
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          actions: [
            { type: 'pointerMove', ...JSON.parse(at) },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ],
    });
  }

  /** Closes the popup, if one is open. */
  async closePopup(): Promise<void> {
    await this.inWindow(`
      for (const panel of document.querySelectorAll('panel')) if (panel.state === 'open') panel.hidePopup();`);
  }

  /** The size of the open popup, pixels; zero while there is none. */
  async popupSize(): Promise<{ width: number; height: number }> {
    const size = await this.inWindow<string>(`
      const popup = document.querySelector('.webextension-popup-browser');
      const { width = 0, height = 0 } = popup?.getBoundingClientRect() ?? {};
      return JSON.stringify({ width, height });`);
    return JSON.parse(size);
  }

  /** A picture of the top of the window with the toolbar, or of the open popup. */
  async picture(of: 'toolbar' | 'popup'): Promise<Buffer> {
    const [whose, rect] =
      of === 'popup'
        ? [`document.querySelector('.webextension-popup-browser')`, 'null']
        : ['window', 'new DOMRect(0, 0, innerWidth, 90)'];
    const data = await this.inWindow<string>(`
      const { currentWindowGlobal } = ${whose}.browsingContext;
      const bitmap = await currentWindowGlobal.drawSnapshot(${rect}, 1, 'white');
      const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
      Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/png').split(',')[1];`);
    return Buffer.from(data, 'base64');
  }

  /** Closes Firefox; its profile stays. */
  async close(): Promise<void> {
    const gone = once(this.process, 'exit');
    await this.#send('browser.close');
    await within('its end', gone);
    this.socket.terminate();
  }

  /** Kills it without a word, as a power cut does. */
  async kill(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
    this.socket.terminate();
  }

  /** Ends Firefox and removes its profile. */
  async dispose(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
