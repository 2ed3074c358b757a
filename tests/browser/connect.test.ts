// Connecting on the options page of the shipped build: every way to enter a key, every error, and no leftovers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { makeKey, wrongKeys } from '../exchange/keys.ts';
import { test } from './harness/chromium-harness.ts';

const sentence = (key: string) => messages[key as keyof typeof messages].message;
const NOTHING = { local: {}, keys: [] };

test('a wrong file and a refused key are not saved, and the page shows the reason', async ({ scene }) => {
  const { key, keyId } = scene.newMember('RSA PKCS#1');
  const other = makeKey('RSA PKCS#1');
  const narrow = scene.exchange.addMember().addKey(key.publicKey, ['write::trade']);

  const refused = async (id: string, pem: string, message: string | RegExp) => {
    await scene.fill(id, pem);
    await scene.press('Check key');
    await scene.waitForAlert(message);
    expect(await scene.page.getByRole('button', { name: /Save key/ }).count()).toBe(0);
  };
  const [wrong] = await wrongKeys();
  await refused(keyId, wrong?.text ?? '', sentence(wrong?.sentence ?? ''));
  expect(scene.exchange.journal).toEqual([]);
  await refused(keyId, other.pem, sentence('outcomeSignatureRefused'));
  await refused(
    keyId.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    key.pem,
    sentence('outcomeKeyUnknown'),
  );
  await refused(narrow, key.pem, sentence('outcomeScopeMissing'));
  expect(await scene.stored()).toEqual(NOTHING);
  await scene.badgeBecomes('');
});

test('a key that cannot be checked can be saved, and is retried automatically', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  for (const [fault, message] of [
    [{ kind: 'drop' }, 'checkOffline'],
    [{ kind: 'redirect', to: 'https://example.com/' }, 'checkOffline'],
  ] as const) {
    scene.exchange.setFault(fault);
    await scene.fill(keyId, key.pem);
    await scene.press('Check key');
    await scene.waitForAlert(sentence(message));
    await scene.page.getByRole('button', { name: 'Save key unchecked' }).waitFor();
    expect(await scene.stored()).toEqual(NOTHING);
  }
  await scene.agree();
  await scene.withoutPassphrase();
  await scene.press('Save key unchecked');
  await scene.saved();
  await scene.badgeBecomes('!');
  scene.exchange.setFault();
  await scene.passPeriod();
  await scene.badgeBecomes('98');
  expect(scene.exchange.strangers).not.toContain('example.com');
});

test('reads a chosen file that also contains the key ID', async ({ scene }) => {
  const { key, keyId } = scene.newMember('RSA PKCS#8');
  const text = `${keyId}\r\n${key.pem.replaceAll('\n', '\r\n')}`;
  const dir = mkdtempSync(join(tmpdir(), 'key-'));
  const path = join(dir, 'my-kalshi-key.txt');
  writeFileSync(path, text);
  const chooser = scene.page.waitForEvent('filechooser');
  await scene.press('Choose key file');
  await (await chooser).setFiles(path);
  await scene.page.getByText('From the file my-kalshi-key.txt').waitFor();
  rmSync(dir, { recursive: true });
  await scene.press('Check key');
  await scene.page.getByText('Kalshi accepted this key').waitFor();
  expect(await scene.page.getByRole('textbox', { name: 'API key ID' }).inputValue()).toBe(keyId);

  await scene.press('Save key');
  await scene.badgeBecomes('98');
  scene.expectCleanJournal();
});

test('typed text is kept from spell checking and restored sessions; after the check, the key is neither in the page nor in storage', async ({
  scene,
}) => {
  for (const name of ['API key ID', 'Private key']) {
    const box = scene.page.getByRole('textbox', { name });
    const flags = await box.evaluate(({ autocomplete, spellcheck }: HTMLInputElement) => [
      autocomplete,
      spellcheck,
    ]);
    expect(flags).toEqual(['off', false]);
  }
  const { key, keyId } = scene.newMember('Ed25519');
  const secret = key.pem.split('\n')[1] ?? '';
  await scene.fill(keyId, key.pem);
  await scene.press('Check key');
  await scene.page.getByText('Kalshi accepted this key').waitFor();
  expect(await scene.page.getByRole('textbox', { name: 'Private key' }).inputValue()).toBe('');
  expect(await scene.page.content()).not.toContain(secret);
  await scene.press('Save key');
  await scene.badgeBecomes('98');
  expect(JSON.stringify(await scene.stored())).not.toContain(secret);
  expect(scene.complaints.join()).not.toContain(secret);
});

test("a key that can trade or move money is kept only on the user's word, and marked", async ({ scene }) => {
  const { key } = scene.newMember('Ed25519');
  const keyId = scene.exchange.addMember().addKey(key.publicKey, ['read', 'write']);
  await scene.fill(keyId, key.pem);
  await scene.press('Check key');
  await scene.page.getByText('This key can move money.').waitFor();
  await scene.withoutPassphrase();
  const save = scene.page.getByRole('button', { name: 'Save key' });
  expect(await save.isEnabled()).toBe(false);
  await save.dispatchEvent('click');
  expect(await scene.stored()).toEqual(NOTHING);
  await scene.agree();
  await scene.press('Save key');
  await scene.saved();
  expect(await scene.page.locator('.tag').textContent()).toBe('Key can move money');
  await scene.badgeBecomes('98');
  const popup = await scene.chromium.open('popup');
  await popup.getByText('Key can move money').waitFor();
  scene.expectCleanJournal();
});

test('replace and forget', async ({ scene }) => {
  const { member, key, keyId } = scene.newMember('RSA PKCS#1');
  await scene.connect(keyId, key.pem);
  const [first] = (await scene.stored()).keys;

  await scene.press('Replace key');
  const next = makeKey('Ed25519');
  await scene.connect(member.addKey(next.publicKey), next.pem);
  await scene.page.getByText('Ed25519 key').waitFor();
  const { keys } = await scene.stored();
  expect(keys).toHaveLength(1);
  expect(keys).not.toContain(first);
  member.setCash('12');
  await scene.passPeriod();
  await scene.badgeBecomes('12');

  scene.page.once('dialog', (dialog) => dialog.accept());
  await scene.press('Forget key');
  await scene.page.getByText('Forgotten. The key still exists at Kalshi').waitFor();
  await scene.badgeBecomes('');
  expect(await scene.stored()).toEqual({ local: { accounts: { v: 1, data: [] } }, keys: [] });
  scene.expectCleanJournal();
});

test('a key file dropped anywhere on the page is not opened, with any form open', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  const dir = mkdtempSync(join(tmpdir(), 'key-'));
  const path = join(dir, 'my-kalshi-key.txt');
  writeFileSync(path, key.pem);
  // Without the section of the options page that is open.
  const address = (page: Page) => page.url().replace(/#.*/, '');
  const url = address(scene.page);
  const session = await scene.chromium.context.newCDPSession(scene.page);
  // As the browser does it: unless a script prevents it, a drop navigates to the file.
  const drop = async () => {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 200, data });
    }
  };
  await drop();
  await scene.page.getByText('From the file my-kalshi-key.txt').waitFor();
  await scene.connect(keyId, key.pem);
  const opened = () => scene.chromium.context.pages().map(address);
  const before = opened();
  await drop();
  await scene.section('Help');
  await scene.press('Copy diagnostics');
  await scene.page.getByRole('textbox', { name: 'Diagnostics' }).waitFor();
  expect(opened()).toEqual(before);
  expect(address(scene.page)).toBe(url);
  rmSync(dir, { recursive: true });
});
