// Ten thousand commands of every shape: none yields a key or a signature, none sends a request outside the table.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { inWorld, KEY_ID, saving, type World } from './world.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);
const { pem } = makeKey('Ed25519');
const secretText = pem.split('\n')[1] ?? '';
const PASSPHRASE = 'a canary in four words';

let world: World;
inWorld((entered) => {
  world = entered;
});

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'key/check',
      'key/save',
      'account/lock',
      'account/unlock',
      'account/refresh',
      'account/forget',
      'account/rename',
      'pair/create',
      'pair/connect',
      'pair/discard',
      'settings/change',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'key/sign', 'key/export')),
  },
);
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', KEY_ID, 'production', 'demo', '../demo', 'https://example.com', pem.slice(0, 60)),
);
const field = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.constantFrom(0, 30, 60, 3600));
const takes = fc.oneof(
  fc.anything(),
  fc.dictionary(
    fc.constantFrom(
      'environment',
      'keyId',
      'privateKey',
      'replaces',
      'evenUnchecked',
      'evenIfItCanAct',
      'accountId',
      'passphrase',
      'badgeFigure',
      'periodSeconds',
      'path',
      'method',
      'url',
      '__proto__',
    ),
    field,
  ),
);

/** Of the right shape, so that it gets past the door. */
const key = {
  environment: fc.constantFrom('production', 'demo'),
  keyId: fc.oneof({ weight: 3, arbitrary: fc.constant(KEY_ID) }, { weight: 1, arbitrary: text }),
  privateKey: fc.oneof({ weight: 3, arbitrary: fc.constant(pem) }, { weight: 1, arbitrary: text }),
};
const choices = {
  evenUnchecked: fc.boolean(),
  evenIfItCanAct: fc.boolean(),
  passphrase: fc.constantFrom(undefined, 'short'),
  replaces: fc.oneof(fc.constant(undefined), text),
};
const command = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(name, takes) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('key/check'), fc.record(key)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('key/save'), fc.record({ ...key, ...choices })) },
);

test(`${RUNS} commands`, { timeout: 120_000 }, async () => {
  const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) => vi.spyOn(console, level as 'log'));
  const connected = await world.command('key/save', saving(pem));
  expect(connected).toMatchObject({ ok: true });
  const sent = vi.spyOn(globalThis, 'fetch');
  await fc.assert(
    fc.asyncProperty(command, async ([command, takes]) => {
      const answer = JSON.stringify((await world.browser.send({ command, takes })) ?? null);
      expect(answer).not.toContain(secretText);
      expect(answer).not.toMatch(/CryptoKey|SIGNATURE":|BEGIN/);
      expect(answer).not.toContain(PASSPHRASE);
    }),
    { numRuns: RUNS },
  );
  expect(sent).toHaveBeenCalled();
  for (const [url] of sent.mock.calls) {
    expect(String(url)).toMatch(
      /^https:\/\/external-api\.kalshi\.com\/trade-api\/v2\/(portfolio\/balance|api_keys)$/,
    );
  }
  for (const spy of logged) expect(spy).not.toHaveBeenCalled();
});
