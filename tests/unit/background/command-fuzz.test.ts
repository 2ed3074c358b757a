// Random commands: none returns a key or a signature, none sends a request outside the table.
//   FUZZ_RUNS=… for more. Nightly it is ten thousand (.github/workflows/matrix.yml); faults seeded on purpose are found within 300.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { CommandName } from '../../../src/commands/commands.ts';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, KEY_ID, saving, withBackground } from './background-harness.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const { pem } = makeKey('Ed25519');
const secretText = pem.split('\n')[1] ?? '';
const PASSPHRASE = 'a canary in four words';

/** Every command: the compiler reports one that is missing in the list. */
const COMMANDS: Record<CommandName, true> = {
  'key/check': true,
  'key/save': true,
  'account/lock': true,
  'account/unlock': true,
  'account/refresh': true,
  'account/poll-if-due': true,
  'account/forget': true,
  'account/rename': true,
  'account/protect': true,
  'account/accept-scopes': true,
  'pair/create': true,
  'pair/connect': true,
  'pair/discard': true,
  'history/delete': true,
  'storage/reset': true,
  'backup/create': true,
  'backup/restore': true,
  'update/seen': true,
  'alerts/change': true,
  'alerts/seen': true,
  'settings/change': true,
  'settings/reset': true,
};
/** Stands for the id of the account that is connected. */
const ACCOUNT = '<account>';

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...Object.keys(COMMANDS)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'key/sign', 'key/export')),
  },
);
const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    ACCOUNT,
    PASSPHRASE,
    KEY_ID,
    'production',
    'demo',
    '../demo',
    'https://example.com',
    pem.slice(0, 60),
  ),
);
const field = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.constantFrom(0, 30, 60, 3600));
const params = fc.oneof(
  fc.anything(),
  fc.dictionary(
    fc.constantFrom(
      'environment',
      'keyId',
      'privateKey',
      'replaces',
      'allowUnchecked',
      'acceptScopes',
      'accountId',
      'passphrase',
      'next',
      'keyType',
      'label',
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

/** Of the right shape, so that it passes validation. */
const key = {
  environment: fc.constantFrom('production', 'demo'),
  keyId: fc.oneof({ weight: 3, arbitrary: fc.constant(KEY_ID) }, { weight: 1, arbitrary: text }),
  privateKey: fc.oneof({ weight: 3, arbitrary: fc.constant(pem) }, { weight: 1, arbitrary: text }),
};
const choices = {
  allowUnchecked: fc.boolean(),
  acceptScopes: fc.constantFrom(undefined, null, ['read', 'write']),
  passphrase: fc.constantFrom(undefined, 'short', PASSPHRASE),
  replaces: fc.oneof(fc.constant(undefined), text),
};
/** A backup without an account. */
const content = gzipSync('{"accounts":{"v":1,"data":[]},"settings":null,"records":{}}');
const backup = JSON.stringify({
  format: 'balance-badge-backup',
  version: 1,
  createdAt: 1,
  sha256: createHash('sha256').update(content).digest('base64'),
  content: content.toString('base64'),
});
const account = { accountId: fc.constant(ACCOUNT) };
const passphrase = fc.constantFrom(PASSPHRASE, 'not this one');
/** Valid parameters, for commands that random fields hardly ever match. */
const SHAPED: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  'account/forget': account,
  'account/lock': account,
  'account/poll-if-due': account,
  'account/refresh': account,
  'account/accept-scopes': { ...account, scopes: fc.constantFrom(null, ['read', 'write']) },
  'history/delete': account,
  'alerts/seen': account,
  'alerts/change': {
    ...account,
    rules: fc.record(
      { totalAbove: fc.constantFrom(null, 1_000_000), fill: fc.boolean() },
      { requiredKeys: [] },
    ),
  },
  'settings/reset': {},
  'settings/change': { hideAmounts: fc.boolean() },
  'update/seen': {},
  'pair/discard': {},
  'backup/create': { passphrase: fc.constantFrom(undefined, PASSPHRASE) },
  'backup/restore': { text: fc.oneof(fc.constant(backup), fc.string()) },
  'account/rename': { ...account, label: fc.string({ maxLength: 40 }) },
  'account/unlock': { ...account, passphrase },
  'account/protect': { ...account, passphrase, next: fc.constantFrom(PASSPHRASE, null, 'aaaaaaaa') },
  'pair/create': {
    environment: fc.constant('production'),
    keyType: fc.constantFrom('Ed25519'),
    passphrase: fc.constantFrom(undefined, PASSPHRASE),
  },
  'pair/connect': {
    keyId: fc.constant(KEY_ID.replace('0', '1')),
    acceptScopes: fc.constantFrom(undefined, null, ['read', 'write']),
  },
};
const command: fc.Arbitrary<[string, unknown]> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(name, params) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('key/check'), fc.record(key)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('key/save'), fc.record({ ...key, ...choices })) },
  ...Object.entries(SHAPED).map(([name, fields]) => ({
    weight: 1,
    arbitrary: fc.tuple(fc.constant(name), fc.record(fields)),
  })),
);

