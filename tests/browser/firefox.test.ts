// The shipped build in real Firefox: connect, badge, lock, forget, and a profile in which no protected key is found.
import { describe, expect, test } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { type KeyForm, makeKey } from '../exchange/keys.ts';
import { Firefox } from '../tools/firefox.ts';
import { findFirefox } from '../tools/setup.js';
import { needles, PASSPHRASE, scan } from './profile-scan.ts';
import { SOON } from './scene.ts';

/** What a person does, in the page: types into a box, presses a button. */
const HELPERS = `
  const rendered = () => new Promise((resolve) => setTimeout(resolve));
  const type = async (selector, text) => {
    for (const box of document.querySelectorAll(selector)) {
      box.value = text;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await rendered();
    }
  };
  const press = (name) => [...document.querySelectorAll('button')].find((each) => each.textContent === name).click();
`;

async function inFirefox(use: (firefox: Firefox, exchange: Exchange) => Promise<void>): Promise<void> {
  const exchange = await Exchange.start();
  const firefox = await Firefox.launch(exchange);
  try {
    await use(firefox, exchange);
    for (const entry of exchange.journal) {
      expect(entry).toMatchObject({
        method: 'GET',
        verdict: 'ok',
        origin: false,
        cookie: false,
        concurrent: false,
      });
    }
  } finally {
    await firefox.dispose();
    await exchange.stop();
  }
}

async function connect(firefox: Firefox, keyId: string, pem: string, passphrase?: string): Promise<void> {
  const sees = (text: string) => () =>
    firefox.run<boolean>(`return document.body.innerText.includes(${JSON.stringify(text)})`);
  await expect.poll(sees('Check key'), SOON).toBe(true);
  await firefox.run(`${HELPERS}
    await type('#key-id', ${JSON.stringify(keyId)});
    await type('#private-key', ${JSON.stringify(pem)});
    press('Check key');`);
  await expect.poll(sees('Kalshi accepted this key'), SOON).toBe(true);
  if (passphrase) {
    await firefox.run(`document.querySelector('#protection-passphrase').click()`);
    await expect.poll(sees('Repeat passphrase'), SOON).toBe(true);
    await firefox.run(`${HELPERS} await type('input[type=password]', ${JSON.stringify(passphrase)});`);
  }
  await firefox.run(`${HELPERS} press('Save key');`);
  await badgeBecomes(firefox, '98');
}

async function badgeBecomes(firefox: Firefox, text: string): Promise<void> {
  await expect.poll(() => firefox.run('return browser.action.getBadgeText({})'), SOON).toBe(text);
}

describe.skipIf(!findFirefox())('in real Firefox', () => {
  test.each<KeyForm>(['RSA PKCS#1', 'Ed25519'])(
    '%s under a passphrase: no byte of it in the profile',
    async (form) => {
      await inFirefox(async (firefox, exchange) => {
        const key = makeKey(form);
        const keyId = exchange.addMember().addKey(key.publicKey);
        await connect(firefox, keyId, key.pem, PASSPHRASE);
        const secret = await firefox.run<string>(`
        const session = await browser.storage.session.get(null);
        return Object.entries(session).find(([name]) => name.startsWith('secret/'))[1];`);
        const what = needles(key, [secret]);
        expect(scan(firefox.profile, what)).toEqual([]);
        await firefox.run(`${HELPERS} press('Lock');`);
        await badgeBecomes(firefox, '•••');
        expect(scan(firefox.profile, what)).toEqual([]);
        await firefox.run(`${HELPERS} window.confirm = () => true; press('Forget key');`);
        await badgeBecomes(firefox, '');
        expect(scan(firefox.profile, what)).toEqual([]);
        await firefox.close();
        expect(scan(firefox.profile, what)).toEqual([]);
      });
    },
  );

  test('RSA in PKCS#8 without a passphrase: the badge follows; the scan would find the key', async () => {
    await inFirefox(async (firefox, exchange) => {
      const key = makeKey('RSA PKCS#8');
      const member = exchange.addMember();
      await connect(firefox, member.addKey(key.publicKey), key.pem);
      member.setCash('1234.5678');
      await firefox.run(`
        for (const [name, item] of Object.entries(await browser.storage.local.get(null))) {
          if (name.startsWith('pace/')) await browser.storage.local.set({ [name]: { ...item, data: { ...item.data, attemptedAt: 0 } } });
        }
        await browser.alarms.create('poll', { when: Date.now() });`);
      await badgeBecomes(firefox, '1.2k');
      await firefox.close();
      expect(scan(firefox.profile, needles(key)).length).toBeGreaterThan(0);
    });
  });
});
