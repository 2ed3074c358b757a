// The recommended host cannot be reached, or blocks, and works again: the badge is right throughout.
import { describe, expect, test } from 'vitest';
import { findFirefox } from '../../scripts/setup.js';
import type { Fault } from '../exchange/faults.ts';
import { test as testInChromium } from './harness/chromium-harness.ts';
import type { Scene } from './harness/chromium-scene.ts';
import { inSharedFirefox } from './harness/firefox-harness.ts';
import type { FirefoxScene } from './harness/firefox-scene.ts';

const [RECOMMENDED, ALTERNATIVE] = ['external-api.kalshi.com', 'api.elections.kalshi.com'] as const;
const FAULTS: Record<string, Fault> = {
  'cannot be reached': { kind: 'drop' },
  blocks: { kind: 'edge', status: 403 },
};
/** A day later, in a page of the extension. */
const END_CHOICE = `await chrome.storage.local.set({ hosts: { v: 1, data: { production: 1 } } })`;

async function expectFailover(
  scene: Scene | FirefoxScene,
  fault: Fault | undefined,
  endChoice: () => Promise<unknown>,
): Promise<void> {
  const { exchange } = scene;
  const { member, key, keyId } = scene.newMember('Ed25519');
  /** The hosts of the requests of a poll that finds this balance. A browser repeats a request whose connection is closed. */
  const hostsOfPoll = async (cash: string) => {
    const before = exchange.journal.length;
    member.setCash(cash);
    await scene.passPeriod();
    await scene.badgeBecomes(cash);
    await scene.tooltipBecomes(`Cash $${cash}.00`);
    return [...new Set(exchange.journal.slice(before).map(({ host }) => host))];
  };
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('98');
  expect(await hostsOfPoll('97')).toEqual([RECOMMENDED]);

  exchange.setHostFault(RECOMMENDED, fault);
  expect(await hostsOfPoll('96')).toEqual([RECOMMENDED, ALTERNATIVE]);
  expect(await hostsOfPoll('95')).toEqual([ALTERNATIVE]);

  exchange.setHostFault(RECOMMENDED);
  expect(await hostsOfPoll('94')).toEqual([ALTERNATIVE]);
  await endChoice();
  expect(await hostsOfPoll('93')).toEqual([RECOMMENDED]);
  expect(exchange.journal.some(({ concurrent }) => concurrent)).toBe(false);
}

describe.each(Object.entries(FAULTS))('the recommended host %s', (_, fault) => {
  testInChromium('in Chromium', async ({ scene }) => {
    await expectFailover(scene, fault, async () => {
      await scene.page.evaluate(`(async () => { ${END_CHOICE} })()`);
      await scene.chromium.stopWorker(scene.page);
    });
  });

  test.skipIf(!findFirefox())('in Firefox', async () => {
    await inSharedFirefox(async (scene) => {
      await expectFailover(scene, fault, async () => {
        // Again if something has started the background meanwhile: it has in its memory what it read before.
        do {
          await scene.firefox.inWindow('await extension.terminateBackground();');
          await scene.firefox.run(END_CHOICE.replace('chrome', 'browser'));
        } while ((await scene.firefox.backgroundState()) !== 'stopped');
      });
    });
  });
});
