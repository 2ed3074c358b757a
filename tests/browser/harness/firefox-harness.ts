// The setup of every test in Firefox. What neither ends the browser nor looks at its profile shares one, emptied before each use.
import { expect } from 'vitest';
import { Exchange } from '../../exchange/exchange.ts';
import type { Firefox, LaunchOptions } from '../drivers/firefox.ts';
import { reportFailureOf, reportFirefox } from './failure-report.ts';
import { FirefoxScene } from './firefox-scene.ts';

/** Uses a scene. Expects that each of its requests was valid; reports what a failed test has left. */
async function using(scene: FirefoxScene, use: (scene: FirefoxScene) => Promise<void>): Promise<void> {
  const work = async () => {
    await use(scene);
    for (const entry of scene.exchange.journal) {
      expect(entry).toMatchObject({ method: 'GET', origin: false, cookie: false, concurrent: false });
      expect(entry.verdict).toBe('ok');
    }
  };
  await reportFailureOf(work, (test) => reportFirefox(test, scene));
}

/** A test in a Firefox of its own. */
export async function inFirefox(
  use: (scene: FirefoxScene) => Promise<void>,
  options: Partial<LaunchOptions> = {},
): Promise<void> {
  const scene = new FirefoxScene(await Exchange.start());
  try {
    await using(scene, async () => {
      await scene.start(options);
      await use(scene);
    });
  } finally {
    await (scene.firefox as Firefox | undefined)?.dispose();
    await scene.exchange.stop();
  }
}

let shared: FirefoxScene | undefined;

/** A test in the Firefox that tests share. It must not end it. After a failed test, a new one is started. */
export async function inSharedFirefox(use: (scene: FirefoxScene) => Promise<void>): Promise<void> {
  const scene = shared ?? new FirefoxScene(await Exchange.start());
  const isNew = shared === undefined;
  shared = undefined;
  try {
    await using(scene, async () => {
      if (isNew) await scene.start();
      else await empty(scene);
      await use(scene);
    });
    shared = scene;
  } finally {
    if (!shared) {
      await (scene.firefox as Firefox | undefined)?.dispose();
      await scene.exchange.stop();
    }
  }
}

/** Deletes everything stored, and resets the toolbar. */
const EMPTY = `
  await browser.alarms.clearAll();
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve, reject) => {
      const deleted = indexedDB.deleteDatabase(name);
      deleted.onsuccess = resolve;
      deleted.onerror = () => reject(deleted.error);
    });
  }
  await browser.storage.local.clear();
  await browser.storage.session.clear();
  localStorage.clear();
  const { action } = browser.runtime.getManifest();
  await browser.action.setBadgeText({ text: '' });
  await browser.action.setTitle({ title: action.default_title });
  await browser.action.setIcon({ path: action.default_icon });`;

/** No other page, nothing stored, no background running, the toolbar as the manifest says, the exchange without a member. */
async function empty({ firefox, exchange }: FirefoxScene): Promise<void> {
  await firefox.closePagesExcept('changelog.txt');
  await firefox.closePopup();
  // Again if something has started the background meanwhile: it would write what it had read.
  do {
    await firefox.inWindow('await extension.terminateBackground();');
    await firefox.run(EMPTY);
  } while ((await firefox.backgroundState()) !== 'stopped');
  await firefox.setHostAccess(false, 'demo');
  exchange.reset();
  await firefox.closePagesExcept('src/pages/options/index.html');
}
