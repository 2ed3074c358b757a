// Connecting on the options page of the shipped build: every way to enter a key, every error, and no leftovers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { makeKey, wrongKeys } from '../exchange/keys.ts';
import { test } from './harness/chromium-harness.ts';

const sentence = (key: string) => messages[key as keyof typeof messages].message;
const NOTHING = { local: {}, keys: [] };

test('every wrong key has its own message, sends no request and stores nothing', async ({ scene }) => {
  const id = scene.newMember('Ed25519').keyId;
  for (const { what, text, sentence: key } of await wrongKeys()) {
    await scene.fill(id, text);
    await scene.press('Check key');
    await scene.waitForAlert(sentence(key));
    expect(await scene.page.getByRole('textbox', { name: 'Private key' }).inputValue(), what).toBe(text);
    expect(await scene.page.getByRole('button', { name: /Save key/ }).count(), what).toBe(0);
  }
  expect(await scene.stored()).toEqual(NOTHING);
  expect(scene.exchange.journal).toEqual([]);
  expect(scene.complaints).toEqual([]);
});

test('a key refused by the exchange is not saved, and the page shows the reason', async ({ scene }) => {
  const { key, keyId } = scene.newMember('RSA PKCS#1');
  const other = makeKey('RSA PKCS#1');
  const narrow = scene.exchange.addMember().addKey(key.publicKey, ['write::trade']);
  const demo = scene.exchange.addMember({ environment: 'demo' }).addKey(key.publicKey);

  const refused = async (id: string, pem: string, message: string | RegExp) => {
    await scene.fill(id, pem);
    await scene.press('Check key');
    await scene.waitForAlert(message);
    expect(await scene.page.getByRole('button', { name: /Save key/ }).count()).toBe(0);
  };
  await refused('', key.pem, sentence('keyIdMissing'));
  await refused('not-an-id', key.pem, sentence('keyIdMalformed'));
  await refused(keyId, other.pem, sentence('outcomeSignatureRefused'));
  await refused(
    keyId.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    key.pem,
    sentence('outcomeKeyUnknown'),
  );
  await refused(demo, key.pem, sentence('outcomeKeyUnknown'));
  await refused(narrow, key.pem, sentence('outcomeScopeMissing'));
  scene.exchange.setFault({ kind: 'answer', status: 403, body: '<html>Forbidden</html>' });
  await refused(keyId, key.pem, sentence('outcomeBlocked'));
  scene.exchange.setFault({
    kind: 'answer',
    status: 401,
    body: { error: { code: 'header_timestamp_expired' } },
    headers: { date: new Date(Date.now() + 300_000).toUTCString() },
  });
  await refused(keyId, key.pem, /clock is (29|30)\d s slow/);
  scene.exchange.setFault();
  expect(await scene.stored()).toEqual(NOTHING);
  await scene.badgeBecomes('');
});

test('shows the host-permission error when access is missing', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  await scene.chromium.setHostAccess(false);
  await scene.fill(keyId, key.pem);
  // The browser's prompt would wait for a person; here it is answered as if it had been closed.
  await scene.page.evaluate(() => {
    chrome.permissions.request = async () => false;
  });
  await scene.press('Check key');
  await scene.waitForAlert(sentence('outcomePermissionMissing'));
  expect(scene.exchange.journal).toEqual([]);
  await scene.chromium.setHostAccess(true);
  await scene.press('Check key');
  await scene.press('Save key');
  await scene.badgeBecomes('98');
});

