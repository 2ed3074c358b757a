/** @module-tag slow */
// Every command is interrupted at every one of its steps: by the Lock button, the screen lock, Forget, and the end of the
// background. A step is a call of the browser's API, of the network or of a database.
import { describe, expect, test } from 'vitest';
import type { CommandName } from '../../../src/commands/commands.ts';
import { makeKey } from '../../exchange/keys.ts';
import { BackgroundHarness, KEY_ID, OTHER_KEY_ID, saving, withBackground } from './background-harness.ts';

const PASSPHRASE = 'four words or more';
const NEXT = 'another five words';
const { pem } = makeKey('Ed25519');
const other = makeKey('Ed25519').pem;
const save = { ...saving(pem), passphrase: PASSPHRASE };
const replacing = () => ({ ...saving(other), keyId: OTHER_KEY_ID, replaces: accountId });
/** How many steps a command may have at most. */
const MANY = 150;

let harness: BackgroundHarness;
let accountId: string;
let backup: string;
withBackground((entered) => {
  harness = entered;
});

/** Every command with parameters with which it has its whole effect: a command without them is a type error. */
const COMMANDS: Record<CommandName, [what: string, params: () => object][]> = {
  'key/check': [['', () => ({ environment: 'production', keyId: OTHER_KEY_ID, privateKey: other })]],
  'key/save': [
    ['a new account', () => ({ ...save, keyId: OTHER_KEY_ID, privateKey: other })],
    ['the same key', () => save],
    ['another key, the history stays', () => ({ ...replacing(), history: 'keep', passphrase: NEXT })],
    ['another key, a new history', () => ({ ...replacing(), history: 'new', passphrase: NEXT })],
    ['another key, unprotected', () => ({ ...replacing(), history: 'keep' })],
    ['another key, unprotected, a new history', () => ({ ...replacing(), history: 'new' })],
  ],
  'pair/create': [['', () => ({ environment: 'production', keyType: 'Ed25519', passphrase: NEXT })]],
  'pair/connect': [['', () => ({ keyId: OTHER_KEY_ID })]],
  'pair/discard': [['', () => ({})]],
  'account/forget': [['', () => ({ accountId })]],
  'account/rename': [['', () => ({ accountId, label: 'Mine' })]],
  'account/refresh': [['', () => ({ accountId })]],
  'account/poll-if-due': [['', () => ({ accountId })]],
  'history/delete': [['', () => ({ accountId })]],
  'account/lock': [['', () => ({ accountId })]],
  'account/unlock': [['', () => ({ accountId, passphrase: PASSPHRASE })]],
  'storage/reset': [['', () => ({})]],
  'account/protect': [
    ['another passphrase', () => ({ accountId, passphrase: PASSPHRASE, next: NEXT })],
    ['none', () => ({ accountId, passphrase: PASSPHRASE, next: null })],
  ],
  'account/accept-scopes': [['', () => ({ accountId, scopes: null })]],
  'alerts/change': [['', () => ({ accountId, rules: { cashAbove: 1 } })]],
  'alerts/seen': [['', () => ({ accountId })]],
  'backup/create': [['', () => ({})]],
  'backup/restore': [['', () => ({ text: backup })]],
  'update/seen': [['', () => ({})]],
  'settings/change': [['', () => ({ periodSeconds: 300 })]],
  'settings/reset': [['', () => ({})]],
};
const CASES = Object.entries(COMMANDS).flatMap(([name, cases]) =>
  cases.map(([what, params]) => [`${name} ${what}`.trim(), name, params] as const),
);

interface StoredAccount {
  id: string;
  keyId: string;
  keyRef: string;
  protection: string;
}
const accounts = () => (harness.browser.local.accounts as { data: StoredAccount[] }).data;
const pending = () => (harness.browser.local.pending as { data: StoredAccount | null } | undefined)?.data;
const unlocked = () => Object.keys((harness.browser.session.unlocked as object | undefined) ?? {});

/** An unlocked account with a history and an alert rule, and an unlocked pending key pair. */
async function prepare(): Promise<void> {
  harness.lifetime.ended = true;
  harness = new BackgroundHarness();
  harness.browser.granted.add('notifications');
  await harness.wake();
  accountId = await harness.connect(save);
  await harness.command('alerts/change', { accountId, rules: { cashBelow: 99_000_000 } });
  const made = await harness.command<{ text: string }>('backup/create');
  if (made.ok) backup = made.value.text;
  await harness.command('pair/create', { environment: 'production', keyType: 'Ed25519', passphrase: NEXT });
  await harness.passMinutes(1);
  harness.now += 60_000;
}

/** What is stored, without what differs between two runs. */
const essence = () =>
  JSON.stringify([
    accounts().map(({ keyId, protection }) => [keyId, protection]),
    pending() && 1,
    harness.browser.local.settings,
  ]);

