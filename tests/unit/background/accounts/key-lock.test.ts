// One request at a time with each key.
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('checks and polls of one key run one after the other', async () => {
  const accountId = await connected();
  let open = 0;
  let most = 0;
  world.answer = async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    return balance('97')();
  };
  world.now += 60_000;
  const trying = [world.command('account/refresh', { accountId }), world.command('key/check', draft)];
  await Promise.all([...trying, world.command('key/check', draft)]);
  expect(world.requests.length).toBe(4);
  expect(most).toBe(1);
});
