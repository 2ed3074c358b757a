// What a test in Firefox works with: a simulated exchange, a Firefox with the shipped build, and user actions.
import { expect } from 'vitest';
import type { Exchange } from '../../exchange/exchange.ts';
import { Firefox, type LaunchOptions, type Place } from '../drivers/firefox.ts';
import { SOON } from './chromium-scene.ts';

/** User actions in a page: type into a box, press a button, read. */
const HELPERS = `
  const rendered = () => new Promise((resolve) => setTimeout(resolve));
  const type = async (selector, text) => {
    for (const box of document.querySelectorAll(selector)) {
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await rendered();
    }
  };
  const press = (name) => [...document.querySelectorAll('button')]
    .find((each) => each.textContent === name || each.getAttribute('aria-label') === name).click();
`;

export class FirefoxScene {
  firefox!: Firefox;

  constructor(readonly exchange: Exchange) {}

  /** Starts Firefox, with a new profile or the one it had. */
  async start(options: Partial<LaunchOptions> = {}): Promise<void> {
    const profile = (this.firefox as Firefox | undefined)?.profile;
    this.firefox = await Firefox.launch({ exchange: this.exchange, ...(profile && { profile }), ...options });
  }

  /** A member with a new key of the given form. */
  newMember(...of: Parameters<Exchange['newMember']>): ReturnType<Exchange['newMember']> {
    return this.exchange.newMember(...of);
  }

  /** Runs user actions in a page. */
  async act(body: string, place?: Place): Promise<void> {
    await this.firefox.run(`${HELPERS}${body}`, place);
  }

  /** Waits for a text on a page. */
  async waitForText(text: string, place?: Place): Promise<void> {
    // The failure contains the text of the page, without key IDs.
    const pageText = () =>
      this.firefox.run<string>(`return document.body.innerText.replace(/[0-9a-f-]{36}/g, '…')`, place);
    await expect.poll(pageText, SOON).toContain(text);
  }

  /** Connects as a person does: fill in, check, save. */
  async connect(keyId: string, pem: string, passphrase?: string): Promise<void> {
    await this.waitForText('Check key');
    await this.act(`
      await type('#key-id', ${JSON.stringify(keyId)});
      await type('#private-key', ${JSON.stringify(pem)});
      press('Check key');`);
    await this.waitForText('Kalshi accepted this key');
    if (passphrase) {
      await this.act(`document.querySelector('#protection-passphrase').click()`);
      await this.waitForText('Repeat passphrase');
      await this.act(`await type('input[type=password]', ${JSON.stringify(passphrase)});`);
    }
    await this.act(`press('Save key');`);
    await this.waitForText('Forget key');
  }

  /** Waits for this text on the badge. */
  async badgeBecomes(text: string): Promise<void> {
    await expect.poll(() => this.firefox.drawnBadge(), SOON).toBe(text);
  }

  async tooltipBecomes(text: string): Promise<void> {
    await expect.poll(() => this.firefox.run('return browser.action.getTitle({})'), SOON).toContain(text);
  }

  /**
   * Lets a period pass for the recorded polls, and the alarm fire until a poll has been started; where the account waits
   * after a failure, which the background has in its memory, as if the user had pressed *Refresh*.
   */
  async passPeriod(): Promise<void> {
    const before = this.balances;
    let alarms = 0;
    const fire = async () => {
      await this.firefox.run(`
        const { accounts } = await browser.storage.local.get('accounts');
        for (const { id } of accounts.data) {
          await browser.storage.session.set({ ['attempt/' + id]: { attemptedAt: 0, statusCheckedAt: 0 } });
          if (${alarms} > 1) void browser.runtime.sendMessage({ command: 'account/refresh', params: { accountId: id } });
        }
        const { periodInMinutes } = (await browser.alarms.get('poll')) ?? {};
        browser.alarms.create('poll', { when: Date.now(), ...(periodInMinutes && { periodInMinutes }) });`);
      alarms++;
      return this.balances > before;
    };
    await expect.poll(fire, { ...SOON, interval: 500 }).toBe(true);
  }

  /** The number of balance requests so far. */
  get balances(): number {
    return this.exchange.journal.filter(({ path }) => path.endsWith('/portfolio/balance')).length;
  }

  /** The names of stored items and settings, which an update or a restart must keep. */
  async accounts(): Promise<string> {
    return this.firefox.run(`return JSON.stringify((await browser.storage.local.get('accounts')).accounts)`);
  }
}
