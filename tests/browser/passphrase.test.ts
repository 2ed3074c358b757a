// A protected key in the shipped build: the bytes on disk, and what a locked account shows.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect } from 'vitest';
import type { KeyForm, KeyPair } from '../exchange/keys.ts';
import { test, testInOwnBrowser } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { HOLDER, needles, PASSPHRASE, recordNeedles, scan } from './harness/profile-scan.ts';

async function connectWithPassphrase(scene: Scene, form: KeyForm): Promise<{ key: KeyPair; keyId: string }> {
  const { key, keyId } = scene.newMember(form);
  await scene.connectWithPassphrase(keyId, key.pem, PASSPHRASE);
  await scene.badgeBecomes('98');
  return { key, keyId };
}

/** What must not be in the profile: the key, its ID, the passphrase, the secrets that it unlocks, and the balance. */
async function needlesOf(scene: Scene, key: KeyPair, keyId: string): Promise<Map<string, Buffer>> {
  const secrets = await scene.page.evaluate(async () => {
    const { unlocked } = await chrome.storage.session.get('unlocked');
    const all = Object.values(unlocked as Record<string, { key: string; records: string }>);
    return all.flatMap(({ key, records }) => [key, records]);
  });
  expect(secrets).toHaveLength(2);
  const recorded = [
    ['amount', Buffer.from('98018600')],
    ['key ID', Buffer.from(keyId)],
  ] as const;
  return new Map([...needles(key, secrets), ...recorded]);
}

testInOwnBrowser(
  'no byte of a key or its passphrase is in the profile: running, locked, closed, forgotten; the scan finds an unprotected key',
  async ({ scene }) => {
    const all: Map<string, Buffer>[] = [];
    const expectNothing = () => {
      for (const what of all) expect(scan(scene.chromium.profile, what)).toEqual([]);
    };
    for (const form of ['RSA PKCS#1', 'Ed25519'] as const) {
      const { key, keyId } = await connectWithPassphrase(scene, form);
      all.push(await needlesOf(scene, key, keyId));
      expectNothing();
      await scene.press('Lock');
      await scene.badgeBecomes('•••');
      expectNothing();
      await scene.chromium.close();
      expectNothing();
      await scene.start();
      scene.page.once('dialog', (dialog) => dialog.accept());
      await scene.press('Forget key');
      await scene.badgeBecomes('');
    }
    await scene.chromium.close();
    expectNothing();
    await scene.start();
    const { key, keyId } = scene.newMember('Ed25519', { cash: '42' });
    await scene.connect(keyId, key.pem);
    await scene.badgeBecomes('42');
    await scene.chromium.close();
    expectNothing();
    expect(scan(scene.chromium.profile, needles(key)).length).toBeGreaterThan(0);
  },
);

testInOwnBrowser(
  'no amount, ticker, title or key ID of a protected account is in the profile: running, locked, closed, killed',
  async ({ scene }) => {
    const { key, keyId } = scene.newMember('Ed25519', HOLDER);
    const what = recordNeedles(keyId);
    const found = () => scan(scene.chromium.profile, what);
    const showHoldings = async () => {
      const popup = await scene.chromium.open('popup');
      await popup.locator('.positions li.position').first().waitFor();
      await popup.close();
    };
    await scene.connectWithPassphrase(keyId, key.pem, PASSPHRASE);
    await showHoldings();
    expect(found()).toEqual([]);
    await scene.press('Lock');
    await scene.badgeBecomes('•••');
    expect(found()).toEqual([]);
    await scene.chromium.close();
    expect(found()).toEqual([]);
    await scene.start();
    await scene.page.locator('.unlock input[type=password]').fill(PASSPHRASE);
    await scene.press('Unlock');
    await scene.badgeBecomes('98');
    await showHoldings();
    await scene.chromium.kill();
    expect(found()).toEqual([]);
    // What is searched for is found where there is no passphrase.
    await scene.start();
    scene.page.once('dialog', (dialog) => dialog.accept());
    await scene.press('Forget key');
    await scene.badgeBecomes('');
    await scene.forgetAttempts();
    await scene.connect(keyId, key.pem);
    await showHoldings();
    await scene.chromium.close();
    for (const label of what.keys()) if (!label.includes('UTF-16')) expect(found().join()).toContain(label);
  },
);

