// Which fault a backup file has, and its encrypted form.
import { createDecipheriv, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { BackgroundHarness, saving, withBackground } from '../background-harness.ts';
import { createBackup, restoreBackup } from './backup-files.ts';

const PASSPHRASE = 'a canary in four words';
const save = saving(makeKey('Ed25519').pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const backUp = (passphrase?: string) => createBackup(harness, passphrase);
const restore = (text: string, passphrase?: string) => restoreBackup(harness, text, passphrase);
const otherBrowser = async () => {
  harness = new BackgroundHarness();
  await harness.wake();
};

const faultOf = async (text: string) => {
  const result = await restore(text);
  return result.ok ? 'none' : (result.problem as { fault?: string }).fault;
};

test.each([
  ['an empty file', '', 'not-a-backup'],
  ['nothing', 'null', 'not-a-backup'],
  ['a number', '7', 'not-a-backup'],
  ['another format', '{"format":"balance-badge","version":1}', 'not-a-backup'],
  ['a text that only mentions the format', 'x {"format":"balance-badge-backup"', 'not-a-backup'],
  ['a text that ends as a backup begins', 'x{"format":"balance-badge-backup"', 'not-a-backup'],
  ['a beginning', '{"format":"balance-badge-backup","version":1,"cre', 'damaged'],
  ['a beginning after spaces', '\n {"format":"balance-badge-backup",', 'damaged'],
  ['the head alone', '{"format":"balance-badge-backup","version":1}', 'damaged'],
  ['no version', '{"format":"balance-badge-backup"}', 'damaged'],
  ['a newer version', '{"format":"balance-badge-backup","version":2}', 'newer'],
  ['no content', '{"format":"balance-badge-backup","version":1,"createdAt":1,"sha256":""}', 'damaged'],
])('%s', async (_, text, fault) => {
  expect(await faultOf(text)).toBe(fault);
  expect(harness.browser.local).toEqual({});
});

test.each([
  ['content that is no base64', { content: '%%%' }],
  ['the checksum of something else', { sha256: 'AAAA' }],
  ['no checksum', { sha256: undefined }],
  ['an empty checksum', { sha256: '' }],
])('%s', async (_, change) => {
  await harness.connect(save);
  const text = await backUp();
  await otherBrowser();
  expect(await faultOf(JSON.stringify({ ...JSON.parse(text), ...change }))).toBe('damaged');
  expect(harness.browser.local).toEqual({});
});

test('encrypted content that is none is damaged, before a passphrase is asked for', async () => {
  await harness.connect(save);
  const text = await backUp(PASSPHRASE);
  await otherBrowser();
  for (const encrypted of ['%%%', '{}', '']) {
    expect(await faultOf(JSON.stringify({ ...JSON.parse(text), encrypted }))).toBe('damaged');
  }
});

test('the checksum is of no use under a passphrase, and is not in the file', async () => {
  await harness.connect(save);
  expect(JSON.parse(await backUp(PASSPHRASE)).sha256).toBe('');
});

test('the encrypted form, as another program decrypts it: PBKDF2, HKDF, AES-GCM, bound to being a backup', async () => {
  await harness.connect(save);
  const { encrypted } = JSON.parse(await backUp(PASSPHRASE));
  const { salt, iv, bytes, rounds } = JSON.parse(encrypted);
  const raw = (text: string) => Buffer.from(text, 'base64');
  expect(rounds).toBe(600_000);
  const main = pbkdf2Sync(PASSPHRASE, raw(salt), 1, 32, 'sha256'); // tests derive with one round
  const key = Buffer.from(hkdfSync('sha256', main, '', 'wrapping', 32));
  const decipher = createDecipheriv('aes-256-gcm', key, raw(iv));
  decipher.setAAD(Buffer.from(JSON.stringify([1, 'backup', '1'])));
  const content = raw(bytes);
  decipher.setAuthTag(content.subarray(-16));
  const zipped = Buffer.concat([decipher.update(content.subarray(0, -16)), decipher.final()]);
  expect(JSON.parse(gunzipSync(zipped).toString())).toHaveProperty('records');
});
