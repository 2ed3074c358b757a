// Forbidden actions against the shipped build: in its own pages and background, and from a web page.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { makeKey } from '../exchange/keys.ts';
import { EXTENSION_ID, ORIGIN } from './drivers/chromium.ts';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';
import { tryForbidden } from './harness/csp-probes.ts';

testInOwnBrowser(
  'the content security policy blocks every probe, in pages and background',
  async ({ scene }) => {
    expect(await scene.page.evaluate(tryForbidden)).toEqual([]);
    const worker = scene.chromium.context.serviceWorkers().at(-1);
    expect(await worker?.evaluate(tryForbidden)).toEqual([]);
    expect(scene.exchange.strangers).not.toContain('example.com');
    expect(scene.exchange.journal).toEqual([]);
  },
);

test('a web page can neither fetch, frame, nor message the extension', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html>'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await scene.chromium.context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const found = await page.evaluate(
    async ({ id, origin }) => {
      const passed: string[] = [];
      for (const path of ['manifest.json', 'src/pages/popup/index.html', 'icons/brand-16.png']) {
        await fetch(`${origin}/${path}`).then(
          () => passed.push(`fetch ${path}`),
          () => undefined,
        );
      }
      const runtime = (globalThis as unknown as { chrome?: { runtime?: typeof chrome.runtime } }).chrome
        ?.runtime;
      if (runtime?.sendMessage) {
        await runtime.sendMessage(id, { command: 'settings/change', params: {} }).then(
          () => passed.push('message'),
          () => undefined,
        );
      }
      const frame = document.createElement('iframe');
      frame.src = `${origin}/src/pages/options/index.html`;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      return passed;
    },
    { id: EXTENSION_ID, origin: ORIGIN },
  );
  expect(found).toEqual([]);
  // Without the policy, the same attempts succeed: the test above can fail.
  expect(await page.evaluate(tryForbidden)).toEqual(
    expect.arrayContaining(['eval', 'Function', 'wasm', 'innerHTML', 'inline script']),
  );
  const framed = page.frames().filter((frame) => frame !== page.mainFrame());
  expect(framed.map((frame) => frame.url()).filter((url) => url.startsWith(ORIGIN))).toEqual([]);
  server.close();
});

test("stored keys cannot be exported, even by the extension's own pages", async ({ scene }) => {
  const { member, key: first, keyId: firstId } = scene.newMember('RSA PKCS#8');
  const second = makeKey('Ed25519');
  const keys = [
    { key: first, keyId: firstId },
    { key: second, keyId: member.addKey(second.publicKey) },
  ];
  for (const { key, keyId } of keys) {
    if (key === second) await scene.press('Replace key');
    await scene.connect(keyId, key.pem);
    const found = await scene.page.evaluate(async () => {
      const open = indexedDB.open('vault');
      const db = await new Promise<IDBDatabase>((resolve) => {
        open.onsuccess = () => resolve(open.result);
      });
      const all = db.transaction('keys').objectStore('keys').getAll();
      const records = await new Promise<CryptoKey[]>((resolve) => {
        all.onsuccess = () => resolve(all.result);
      });
      db.close();
      return Promise.all(
        records.map(async (key) => ({
          extractable: key.extractable,
          usages: key.usages,
          exports: await Promise.all(
            (['pkcs8', 'jwk', 'raw'] as const).map((format) =>
              crypto.subtle.exportKey(format as 'pkcs8', key).then(
                () => true,
                () => false,
              ),
            ),
          ),
        })),
      );
    });
    expect(found).toEqual([{ extractable: false, usages: ['sign'], exports: [false, false, false] }]);
  }
});
