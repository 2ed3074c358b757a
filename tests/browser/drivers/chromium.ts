// A real Chromium with the built extension in it, whose Kalshi is the simulated exchange.
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/setup.js';
import { newProfile } from './profiles.ts';

/** The extension's id: fixed by the public key in manifest.json. */
export const EXTENSION_ID = 'hnibcfglochhajdahoaoicpklddoidbc';
export const ORIGIN = `chrome-extension://${EXTENSION_ID}`;

/** What a browser has to know of an exchange. */
interface Reachable {
  port: number;
  certificate: { spki: string };
}

export interface LaunchOptions {
  exchange: Reachable;
  /** The folder of the built extension. */
  extension?: string;
  /** A profile to go on with; a new one otherwise. */
  profile?: string;
  /** An X display to open a window on; headless otherwise. */
  display?: string | undefined;
  locale?: string;
  /** More of the browser's own arguments. */
  args?: string[];
}

/**
 * How Chromium is started, whoever starts it: with the extension in `folder`, and with the exchange as the one that
 * records every host that the browser requests.
 */
export function argumentsFor(exchange: Reachable, folder: string): string[] {
  const rules = `MAP *:443 127.0.0.1:${exchange.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`;
  return [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--test-type', // no bar about unsupported flags over the page
    '--window-position=0,0',
    '--window-size=1000,700',
    '--remote-debugging-port=0',
    `--host-resolver-rules=${rules}`,
    `--ignore-certificate-errors-spki-list=${exchange.certificate.spki}`,
    `--disable-extensions-except=${folder}`,
    `--load-extension=${folder}`,
  ];
}

/** Waits until the page has loaded. Asks the page: Playwright may miss the event in a tab that it has not opened itself. */
async function loaded(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        if (document.readyState === 'complete') resolve();
        else addEventListener('load', () => resolve(), { once: true });
      }),
  );
}

export class Chromium {
  private constructor(
    readonly context: BrowserContext,
    readonly profile: string,
  ) {}

