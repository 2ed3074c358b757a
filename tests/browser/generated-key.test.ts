// A key pair generated on the options page of the shipped build, and connected with the key ID of its public key.
import { expect } from 'vitest';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';

for (const keyType of ['Ed25519', 'RSA'] as const) {
  testInOwnBrowser(
    `${keyType}: generated, registered at Kalshi, connected; a kill in between loses nothing`,
    { tags: keyType === 'RSA' ? ['slow'] : [] },
    async ({ scene }) => {
      await scene.press('Create a key pair here');
      await scene.page.getByRole('radio', { name: keyType }).check();
      await scene.withoutPassphrase();
      await scene.press('Create key pair');
      const box = scene.page.getByRole('textbox', { name: 'Public key' });
      const publicPem = await box.inputValue();
      await scene.chromium.kill();
      await scene.start();
      expect(await scene.page.getByRole('textbox', { name: 'Public key' }).inputValue()).toBe(publicPem);
      expect(scene.exchange.journal).toEqual([]);

      const keyId = scene.exchange.addMember({ cash: '42' }).addPublicPem(publicPem);
      await scene.page
        .getByRole('textbox', { name: 'API key ID' })
        .fill(keyId.replace(/^./, (c) => (c === '0' ? '1' : '0')));
      await scene.press('Connect');
      await scene.waitForAlert("doesn't recognize this API key ID");
      await scene.page.getByRole('textbox', { name: 'API key ID' }).fill(keyId);
      await scene.press('Connect');
      await scene.page.getByRole('button', { name: 'Forget key' }).waitFor();
      await scene.badgeBecomes('42');
      await scene.passPeriod();
      await scene.chromium.stopWorker(scene.page);
      await scene.passPeriod();
      scene.expectCleanJournal(['ok', 'NOT_FOUND']);
      expect(scene.complaints).toEqual([]);
    },
  );
}

test('discarding deletes it, and the connect form is shown again', async ({ scene }) => {
  await scene.press('Create a key pair here');
  await scene.withoutPassphrase();
  await scene.press('Create key pair');
  scene.page.once('dialog', (dialog) => dialog.accept());
  await scene.press('Discard key pair');
  await scene.page.getByRole('button', { name: 'Check key' }).waitFor();
  expect((await scene.stored()).keys).toEqual([]);
});
