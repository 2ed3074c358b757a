// Backing up and restoring in the shipped build: to a new profile, from one browser to the other, with a passphrase, and a
// file that was cut off.
import { readFileSync } from 'node:fs';
import { expect, test as plainTest } from 'vitest';
import { findFirefox } from '../../scripts/setup.js';
import { violations } from './harness/axe.ts';
import { inChromium, test } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { inSharedFirefox } from './harness/firefox-harness.ts';
import { PASSPHRASE } from './harness/profile-scan.ts';

/** A click on *Back up*, and the text of the file. */
async function backUp(scene: Scene): Promise<string> {
  const download = scene.page.waitForEvent('download');
  await scene.section('Your data');
  await scene.press('Back up');
  const path = await (await download).path();
  await scene.page.getByText('The backup is in your downloads.').waitFor();
  return readFileSync(path, 'utf8');
}

/** Chooses a file to restore. */
async function restore(scene: Scene, text: string): Promise<void> {
  const file = { name: 'backup.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  const dialog = scene.page.waitForEvent('filechooser');
  await scene.press('Restore');
  await (await dialog).setFiles(file);
}

/** Forgets the account, as if the browser were new. */
async function forget(scene: Scene): Promise<void> {
  scene.page.once('dialog', (dialog) => void dialog.accept());
  await scene.section('Accounts');
  await scene.press('Forget key');
  await scene.page.getByRole('button', { name: 'Check key' }).waitFor();
  await scene.badgeBecomes('');
}

test('encrypted, restored into an empty browser: the balance with its age, and its key is asked for', async ({
  scene,
}) => {
  const { page } = scene;
  const { member, key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('98');
  await scene.section('Your data');
  await page.getByRole('checkbox', { name: 'Encrypt the backup' }).check();
  await page.getByLabel('Passphrase for the backup').fill(PASSPHRASE);
  await page.getByLabel('Repeat passphrase').fill(PASSPHRASE);
  expect(await violations(page)).toEqual([]);
  const text = await backUp(scene);
  for (const secret of [keyId, '98018600', 'accounts']) expect(text).not.toContain(secret);
  await page.getByText(/^Last backup: /).waitFor();
  await forget(scene);
  const before = scene.exchange.journal.length;

  await restore(scene, text.slice(0, -100));
  await scene.waitForAlert('This backup is incomplete or was changed');
  await scene.badgeBecomes('');
  await restore(scene, text);
  await page.getByLabel('Passphrase of the file').fill('not this one');
  await scene.press('Decrypt and restore');
  await scene.waitForAlert('Wrong passphrase, or the file was changed.');
  await page.getByLabel('Passphrase of the file').fill(PASSPHRASE);
  await scene.press('Decrypt and restore');
  await scene.badgeBecomes('98');
  await scene.tooltipBecomes('The key is missing from this browser.');
  await scene.waitForAlert('The private key is missing from this browser. Connect it again.');
  expect(await violations(page)).toEqual([]);
  expect(scene.exchange.journal.length).toBe(before); // nothing is requested without a key

  member.setCash('555');
  await scene.press('Replace key');
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('555');
  await expect.poll(() => page.getByRole('alert').count(), SOON).toBe(0);
  expect(scene.complaints).toEqual([]);
});

test('an account with a passphrase is not backed up while it is locked', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connectWithPassphrase(keyId, key.pem, PASSPHRASE);
  await scene.badgeBecomes('98');
  await scene.press('Lock');
  await scene.badgeBecomes('•••');
  await scene.section('Your data');
  await scene.press('Back up');
  await scene.waitForAlert('Unlock every account first');
});

plainTest.skipIf(!findFirefox())(
  'from Firefox into Firefox again, and into Chromium',
  { tags: ['slow'] },
  async () => {
    let text = '';
    await inSharedFirefox(async (scene) => {
      const { key, keyId } = scene.newMember('Ed25519', { cash: '765.4025' });
      await scene.connect(keyId, key.pem);
      await scene.badgeBecomes('765');
      text = await scene.firefox.run<string>(
        `const made = await browser.runtime.sendMessage({ command: 'backup/create', params: {} });
       return made.value.text;`,
      );
      await scene.act(`window.confirm = () => true; press('Forget key');`);
      await scene.badgeBecomes('');
      // The dialog belongs to the browser: here it answers at once.
      await scene.act(`
      const file = new File([${JSON.stringify(text)}], 'backup.json');
      HTMLInputElement.prototype.click = function () {
        const data = new DataTransfer();
        data.items.add(file);
        this.files = data.files;
        this.dispatchEvent(new Event('change'));
      };
      press('Restore');`);
      await scene.waitForText('Restored. Accounts added: 1.');
      await scene.badgeBecomes('765');
    });
    await inChromium(async (scene) => {
      await restore(scene, text);
      await scene.badgeBecomes('765');
      const popup = await scene.chromium.open('popup');
      await popup.getByText('$765.40').first().waitFor();
      await popup.getByRole('button', { name: 'Replace key' }).waitFor();
      // And back: what this browser has is in its own backup.
      const again = await backUp(scene);
      await restore(scene, again);
      await scene.page.getByText('Restored. Accounts added: 0. Balances added: 0.').waitFor();
    });
  },
);