testInOwnBrowser(
  'a generated key under a passphrase: no byte of its private half is in the profile',
  async ({ scene }) => {
    await scene.press('Create a key pair here');
    expect(await scene.page.getByRole('radio', { name: 'Passphrase', exact: true }).isChecked()).toBe(true);
    const boxes = scene.page.locator('input[type=password]');
    for (const box of await boxes.all()) await box.fill(PASSPHRASE);
    await scene.press('Create key pair');
    await scene.page.getByRole('textbox', { name: 'Public key' }).waitFor();
    // As SECURITY.md states: while it is unlocked, code of the extension's own pages can decrypt the key.
    const { der, secret } = await scene.page.evaluate(async () => {
      const { pending } = (await chrome.storage.local.get('pending')) as {
        pending: { data: { id: string; environment: string; keyRef: string } };
      };
      const { unlocked } = (await chrome.storage.session.get('unlocked')) as {
        unlocked: Record<string, { key: string }>;
      };
      const { id, environment, keyRef } = pending.data;
      const secret = unlocked[id]?.key ?? '';
      const { [`key/${keyRef}`]: text } = await chrome.storage.local.get(`key/${keyRef}`);
      const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const stored = JSON.parse(String(text)) as { iv: string; bytes: string };
      const raw = bytesOf(secret);
      const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
      const additionalData = new TextEncoder().encode(JSON.stringify([1, environment, id]));
      const [iv, bytes] = [bytesOf(stored.iv), bytesOf(stored.bytes)];
      const der = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
      return { der: [...new Uint8Array(der)], secret };
    });
    const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const what = needles({ privateKey, publicKey: createPublicKey(privateKey), pem }, [secret]);
    const { profile } = scene.chromium;
    expect(scan(profile, what)).toEqual([]);
    await scene.chromium.close();
    expect(scan(profile, what)).toEqual([]);
  },
);

testInOwnBrowser(
  'after a passphrase change, the old one decrypts nothing, and neither is in the profile',
  async ({ scene }) => {
    const { key } = await connectWithPassphrase(scene, 'Ed25519');
    const next = 'Matterhorn-velvet-anchor-nine';
    await scene.press('Change protection');
    await scene.page.getByLabel('Current passphrase').fill(PASSPHRASE);
    const boxes = scene.page.locator('.checked input[type=password]');
    await boxes.nth(1).fill(next);
    await boxes.nth(2).fill(next);
    await scene.press('Save protection');
    await scene.page.getByText('Protection changed.').waitFor();
    await scene.badgeBecomes('98');
    await scene.press('Lock');
    await scene.page.getByRole('button', { name: 'Unlock' }).waitFor();
    const unlock = async (passphrase: string) => {
      await scene.page.locator('.unlock input[type=password]').fill(passphrase);
      await scene.press('Unlock');
    };
    await unlock(PASSPHRASE);
    await scene.waitForAlert('Wrong passphrase');
    await unlock(next);
    await scene.badgeBecomes('98');
    const { local } = await scene.stored();
    expect(Object.keys(local).filter((name) => name.startsWith('key/'))).toHaveLength(1);
    const what = needles(key);
    what.set('the next passphrase', Buffer.from(next));
    expect(scan(scene.chromium.profile, what)).toEqual([]);
    await scene.chromium.close();
    expect(scan(scene.chromium.profile, what)).toEqual([]);
  },
);

test('locked while the exchange hangs: no further request, no amount, no export', async ({ scene }) => {
  await connectWithPassphrase(scene, 'Ed25519');
  scene.exchange.setFault({ kind: 'hang' });
  await scene.passPeriod();
  const before = scene.exchange.journal.length;
  await scene.press('Lock');
  await scene.badgeBecomes('•••');
  scene.exchange.setFault();
  await scene.page.getByRole('button', { name: 'Unlock' }).waitFor();
  await scene.section('Your data');
  await scene.press('Export CSV');
  await scene.page.getByText('Unlock the account to export its history.').waitFor();
  expect(scene.exchange.journal.length).toBe(before);
  expect(scene.complaints).toEqual([]);
});

testInOwnBrowser(
  'locked at browser start; unlocked from the popup; locked again by the button',
  async ({ scene }) => {
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
    await popup.getByRole('alert').filter({ hasText: 'Wrong passphrase' }).waitFor();
    expect(scene.balances).toBe(before);

    await scene.forgetAttempts();
    await popup.getByLabel('Passphrase').fill(PASSPHRASE);
    await popup.keyboard.press('Enter');
    await popup.getByText('$98.01').first().waitFor();
    await scene.badgeBecomes('98');
    await expect.poll(() => scene.balances, SOON).toBe(before + 1);
    await popup.close(); // it would request more, as time goes by

    await scene.section('Privacy');
    await scene.page.getByRole('combobox', { name: 'Lock automatically' }).selectOption('5');
    const granted = () => scene.page.evaluate(() => chrome.permissions.contains({ permissions: ['idle'] }));
    await expect.poll(granted, SOON).toBe(true);
    await expect
      .poll(async () => JSON.stringify((await scene.stored()).local.settings), SOON)
      .toContain('"lockAfterMinutes":5');

    // A restarted worker finds the secret; a locked account has none.
    await scene.chromium.stopWorker(scene.page);
    await scene.passPeriod();
    await expect.poll(() => scene.balances, SOON).toBe(before + 2);
    const opened = await scene.chromium.open('popup');
    await scene.section('Accounts');
    await scene.press('Lock');
    await opened.getByRole('button', { name: 'Unlock' }).waitFor();
    await scene.badgeBecomes('•••');
    scene.expectCleanJournal();
    expect(scene.complaints).toEqual([]);
  },
);
