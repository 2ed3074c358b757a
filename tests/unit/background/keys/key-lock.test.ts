// One request at a time with each key.
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('checks and polls of one key run one after the other', async () => {
  const accountId = await connected();
  let open = 0;
  let most = 0;
  harness.answer = async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    return balance('97')();
  };
  harness.now += 60_000;
  const trying = [harness.command('account/refresh', { accountId }), harness.command('key/check', draft)];
  await Promise.all([...trying, harness.command('key/check', draft)]);
  expect(harness.requests.length).toBe(4);
  expect(most).toBe(1);
});
