// Firefox's own update: it reads the file of updates at the address in the manifest, downloads the next version, checks its hash
// and installs it. Key, settings and history stay, and the popup says once that there is a new version.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { archive, filesIn } from '../../scripts/release/archive.ts';
import { UPDATES, updateManifest, updatesUrl } from '../../scripts/release/release-files.js';
import { findFirefox } from '../../scripts/setup.js';
import { ADDON } from './drivers/firefox.ts';
import { SOON } from './harness/chromium-scene.ts';
import { inFirefox } from './harness/firefox-harness.ts';
import type { FirefoxScene } from './harness/firefox-scene.ts';

const FILE = 'extension-firefox.zip';

/** The shipped build as the zip of a version whose updates are at this address. */
function packed(version: string, repository: string): Uint8Array {
  const files = filesIn('dist/firefox');
  const own = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString());
  own.version = version;
  own.browser_specific_settings.gecko.update_url = updatesUrl(repository);
  return archive({ ...files, 'manifest.json': Buffer.from(JSON.stringify(own)) });
}

/** Serves releases as the project's page does. */
async function serve(): Promise<{ repository: string; files: Map<string, Uint8Array>; stop: () => void }> {
  const files = new Map<string, Uint8Array>();
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url.split('?')[0] ?? '');
    response.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { repository: `http://127.0.0.1:${port}/project`, files, stop: () => server.close() };
}

/** What Firefox does once a day: look for an update and install it. @returns what came of it */
const lookForUpdate = (scene: FirefoxScene) =>
  scene.firefox.inWindow<string>(`
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    const addon = await AddonManager.getAddonByID(${JSON.stringify(ADDON)});
    return new Promise((resolve) => addon.findUpdates({
      onUpdateAvailable(_, install) {
        install.addListener({
          onInstallEnded: (_, { version }) => resolve('installed ' + version),
          onDownloadFailed: () => resolve('download refused'),
          onInstallFailed: () => resolve('install refused'),
        });
        void install.install();
      },
      onNoUpdateAvailable: () => resolve('no update'),
    }, AddonManager.UPDATE_WHEN_PERIODIC_UPDATE));`);

describe.skipIf(!findFirefox())('an update by Firefox itself', () => {
  test('from one version to the next; not to a file with another hash', { tags: ['slow'] }, async () => {
    const { repository, files, stop } = await serve();
    const folder = mkdtempSync(join(tmpdir(), 'update-'));
    const extension = join(folder, 'old.zip');
    writeFileSync(extension, packed('0.0.1', repository));
    const publish = (version: string, bytes: Uint8Array, shipped = bytes) => {
      const { strict_min_version: minVersion } = manifest.browser_specific_settings.gecko;
      const text = updateManifest({ id: ADDON, version, minVersion, repository, file: FILE, bytes });
      files.set(new URL(updatesUrl(repository)).pathname, Buffer.from(text));
      files.set(`/project/releases/download/v${version}/${FILE}`, shipped);
    };
    try {
      await inFirefox(
        async (scene) => {
          const { member, key, keyId } = scene.newMember('Ed25519');
          await scene.connect(keyId, key.pem);
          await scene.badgeBecomes('98');
          const accounts = await scene.accounts();
          await scene.firefox.openEmptyTab();
          expect(await lookForUpdate(scene)).toBe('no update');

          const next = packed('0.0.2', repository);
          publish('0.0.2', next, packed('0.0.3', repository));
          expect(await lookForUpdate(scene)).toBe('download refused');
          publish('0.0.2', next);
          expect(await lookForUpdate(scene)).toBe('installed 0.0.2');
          // Firefox closes the pages of the old version, at a moment of its own.
          const version = async () => {
            await scene.firefox.reopen();
            return scene.firefox.run<string>('return browser.runtime.getManifest().version');
          };
          await expect.poll(() => version().catch(() => ''), SOON).toBe('0.0.2');
          expect(await scene.accounts()).toBe(accounts);
          await scene.tooltipBecomes('Cash $98.0186');
          member.setCash('555');
          await scene.passPeriod();
          await scene.tooltipBecomes('Cash $555.00');

          const popup = await scene.firefox.open('popup');
          await scene.waitForText('Updated to version 0.0.2. What’s new'.replace('’', "'"), popup);
          const noted = () =>
            scene.firefox.run<string>(
              `return JSON.stringify((await browser.storage.local.get('installation')).installation.data.updatedTo)`,
            );
          await expect.poll(noted, SOON).toBe('null');
        },
        {
          extension,
          prefs: {
            // The project's page speaks TLS; this one does not, and its files have no signature of AMO.
            'extensions.checkUpdateSecurity': false,
            'extensions.update.requireBuiltInCerts': false,
            'extensions.install.requireBuiltInCerts': false,
          },
        },
      );
    } finally {
      stop();
      rmSync(folder, { recursive: true });
    }
  });
});

test('the file of updates has the name that the manifest asks for', () => {
  expect(updatesUrl('https://example.org/project')).toBe(
    `https://example.org/project/releases/latest/download/${UPDATES}`,
  );
  expect(readFileSync('.github/workflows/release.yml', 'utf8')).toContain('gh release create');
});