  /** Starts the browser with the shipped build. */
  static async launch({
    exchange,
    extension = 'dist/chrome',
    profile,
    display,
    locale,
    args = [],
  }: LaunchOptions): Promise<Chromium> {
    const dir = profile ?? newProfile();
    const folder = resolve(extension);
    const context = await chromium.launchPersistentContext(dir, {
      executablePath: findChromium() ?? missing(),
      // Whoever launched it ends it, and removes the profile.
      handleSIGINT: false,
      handleSIGTERM: false,
      headless: display === undefined,
      ...(display !== undefined && { env: { ...process.env, DISPLAY: display }, viewport: null }),
      ...(locale && { env: { ...process.env, LANGUAGE: locale, ...(display && { DISPLAY: display }) } }),
      ignoreDefaultArgs: ['--disable-extensions', '--enable-automation'],
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...argumentsFor(exchange, folder), ...(locale ? [`--lang=${locale}`] : []), ...args],
    });
    return new Chromium(context, dir);
  }

  /** Opens a page of the extension in a tab. */
  async open(path: 'options' | 'popup' | 'results'): Promise<Page> {
    return this.openFile(`src/pages/${path}/index.html`);
  }

  /**
   * Opens a file of the extension in a tab: from a page of the extension, if there is one, so that the tab begins in the
   * extension's process. An empty tab starts a process of its own, which takes longer than the page.
   */
  async openFile(path: string): Promise<Page> {
    const url = `${ORIGIN}/${path}`;
    const from = this.context.pages().find((page) => page.url().startsWith(`${ORIGIN}/src/`));
    if (!from) return this.#openInEmptyTab(url);
    const opened = this.context.waitForEvent('page');
    await from.evaluate((url) => void chrome.tabs.create({ url }), url);
    const page = await opened;
    await page.waitForURL(url, { waitUntil: 'commit' });
    await loaded(page);
    return page;
  }

  async #openInEmptyTab(url: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(url).catch((error) => {
      // A starting extension without an account opens its options page in the first empty tab: this one.
      if (!String(error).includes(`interrupted by another navigation to "${url}"`)) throw error;
    });
    await page.waitForURL(url);
    return page;
  }

  /** The options page that opens by itself where no account is connected yet, in a new tab or in the empty first one. */
  async welcome(): Promise<Page> {
    const isOptions = (page: Page) => page.url() === `${ORIGIN}/src/pages/options/index.html`;
    for (const until = Date.now() + 20_000; Date.now() < until; ) {
      const page = this.context.pages().find(isOptions);
      if (page) {
        await loaded(page);
        return page;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('the options page did not open by itself');
  }

  /** The text on the badge, as the browser has it. Asked from a page of the extension, so that no worker is woken. */
  async badge(page: Page): Promise<string> {
    return page.evaluate(() => chrome.action.getBadgeText({}));
  }

  async tooltip(page: Page): Promise<string> {
    return page.evaluate(() => chrome.action.getTitle({}));
  }

  /** Stops the background worker and waits until it is gone. */
  async stopWorker(page: Page): Promise<void> {
    const session = await this.context.newCDPSession(page);
    // An alarm that fires meanwhile starts it again: repeated until there is none. Playwright itself reports the end of a worker
    // only with the browser's.
    for (let running = await workers(session); running.length > 0; running = await workers(session)) {
      for (const { targetId } of running) {
        await session.send('Target.closeTarget', { targetId }).catch(() => undefined); // gone by itself
      }
    }
    await session.detach();
  }

  async isWorkerRunning(page: Page): Promise<boolean> {
    const session = await this.context.newCDPSession(page);
    const running = await workers(session);
    await session.detach();
    return running.length > 0;
  }

  /**
   * Opens the real popup, as a click on the toolbar icon does, and gives it as a page at its real size.
   * Asked for from a page of the extension, so that no worker is woken. Afterwards this browser no longer gives its downloads
   * to the test: the second connection takes them.
   */
  async openPopup(page: Page): Promise<{ popup: Page; done: () => Promise<void> }> {
    const port = readFileSync(join(this.profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
    await page.evaluate(() => chrome.action.openPopup());
    // Playwright's own connection shows no page for a popup; a new one does, if it is there already.
    const second = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const popup = second
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url() === `${ORIGIN}/src/pages/popup/index.html`);
    if (!popup) throw new Error('the popup did not open');
    return { popup, done: () => second.close() };
  }

  /** Puts the icon on the toolbar itself, out of the extensions menu. */
  async pin(): Promise<void> {
    await this.#manage('updateExtensionConfiguration', { extensionId: EXTENSION_ID, pinnedToToolbar: true });
  }

  /** Turns developer mode on: without it, Chromium disables an unpacked extension that reloads itself. */
  async allowReload(): Promise<void> {
    await this.#manage('updateProfileConfiguration', { inDeveloperMode: true });
  }

  /** Takes access to all hosts away, or gives it back, as the user can on the extension's page of details. */
  async setHostAccess(granted: boolean): Promise<void> {
    const hostAccess = granted ? 'ON_ALL_SITES' : 'ON_CLICK';
    await this.#manage('updateExtensionConfiguration', { extensionId: EXTENSION_ID, hostAccess });
  }

  /** Sets the zoom of all pages, as in the browser's settings. The popup follows it. */
  async setZoom(zoom: number): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://settings');
    await page.evaluate(async (zoom) => {
      type Settings = { setDefaultZoom: (zoom: number) => Promise<void> };
      await (chrome as unknown as { settingsPrivate: Settings }).settingsPrivate.setDefaultZoom(zoom);
    }, zoom);
    await page.close();
  }

  /** Does on chrome://extensions what a user would do there. */
  async #manage(method: string, update: object): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(
      async ([method, update]) => {
        type Manager = Record<string, (update: object) => Promise<void>>;
        await (chrome as unknown as { developerPrivate: Manager }).developerPrivate[method]?.(update);
      },
      [method, update] as const,
    );
    await page.close();
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Kills the whole browser without a word, as a power cut does. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.context.once('close', resolve));
    const pid = Number(readlinkSync(join(this.profile, 'SingletonLock')).split('-').at(-1));
    process.kill(pid, 'SIGKILL');
    await gone;
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
      rmSync(join(this.profile, name), { force: true });
    }
  }

  /** Closes the browser and removes its profile. */
  async dispose(): Promise<void> {
    await this.close().catch(() => undefined);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function workers(session: CDPSession) {
  const { targetInfos } = await session.send('Target.getTargets');
  return targetInfos.filter(({ type }) => type === 'service_worker');
}

function missing(): never {
  throw new Error('no Chromium found: run `npm test` once, which installs one, or set CHROMIUM to its path');
}