/**
 * Runs a command and interrupts it at its nth step, for every n: `end` takes the place of the step, and everything else
 * follows its call, because no event comes between two lines of code.
 */
async function atEveryStep(
  run: () => Promise<unknown>,
  interrupt: (() => Promise<unknown>) | 'end',
  check: (step: string, result: unknown) => Promise<void>,
  /** Called right before the step: what the step itself writes is not stored yet. */
  note: () => void = () => undefined,
): Promise<void> {
  for (let nth = 1; nth < MANY; nth++) {
    await prepare();
    let steps = 0;
    let step = '';
    let interrupted: Promise<unknown> | undefined;
    const { lifetime } = harness;
    const ended = new Promise<void>((resolve) => {
      lifetime.onStep = (name) => {
        if (++steps !== nth) return;
        step = `step ${nth}, ${name}`;
        note();
        lifetime.ended = interrupt === 'end';
        interrupted = interrupt === 'end' ? Promise.resolve(resolve()) : Promise.resolve().then(interrupt);
      };
    });
    const result = await Promise.race([run(), ended]);
    lifetime.onStep = () => undefined;
    if (!interrupted) return expect(nth).toBeGreaterThan(1);
    await interrupted;
    await check(step, result);
  }
  throw new Error('the command has no end');
}

const locks: [string, () => Promise<unknown>][] = [
  ['the Lock button', () => harness.command('account/lock', { accountId })],
  ['the screen lock', () => harness.browser.events.presence.emit('locked')],
];

describe.each(CASES)('%s', (_, name, params) => {
  const run = () => harness.command(name, params());

  test.each(locks)(
    '%s at any step: what was unlocked and protected is locked',
    { timeout: 60_000 },
    async (what, lock) => {
      let before: StoredAccount[] = [];
      let requests = 0;
      await atEveryStep(
        run,
        lock,
        async (step, result) => {
          const hit = what === 'the screen lock' ? before : before.filter(({ id }) => id === accountId);
          for (const { id } of hit) expect(unlocked(), step).not.toContain(id);
          const stillThere = accounts().filter(({ id }) => hit.some((each) => each.id === id));
          for (const { protection } of stillThere) expect(protection, step).toBe('passphrase');
          if (what === 'the screen lock') expect(unlocked(), step).toEqual([]);
          if (stillThere.length < accounts().length) return; // another account is shown
          expect(JSON.stringify([harness.browser.toolbar, harness.browser.session]), step).not.toContain('$');
          expect([...harness.browser.notifications], step).toEqual([]);
          if (!name.startsWith('key/'))
            expect(harness.requests.length - requests, step).toBeLessThanOrEqual(1);
          if (name === 'backup/create') expect(result, step).toMatchObject({ ok: false });
        },
        () => {
          before = structuredClone(accounts()).filter(({ protection }) => protection === 'passphrase');
          requests = harness.requests.length;
        },
      );
    },
  );

  test('Forget at any step: nothing of the account is left', { timeout: 60_000 }, async () => {
    await atEveryStep(
      run,
      () => harness.command('account/forget', { accountId }),
      async (step) => {
        if (name === 'backup/restore' && accounts().length > 0) return; // restored after it was forgotten
        expect(
          accounts().map(({ id }) => id),
          step,
        ).not.toContain(accountId);
        expect(unlocked(), step).not.toContain(accountId);
        expect(Object.keys(harness.browser.local).join(), step).not.toContain(accountId);
        expect(Object.keys(harness.browser.session).join(), step).not.toContain(accountId);
        expect(await harness.samples(accountId), step).toEqual([]);
        const refs = [...accounts(), ...[pending() ?? []].flat()].map(({ keyRef }) => keyRef);
        expect((await harness.keys()).sort(), step).toEqual(refs.sort());
      },
    );
  });

  test('the end of the background at any step: all or nothing, each account with its key', {
    timeout: 60_000,
  }, async () => {
    await prepare();
    await run();
    const whole = essence();
    await prepare();
    const before = essence();
    await atEveryStep(run, 'end', async (step) => {
      await harness.wake();
      await harness.browser.events.startup.emit();
      expect([before, whole], step).toContain(essence());
      const refs = [...accounts(), ...[pending() ?? []].flat()].map(({ keyRef }) => keyRef);
      expect((await harness.keys()).sort(), step).toEqual(refs.sort());
      const items = Object.keys(harness.browser.local).filter((key) => key.startsWith('account/'));
      for (const item of items)
        expect(
          accounts().map(({ id }) => `account/${id}`),
          step,
        ).toContain(item);
      if (
        accounts().some(({ id, keyId }) => id === accountId && keyId === KEY_ID) &&
        name !== 'history/delete'
      )
        expect((await harness.samples(accountId)).length, step).toBeGreaterThan(1);
    });
  });
});
