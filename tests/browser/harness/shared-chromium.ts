// One Chromium for many tests, emptied before each: starting one takes longer than most tests, and nothing that a test can leave
// behind outlives the emptying. `end-browsers.ts` ends it.
import { expect } from 'vitest';
import { Exchange } from '../../exchange/exchange.ts';
import { type Chromium, ORIGIN } from '../drivers/chromium.ts';
import { Scene, SOON } from './chromium-scene.ts';

let shared: { chromium: Chromium; exchange: Exchange; permissions: string } | undefined;

interface Shared {
  scene: Scene;
  /** Ends what the scene listens to. */
  done: () => Promise<void>;
}

/** The shared browser, as after the installation, with its options page open. */
export async function sharedScene(): Promise<Shared> {
  const scene = new Scene(shared?.exchange ?? (await Exchange.start()));
  if (!shared) {
    const done = await scene.start();
    const { chromium, exchange } = scene;
    shared = { chromium, exchange, permissions: await permissions(scene) };
    return { scene, done };
  }
  scene.chromium = shared.chromium;
  await empty(scene);
  expect(await permissions(scene), 'a test left other permissions behind').toBe(shared.permissions);
  return { scene, done: await scene.listen() };
}

/** Ends the shared browser: after a failed test, nobody knows its state. */
export async function giveUpSharedChromium(): Promise<void> {
  const { chromium, exchange } = shared ?? {};
  shared = undefined;
  await chromium?.dispose();
  await exchange?.stop();
}

const permissions = ({ page }: Scene) =>
  page.evaluate(async () => JSON.stringify(await chrome.permissions.getAll()));

/** No other page, nothing stored, no background running, the toolbar as the manifest says, the exchange without a member. */
async function empty(scene: Scene): Promise<void> {
  const { chromium, exchange } = scene;
  const { context } = chromium;
  const before = context.pages();
  // A page of the extension that runs no script.
  const page = await chromium.openFile('changelog.txt');
  await page.evaluate(() => {
    for (const popup of chrome.extension.getViews({ type: 'popup' })) popup.close();
  });
  for (const each of before) await each.close();
  // Again if something has started the background meanwhile: it would write what it had read.
  do {
    await chromium.stopWorker(page);
    await page.evaluate(deleteEverything);
  } while (await chromium.isWorkerRunning(page));
  await context.clearPermissions();
  exchange.reset();
  await page.goto(`${ORIGIN}/src/pages/options/index.html`);
  // Any event starts the background, as the installation did. It sets the icon then, and notes that.
  await page.evaluate(() => chrome.alarms.create('start', { when: Date.now() }));
  const icon = () => page.evaluate(async () => (await chrome.storage.session.get('icon')).icon);
  await expect.poll(icon, SOON).toBeTruthy();
  scene.page = page;
}

/** Deletes everything stored, and resets the toolbar. Runs in a page of the extension. */
async function deleteEverything(): Promise<void> {
  await chrome.alarms.clearAll();
  for (const { name = '' } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const deleted = indexedDB.deleteDatabase(name);
      deleted.onsuccess = () => resolve();
      deleted.onerror = () => reject(deleted.error);
    });
  }
  await chrome.storage.local.clear();
  await chrome.storage.session.clear();
  localStorage.clear();
  const { default_title = '', default_icon } = chrome.runtime.getManifest().action ?? {};
  await chrome.action.setBadgeText({ text: '' });
  await chrome.action.setTitle({ title: default_title });
  await chrome.action.setIcon({ path: default_icon as Record<string, string> });
}
