// The setup of every test in Chromium. Most share one browser, which is emptied before each (shared-chromium.ts); what ends a
// browser, changes it for good or looks at its profile starts its own.
import { test as base } from 'vitest';
import { Exchange } from '../../exchange/exchange.ts';
import type { Chromium } from '../drivers/chromium.ts';
import { Scene } from './chromium-scene.ts';
import { reportChromium, reportFailureOf } from './failure-report.ts';
import { giveUpSharedChromium, sharedScene } from './shared-chromium.ts';

/** Starts a browser of its own, uses it and disposes of it. */
export async function inChromium(
  use: (scene: Scene) => Promise<void>,
  { extension, ...options }: Parameters<Scene['start']>[0] & { extension?: string } = {},
): Promise<void> {
  const scene = new Scene(await Exchange.start(), extension);
  try {
    await reportFailureOf(
      async () => {
        await scene.start(options);
        await use(scene);
      },
      (test) => reportChromium(test, scene),
    );
  } finally {
    await (scene.chromium as Chromium | undefined)?.dispose();
    await scene.exchange.stop();
  }
}

/** A test in the shared browser. It must not end it. */
export const test = base.extend<{ scene: Scene }>({
  scene: async ({ task }, use) => {
    const { scene, done } = await sharedScene();
    await use(scene);
    if (task.result?.state !== 'fail') return done();
    await reportChromium(task.fullTestName, scene);
    await giveUpSharedChromium();
  },
});

/** A test in a browser of its own. */
export const testInOwnBrowser = base.extend<{ scene: Scene }>({
  scene: async ({ task }, use) =>
    inChromium(async (scene) => {
      await use(scene);
      if (task.result?.state === 'fail') await reportChromium(task.fullTestName, scene);
    }),
});
