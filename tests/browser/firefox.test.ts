// The shipped build in real Firefox, including the differences to Chromium: a background page that is
// suspended, access that can be revoked, a badge that is drawn differently.
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findFirefox } from '../../scripts/setup.js';
import { SOON } from './harness/chromium-scene.ts';
import { tryForbidden } from './harness/csp-probes.ts';
import { inFirefox, inSharedFirefox } from './harness/firefox-harness.ts';
import { HOLDER, needles, PASSPHRASE, recordNeedles, scan } from './harness/profile-scan.ts';

describe.skipIf(!findFirefox())('in real Firefox', () => {
  test('no byte of a key under a passphrase is in the profile; the scan finds an unprotected key', {
    tags: ['slow'],
  }, async () => {
    await inFirefox(async (scene) => {
      const { firefox } = scene;
      const all: Map<string, Buffer>[] = [];
      const expectNothing = () => {
        for (const what of all) expect(scan(firefox.profile, what)).toEqual([]);
      };
      for (const form of ['RSA PKCS#1', 'Ed25519'] as const) {
        const { key, keyId } = scene.newMember(form);
        await scene.connect(keyId, key.pem, PASSPHRASE);
        await scene.badgeBecomes('98');
        const secrets = await firefox.run<string>(`
          const { unlocked } = await browser.storage.session.get('unlocked');
          return Object.values(unlocked)[0].key + ' ' + Object.values(unlocked)[0].records;`);
        all.push(new Map([...needles(key, secrets.split(' ')), ['amount', Buffer.from('98018600')]]));
        expectNothing();
        await scene.act(`press('Lock');`);
        await scene.badgeBecomes('•••');
        expectNothing();
        await scene.act(`window.confirm = () => true; press('Forget key');`);
        await scene.badgeBecomes('');
        expectNothing();
      }
      const { member, key, keyId } = scene.newMember('RSA PKCS#8', { cash: '42' });
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('42');
      member.setCash('1234.5678');
      await scene.passPeriod();
      await scene.tooltipBecomes('Cash $1,234.5678');
      await firefox.close();
      expectNothing();
      expect(scan(firefox.profile, needles(key)).length).toBeGreaterThan(0);
    });
  });

  test('no amount, ticker, title or key ID of a protected account is in the profile: running, locked, closed, killed', {
    tags: ['slow'],
  }, async () => {
    await inFirefox(async (scene) => {
      const { key, keyId } = scene.newMember('Ed25519', HOLDER);
      const what = recordNeedles(keyId);
      const found = () => scan(scene.firefox.profile, what);
      await scene.connect(keyId, key.pem, PASSPHRASE);
      await scene.badgeBecomes('98');
      await scene.waitForText('Walrus', await scene.firefox.open('popup'));
      expect(found()).toEqual([]);
      await scene.act(`press('Lock');`);
      await scene.badgeBecomes('•••');
      expect(found()).toEqual([]);
      await scene.firefox.close();
      expect(found()).toEqual([]);
      await scene.start();
      const popup = await scene.firefox.open('popup');
      await scene.waitForText('Unlock', popup);
      const passphrase = JSON.stringify(PASSPHRASE);
      await scene.act(`await type('input[type=password]', ${passphrase}); press('Unlock');`, popup);
      await scene.waitForText('Walrus', popup);
      await scene.firefox.kill();
      expect(found()).toEqual([]);
    });
  });

  test('after suspension, the alarm wakes the background and it signs again', {
    tags: ['slow'],
  }, async () => {
    await inFirefox(
      async (scene) => {
        const { member, key, keyId } = scene.newMember('Ed25519');
        await scene.connect(keyId, key.pem);
        await scene.badgeBecomes('98');
        await expect.poll(() => scene.firefox.backgroundState(), SOON).toBe('stopped');
        expect(await scene.firefox.drawnBadge()).toBe('98');
        member.setCash('555');
        // Firefox suspends the background after a second here, of half a minute, which may end a poll: the next one shows it.
        const badgeAfterPoll = async () => {
          await scene.passPeriod();
          await expect.poll(() => scene.firefox.backgroundState(), SOON).toBe('stopped');
          return scene.firefox.drawnBadge();
        };
        await expect.poll(badgeAfterPoll, { timeout: 3 * SOON.timeout }).toBe('555');
      },
      { prefs: { 'extensions.background.idle.timeout': 1000 } },
    );
  });

  // Half a real minute for the alarm, which the condition below bounds; besides that, the browser starts and connects.
  test('the badge updates after the shortest period', { tags: ['slow'] }, async () => {
    await inSharedFirefox(async (scene) => {
      const { member, key, keyId } = scene.newMember('Ed25519');
      await scene.connect(keyId, key.pem);
      const shortest = { command: 'settings/change', params: { periodSeconds: 30 } };
      await scene.firefox.run(`await browser.runtime.sendMessage(${JSON.stringify(shortest)})`);
      const period = () => scene.firefox.run(`return (await browser.alarms.get('poll'))?.periodInMinutes`);
      await expect.poll(period, SOON).toBe(0.5);
      member.setCash('42');
      await expect.poll(() => scene.firefox.drawnBadge(), { ...SOON, timeout: 80_000 }).toBe('42');
    });
  });

  test('after closing or killing the browser: shows the stored balance at once, then a new one', {
    tags: ['slow'],
  }, async () => {
    await inFirefox(async (scene) => {
      const { member, key, keyId } = scene.newMember('RSA PKCS#8');
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('98');
      const accounts = await scene.accounts();
      await scene.firefox.close();
      member.setCash('555');
      scene.exchange.setFault({ kind: 'drop' }); // without a response, the badge shows what is stored
      await scene.start();
      await scene.badgeBecomes('98');
      // What was stored before: a killed browser loses the writes of its last moments.
      await scene.firefox.kill();
      await scene.start();
      await scene.badgeBecomes('98');
      scene.exchange.setFault();
      await scene.passPeriod();
      await scene.badgeBecomes('555');
      member.setCash('77');
      await scene.passPeriod();
      await scene.badgeBecomes('77');
      expect(await scene.accounts()).toBe(accounts);
    });
  });

  test('locked at browser start; rejects a wrong passphrase; unlocks from the popup', {
    tags: ['slow'],
  }, async () => {
    await inFirefox(async (scene) => {
      const { key, keyId } = scene.newMember('Ed25519');
      await scene.connect(keyId, key.pem, PASSPHRASE);
      await scene.badgeBecomes('98');
      await scene.firefox.close();
      await scene.start();
      await scene.badgeBecomes('•••');
      const before = scene.balances;
      const popup = await scene.firefox.open('popup');
      await scene.waitForText('Unlock', popup);
      expect(await scene.firefox.run('return document.body.innerText', popup)).not.toMatch(/\d/);
      await scene.act(`await type('input[type=password]', 'not this one'); press('Unlock');`, popup);
      await scene.waitForText('Wrong passphrase', popup);
      expect(scene.balances).toBe(before);
      await scene.act(
        `await type('input[type=password]', ${JSON.stringify(PASSPHRASE)}); press('Unlock');`,
        popup,
      );
      await scene.waitForText('As of', popup);
      await scene.badgeBecomes('98');
    });
  });

  test('shows the host-permission error when access is revoked, and recovers when it is granted', async () => {
    await inSharedFirefox(async (scene) => {
      const { key, keyId } = scene.newMember('Ed25519');
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('98');
      await scene.firefox.setHostAccess(false);
      await scene.tooltipBecomes('No permission to reach Kalshi');
      expect(await scene.firefox.drawnBadge()).toBe('98');
      const before = scene.balances;
      const popup = await scene.firefox.open('popup');
      await scene.waitForText('Grant access', popup);
      expect(scene.balances).toBe(before);
      await scene.firefox.setHostAccess(true);
      await scene.waitForText('As of', popup);
      await expect.poll(() => scene.balances, SOON).toBeGreaterThan(before);
    });
  });

  test('popup opened by a click: size, figures, holdings, hidden amounts', async () => {
    await inSharedFirefox(async (scene) => {
      const { member, key, keyId } = scene.newMember('Ed25519', {
        cash: '765.4025',
        positions: [{ ticker: 'A', contracts: 100, price: 50 }],
      });
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('765');
      await scene.firefox.clickButton();
      await expect.poll(async () => (await scene.firefox.popupSize()).width, SOON).toBe(360);
      const height = async () => (await scene.firefox.popupSize()).height;
      await expect.poll(height, SOON).toBeGreaterThan(300);
      expect(await height()).toBeLessThanOrEqual(600);
      const stored = `(await browser.storage.session.get('popup-preview'))['popup-preview']`;
      expect(await scene.firefox.run(`return ${stored}.amount.join('')`)).toBe('$815.40');
      mkdirSync('pictures/toolbar', { recursive: true });
      writeFileSync('pictures/toolbar/firefox-popup.png', await scene.firefox.picture('popup'));

      const popup = await scene.firefox.open('popup');
      for (const text of ['$815.40', '$765.40', '$50.00', 'Market A']) await scene.waitForText(text, popup);
      member.setCash('1000');
      await scene.passPeriod();
      await scene.waitForText('$1,050.00', popup);
      await scene.act(`press('Hide amounts')`, popup);
      await scene.badgeBecomes('•••');
      await scene.waitForText('•••', popup);
      const hidden = await scene.firefox.run<string>('return document.body.innerHTML', popup);
      for (const amount of ['1,050', '1,000', '1050']) expect(hidden).not.toContain(amount);
    });
  });

  test('toolbar: each state has its own icon and a visible badge', { tags: ['slow'] }, async () => {
    await inSharedFirefox(async (scene) => {
      const { member, key, keyId } = scene.newMember('Ed25519', { cash: '88888888' });
      await scene.connect(keyId, key.pem);
      mkdirSync('pictures/toolbar', { recursive: true });
      const pictures: string[] = [];
      const keep = async (name: string) => {
        // The toolbar is painted a while after the extension has set its icon.
        let picture = await scene.firefox.picture('toolbar');
        const differs = async () => {
          picture = await scene.firefox.picture('toolbar');
          return !pictures.includes(picture.toString('base64'));
        };
        await expect.poll(differs, SOON).toBe(true);
        writeFileSync(`pictures/toolbar/firefox-${name}.png`, picture);
        pictures.push(picture.toString('base64'));
      };
      await scene.badgeBecomes('88M');
      await keep('wide');
      // A text that does not fit is shortened: a figure loses its tenth rather than its end.
      for (const [cash, text] of [
        ['765', /^765$/],
        ['8888.88', /^8(\.8)?k$/],
        ['88888', /^88k$/],
        ['888888', /^\.8M$/],
        ['-88', /^-88$/],
        ['-888', /^(-\.9k|<0)$/],
      ] as const) {
        member.setCash(cash);
        await scene.passPeriod();
        await expect.poll(() => scene.firefox.drawnBadge(), SOON).toMatch(text);
        expect(await scene.firefox.badgeCut()).toBeLessThan(1.3);
      }
      member.setCash('8.88');
      await scene.passPeriod();
      await scene.badgeBecomes('8');
      await keep('live');
      scene.exchange.setFault({
        kind: 'answer',
        status: 401,
        body: { error: { details: 'NOT_FOUND' } },
      });
      await scene.passPeriod();
      await scene.tooltipBecomes("doesn't recognize this key");
      await keep('attention');
      scene.exchange.setFault();
    });
  });

  test('demo account: access is requested when needed', async () => {
    await inSharedFirefox(async (scene) => {
      expect(
        await scene.firefox.run(
          `return browser.permissions.contains({ origins: ['https://external-api.demo.kalshi.co/*'] })`,
        ),
      ).toBe(false);
      await scene.firefox.setHostAccess(true, 'demo');
      const { key, keyId } = scene.newMember('Ed25519', { environment: 'demo' });
      await scene.act(`document.querySelector('input[value=demo]').click()`);
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('98');
      expect(scene.exchange.journal.every(({ host }) => host === 'external-api.demo.kalshi.co')).toBe(true);
    });
  });

  test('the content security policy blocks every probe', async () => {
    await inSharedFirefox(async (scene) => {
      const found = await scene.firefox.run(`return JSON.stringify(await (${tryForbidden})())`);
      expect(JSON.parse(found as unknown as string)).toEqual([]);
      expect(scene.exchange.strangers).not.toContain('example.com');
    });
  });
});
