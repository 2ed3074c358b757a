// The records of a locked account stay with its passphrase: no key and no command reaches them without it.
import { beforeEach, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  KEY_ID,
  keysResponse,
  OTHER_KEY_ID,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const stranger = makeKey('Ed25519').pem;
const PASSPHRASE = 'a canary in four words';

let harness: BackgroundHarness;
let accountId: string;
withBackground((entered) => {
  harness = entered;
});
beforeEach(async () => {
  accountId = await harness.connect({ ...saving(pem), passphrase: PASSPHRASE });
  harness.now += 20_000;
});

const UNCHECKED = { allowUnchecked: true, acceptScopes: null };
const offline = () => {
  throw new TypeError('Failed to fetch');
};

test('nothing in storage.local shows the balance or the key ID, unlocked or locked', async () => {
  for (const lock of [false, true]) {
    if (lock) await harness.command('account/lock', { accountId });
    const stored = JSON.stringify(harness.browser.local);
    for (const word of ['98018600', KEY_ID, '"cash"', '"read"']) expect(stored).not.toContain(word);
  }
});

test.each<[string, { replaces?: boolean; [choice: string]: unknown }, (() => never)?]>([
  ['Replace key, offline', { replaces: true, ...UNCHECKED }, offline],
  ['Add account with the same key ID, offline', UNCHECKED, offline],
  [
    'Replace key with one of another member, "same account"',
    { replaces: true, keyId: OTHER_KEY_ID, history: 'keep' },
  ],
  ['Replace key with the same ID, accepted', { replaces: true }],
])('%s: refused while it is locked, and nothing changes', async (_, { replaces, ...choices }, answer) => {
  await harness.command('account/lock', { accountId });
  const before = structuredClone(harness.browser.local);
  if (answer) harness.answer = answer;
  const save = { ...saving(stranger), ...choices, ...(replaces && { replaces: accountId }) };
  expect(await harness.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'locked' } });
  expect(harness.browser.local).toEqual(before);
  expect(harness.browser.toolbar.text).toBe('•••');
});

test('unlocked: an unchecked key with the same ID keeps the history only if the user says so', async () => {
  harness.answer = offline;
  const save = { ...saving(stranger), ...UNCHECKED, replaces: accountId };
  expect(await harness.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'other-member' } });
  expect(await harness.command('key/save', { ...save, history: 'keep' })).toMatchObject({ ok: true });
  await vi.waitFor(async () => expect(await harness.samples(accountId)).toHaveLength(1));
});

test('after a lock and a restart, its passphrase brings back everything', async () => {
  harness.scopes = keysResponse(['read']);
  await harness.passMinutes(1);
  const before = await harness.samples(accountId);
  harness.browser.restart();
  await harness.wake();
  harness.answer = offline;
  expect(await harness.command('account/unlock', { accountId, passphrase: PASSPHRASE })).toMatchObject({
    ok: true,
  });
  expect(harness.browser.toolbar.text).toBe('98');
  expect(await harness.samples(accountId)).toEqual(before);
});
