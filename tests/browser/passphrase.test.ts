// A protected key in the shipped build: what lies on disk, and what a locked account shows.
import { expect } from 'vitest';
import type { KeyForm, KeyPair } from '../exchange/keys.ts';
import { needles, PASSPHRASE, scan } from './profile-scan.ts';
import { type Scene, SOON, test } from './scene.ts';

async function connectWithPassphrase(scene: Scene, form: KeyForm): Promise<KeyPair> {
  const { key, keyId } = scene.newMember(form);
  await scene.fill(keyId, key.pem);
  await scene.press('Check key');
  await scene.page.getByRole('radio', { name: 'Passphrase', exact: true }).check();
  await scene.page
    .getByLabel('Passphrase', { exact: true })
    .and(scene.page.locator('input[type=password]'))
    .fill(PASSPHRASE);
  await scene.page.getByLabel('Repeat passphrase').fill(PASSPHRASE);
  await scene.press('Save key');
  await scene.saved();
  await scene.badgeBecomes('98');
  return key;
}

for (const form of ['RSA PKCS#1', 'Ed25519'] as const) {
  test(`${form}: no byte of the key or the passphrase is in the profile: running, locked, closed, forgotten`, async ({
    scene,
  }) => {
    const key = await connectWithPassphrase(scene, form);
    const secrets = await scene.page.evaluate(async () => {
      const session = await chrome.storage.session.get(null);
      return Object.entries(session)
        .filter(([name]) => name.startsWith('secret/'))
        .map(([, secret]) => String(secret));
    });
    expect(secrets).toHaveLength(1);
    const what = needles(key, secrets);
    const { profile } = scene.chromium;
    expect(scan(profile, what)).toEqual([]);
    await scene.press('Lock');
    await scene.badgeBecomes('•••');
    expect(scan(profile, what)).toEqual([]);
    await scene.chromium.close();
    expect(scan(profile, what)).toEqual([]);
    await scene.start();
    scene.page.once('dialog', (dialog) => dialog.accept());
    await scene.press('Forget key');
    await scene.badgeBecomes('');
    await scene.chromium.close();
    expect(scan(profile, what)).toEqual([]);
  });
}

test('the scan would find a key that is not protected', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.connect(keyId, key.pem);
  await scene.badgeBecomes('98');
  await scene.chromium.close();
  expect(scan(scene.chromium.profile, needles(key)).length).toBeGreaterThan(0);
});

test('locked at browser start; unlocked from the popup; locked again by the button', async ({ scene }) => {
  await connectWithPassphrase(scene, 'Ed25519');
  await scene.chromium.kill();
  const before = scene.balances;
  await scene.start();
  await scene.badgeBecomes('•••');
  await scene.tooltipBecomes('Locked. Click to unlock.');
  expect(await scene.chromium.tooltip(scene.page)).not.toMatch(/\d/);

  const popup = await scene.chromium.open('popup');
  await popup.getByRole('button', { name: 'Unlock' }).waitFor();
  expect(await popup.locator('body').innerText()).not.toMatch(/\d/);
  await popup.getByLabel('Passphrase').fill('not this one');
  await popup.getByRole('button', { name: 'Unlock' }).click();
  await popup.getByRole('alert').filter({ hasText: 'does not open the key' }).waitFor();
  expect(scene.balances).toBe(before);

  await scene.forgetPace();
  await popup.getByLabel('Passphrase').fill(PASSPHRASE);
  await popup.keyboard.press('Enter');
  await popup.getByText('$98.01').first().waitFor();
  await scene.badgeBecomes('98');
  await expect.poll(() => scene.balances, SOON).toBe(before + 1);

  await scene.page.getByRole('combobox', { name: 'Lock after' }).selectOption('5');
  const granted = () => scene.page.evaluate(() => chrome.permissions.contains({ permissions: ['idle'] }));
  await expect.poll(granted, SOON).toBe(true);
  await expect
    .poll(async () => JSON.stringify((await scene.stored()).local.settings), SOON)
    .toContain('"lockAfterMinutes":5');

  // A worker that died finds the secret again; a locked one does not.
  await scene.chromium.stopWorker(scene.page);
  await scene.passPeriod();
  await expect.poll(() => scene.balances, SOON).toBe(before + 2);
  await scene.press('Lock');
  await popup.getByRole('button', { name: 'Unlock' }).waitFor();
  await scene.badgeBecomes('•••');
  scene.expectCleanJournal();
  expect(scene.complaints).toEqual([]);
});