const ok = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const own = { accountId: ACCOUNT };
const pair = { environment: 'production', keyType: 'Ed25519' };
/** One command of each kind, in an order in which each is accepted: random ones alone reach some only by chance. */
const STORY: [CommandName, unknown][] = [
  ['key/check', ok],
  ['key/save', { ...ok, allowUnchecked: true, acceptScopes: null, passphrase: PASSPHRASE }],
  ['account/refresh', own],
  ['account/poll-if-due', own],
  ['account/rename', { ...own, label: 'first' }],
  ['account/accept-scopes', { ...own, scopes: null }],
  ['alerts/change', { ...own, rules: { fill: true } }],
  ['alerts/seen', own],
  ['account/lock', own],
  ['account/unlock', { ...own, passphrase: PASSPHRASE }],
  ['account/protect', { ...own, passphrase: PASSPHRASE, next: PASSPHRASE }],
  ['history/delete', own],
  ['settings/change', { hideAmounts: true }],
  ['settings/reset', {}],
  ['update/seen', {}],
  ['backup/create', {}],
  ['backup/restore', { text: backup }],
  ['pair/create', pair],
  ['pair/connect', { keyId: KEY_ID.replace('0', '1'), acceptScopes: null }],
  ['pair/discard', {}],
  ['account/forget', own],
];

/** The id of the first account, if there is one. */
function connectedId(): string | undefined {
  const accounts = harness.browser.local.accounts as { data: { id: string }[] } | undefined;
  return accounts?.data[0]?.id;
}

test(`${RUNS} commands`, { timeout: 120_000 }, async () => {
  const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) => vi.spyOn(console, level as 'log'));
  const sent = vi.spyOn(globalThis, 'fetch');
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(command, async ([command, params]) => {
      harness.now += 13_000; // limits per minute reset
      const id = connectedId();
      if (!id) {
        const saved = await harness.command('key/save', { ...saving(pem), passphrase: PASSPHRASE });
        expect(saved).toMatchObject({ ok: true });
        done.add('key/save');
      }
      const named = JSON.parse(JSON.stringify(params ?? null)?.replaceAll(ACCOUNT, id ?? '') ?? 'null');
      const message =
        params && Object.hasOwn(params, 'accountId') ? { command, params: named } : { command, params };
      const answer = JSON.stringify((await harness.browser.send(message)) ?? null);
      if (answer.startsWith('{"ok":true')) done.add(command);
      expect(answer).not.toContain(secretText);
      expect(answer).not.toMatch(/CryptoKey|SIGNATURE":|BEGIN/);
      expect(answer).not.toContain(PASSPHRASE);
    }),
    { numRuns: RUNS + STORY.length, examples: STORY.map((each): [[string, unknown]] => [each]) },
  );
  expect(sent).toHaveBeenCalled();
  const paths = Object.values(PATHS).join('|');
  const allowed = new RegExp(`^https://external-api\\.kalshi\\.com(${paths})(\\?|$)`);
  for (const [url, init] of sent.mock.calls) {
    expect(String(url)).toMatch(allowed);
    expect(init?.method).toBe('GET');
  }
  for (const spy of logged) expect(spy).not.toHaveBeenCalled();
  // Commands of every kind passed validation. Starting over is refused because the state is readable.
  expect([...done].sort()).toEqual(
    Object.keys(COMMANDS)
      .filter((name) => name !== 'storage/reset')
      .sort(),
  );
});
