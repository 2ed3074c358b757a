/** @module-tag slow */
// Updates from the newest release to this build, in place: key and settings stay, and polling continues. And a fixed id:
// unpacked into another folder, it is the same extension with the same data.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { archive, filesIn } from '../../scripts/release/archive.ts';
import { findFirefox } from '../../scripts/setup.js';
import { EXTENSION_ID } from './drivers/chromium.ts';
import { inChromium } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { inFirefox } from './harness/firefox-harness.ts';
import { copyOfRelease, newestRelease } from './harness/released-build.ts';

const release = newestRelease() ?? '';

/** What has to be the same after an update. */
const kept = async (scene: Scene) => {
  const { local, keys } = await scene.stored();
  const { accounts, settings } = local as Record<'accounts' | 'settings', { data: Record<string, unknown> }>;
  const [account] = accounts.data as unknown as { id: string; keyId: string; keyRef: string }[];
  const { badgeFigure, periodSeconds } = settings?.data ?? {};
  return {
    id: account?.id,
    keyId: account?.keyId,
    keyRef: account?.keyRef,
    badgeFigure,
    periodSeconds,
    keys,
  };
};

/** Replaces the old files by this build's and reloads the extension, as an update does. */
async function update(scene: Scene): Promise<void> {
  rmSync(scene.extension, { recursive: true });
  cpSync('dist/chrome', scene.extension, { recursive: true });
  await scene.chromium.allowReload();
  const old = scene.page;
  await old.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  const isGone = () => old.evaluate(() => chrome.runtime?.id === undefined).catch(() => true);
  await expect.poll(isGone, SOON).toBe(true);
  // While an extension reloads, its pages cannot be opened.
  await expect
    .poll(async () => {
      scene.page = await scene.chromium.context.newPage();
      const there = await scene.page
        .goto(`chrome-extension://${EXTENSION_ID}/src/pages/options/index.html`)
        .then(
          () => scene.page.evaluate(() => chrome.runtime.getManifest().version).catch(() => undefined),
          () => undefined,
        );
      if (!there) await scene.page.close();
      return there !== undefined;
    }, SOON)
    .toBe(true);
}

describe.skipIf(!release)(`update in place from ${release}`, () => {
  test('in Chromium', async () => {
    const extension = copyOfRelease(release, 'chrome');
    const use = async (scene: Scene) => {
      const { member, key, keyId } = scene.newMember('RSA PKCS#1', {
        cash: '98.0186',
        positions: [{ ticker: 'RAIN', contracts: 600, price: 33 }],
      });
      await scene.connect(keyId, key.pem);
      await scene.section('Badge');
      await scene.page.getByRole('radio', { name: 'Positions' }).check();
      await scene.badgeBecomes('198');
      const before = await kept(scene);
      expect(before.keys).toHaveLength(1);

      await update(scene);
      await scene.badgeBecomes('198');
      expect(await kept(scene)).toEqual(before);
      member.movePrice('RAIN', 10);
      await scene.passPeriod();
      await scene.badgeBecomes('258');
      expect(await scene.page.getByRole('radio', { name: 'Positions' }).isChecked()).toBe(true);
      expect(scene.exchange.journal.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    };
    await inChromium(use, { extension }).finally(() => rmSync(extension, { recursive: true }));
  });

  test.skipIf(!findFirefox())('in Firefox', async () => {
    const extension = copyOfRelease(release, 'firefox');
    try {
      await inFirefox(
        async (scene) => {
          const { member, key, keyId } = scene.newMember('Ed25519');
          await scene.connect(keyId, key.pem);
          await expect
            .poll(() => scene.firefox.run('return browser.action.getBadgeText({})'), SOON)
            .toBe('98');
          const accounts = await scene.accounts();
          await scene.firefox.close();
          await scene.start();
          await scene.firefox.install('dist/firefox');
          await scene.firefox.reopen();
          // The toolbar is not checked: an update leaves the button where it is.
          await scene.tooltipBecomes('Cash $98.0186');
          expect(await scene.accounts()).toBe(accounts);
          member.setCash('1000');
          await scene.passPeriod();
          await scene.tooltipBecomes('Cash $1,000.00');
        },
        { extension },
      );
    } finally {
      rmSync(extension, { recursive: true });
    }
  });
});

/** The zip of a release, as a person unpacks it. */
function unpackRelease(folder: string): void {
  for (const [path, content] of Object.entries(unzipSync(archive(filesIn('dist/chrome'))))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

test('the zip unpacked into another folder is the same extension with the same data', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  const [here, there] = [join(parent, 'here'), join(parent, 'over', 'there')];
  unpackRelease(here);
  unpackRelease(there);
  const moved = async (scene: Scene) => {
    const { member, key, keyId } = scene.newMember('Ed25519');
    await scene.connect(keyId, key.pem);
    await scene.badgeBecomes('98');
    const before = await kept(scene);
    await scene.chromium.close();
    rmSync(here, { recursive: true });
    scene.extension = there;
    await scene.start();
    expect(await kept(scene)).toEqual(before);
    member.setCash('1000');
    await scene.passPeriod();
    await scene.badgeBecomes('1.0k');
  };
  await inChromium(moved, { extension: here }).finally(() => rmSync(parent, { recursive: true }));
});