test('a key that cannot be checked can be saved, and is retried automatically', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  for (const [fault, message] of [
    [{ kind: 'drop' }, 'outcomeOffline'],
    [{ kind: 'truncate' }, 'outcomeOffline'],
    [{ kind: 'redirect', to: 'https://example.com/' }, 'outcomeOffline'],
    [{ kind: 'html' }, 'outcomeBadReply'],
    [{ kind: 'large', bytes: 50_000_000 }, 'outcomeBadReplyUnexpected'],
    [{ kind: 'answer', status: 429, body: { error: 'too many requests' } }, 'outcomeRateLimited'],
    [{ kind: 'answer', status: 500 }, 'outcomeExchangeError'],
  ] as const) {
    scene.exchange.setFault(fault);
    await scene.fill(keyId, key.pem);
    await scene.press('Check key');
    await scene.waitForAlert(sentence(message).replace('$1', '500'));
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

test('reads a chosen or dropped file that also contains the key ID', async ({ scene }) => {
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

  await scene.page.reload();
  await scene.page.getByRole('textbox', { name: 'Private key' }).waitFor();
  // A file dropped outside the box is still read by the form, and is not opened in the tab.
  await scene.page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'dropped.pem'));
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(drop);
    if (!drop.defaultPrevented) throw new Error('the tab would open the file');
  }, text);
  await scene.page.getByText('From the file dropped.pem').waitFor();
  await scene.press('Check key');
  await scene.press('Save key');
  await scene.badgeBecomes('98');
  scene.expectCleanJournal();
});

test('shows an error for an unreadable file', async ({ scene }) => {
  const chooser = scene.page.waitForEvent('filechooser');
  await scene.press('Choose key file');
  await (await chooser).setFiles({ name: 'gone.pem', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await scene.page.getByText('From the file gone.pem').waitFor();
  await scene.page.evaluate(() => {
    Blob.prototype.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  });
  const again = scene.page.waitForEvent('filechooser');
  await scene.press('Choose key file');
  await (await again).setFiles({ name: 'gone.pem', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await scene.waitForAlert(sentence('keyUnreadable'));
  expect(scene.complaints).toEqual([]);
});

test('typed text is excluded from spell checking and session restore', async ({ scene }) => {
  for (const name of ['API key ID', 'Private key']) {
    const box = scene.page.getByRole('textbox', { name });
    expect(await box.evaluate((box: HTMLInputElement) => [box.autocomplete, box.spellcheck])).toEqual([
      'off',
      false,
    ]);
  }
});

test('after the check, the key text is neither in the page nor in storage', async ({ scene }) => {
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

test('a balance-only key is shown with unknown scopes', async ({ scene }) => {
  const { key } = scene.newMember('Ed25519');
  const keyId = scene.exchange.addMember().addKey(key.publicKey, ['read::portfolio_balance']);
  await scene.fill(keyId, key.pem);
  await scene.press('Check key');
  await scene.page.getByText(sentence('powerUnknownHint')).waitFor();
  expect(await scene.page.getByRole('radio', { name: 'Passphrase', exact: true }).isChecked()).toBe(true);
  await scene.withoutPassphrase();
  await scene.agree();
  await scene.press('Save key');
  await scene.badgeBecomes('98');
  scene.expectCleanJournal(['ok', 'scope']);
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

test('replaced by a key of another member: asks, and starts a new history', async ({ scene }) => {
  const first = scene.newMember('Ed25519', { cash: '1000' });
  await scene.connect(first.keyId, first.key.pem);
  await scene.press('Replace key');
  const other = scene.newMember('Ed25519', { cash: '200' });
  await scene.fill(other.keyId, other.key.pem);
  await scene.press('Check key');
  await scene.press('Save key');
  await scene.waitForAlert(sentence('problemOtherMember'));
  await scene.badgeBecomes('1.0k'); // nothing is changed yet
  await scene.press(sentence('newMember'));
  await scene.saved();
  await scene.badgeBecomes('200');
  const popup = await scene.chromium.open('popup');
  await popup.locator('.today', { hasText: '$0.00' }).waitFor(); // no loss of $800
  scene.expectCleanJournal();
});

test('a key file dropped anywhere on the page is not opened, with any form open', async ({ scene }) => {
  const { key, keyId } = scene.newMember('Ed25519');
  const dir = mkdtempSync(join(tmpdir(), 'key-'));
  const path = join(dir, 'my-kalshi-key.txt');
  writeFileSync(path, key.pem);
  const url = scene.page.url();
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
  const opened = () => scene.chromium.context.pages().map((page) => page.url());
  const before = opened();
  await drop();
  await scene.press('Copy diagnostics');
  await scene.page.getByRole('textbox', { name: 'Diagnostics' }).waitFor();
  expect(opened()).toEqual(before);
  expect(scene.page.url()).toBe(url);
  rmSync(dir, { recursive: true });
});
