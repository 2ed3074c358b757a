// Encrypting records anew after a change of the protection: interrupted at every step, everything stays readable, and what is
// left is encrypted later.
import { expect, test, vi } from 'vitest';
import type { Account } from '../../../../src/domain/accounts/account.ts';
import { readKind, writeRecords } from '../../../../src/storage/records/database.ts';
import { AccountLocked, openRecordsOf } from '../../../../src/storage/records/open-records.ts';
import { recordOf } from '../../../../src/storage/records/results.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { clearRecords } from '../../../fakes/records.ts';
import { BackgroundHarness, OTHER_KEY_ID, saving, withBackground } from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
const NEXT = 'another five words';
const { pem } = makeKey('Ed25519');
const other = makeKey('Ed25519').pem;
/** More than one part. */
const NAMES = Array.from({ length: 210 }, (_, index) => `MARKET-${index}`);
/** How many steps it may take at most. */
const MANY = 150;

let harness: BackgroundHarness;
let accountId: string;
withBackground((entered) => {
  harness = entered;
});

type Change = [what: string, passphrase: string | undefined, change: () => Promise<unknown>];
const CHANGES: Change[] = [
  [
    'adding a passphrase with Replace key',
    undefined,
    () =>
      harness.command('key/save', {
        ...saving(other),
        ...{ keyId: OTHER_KEY_ID, replaces: accountId, history: 'keep', passphrase: NEXT },
      }),
  ],
  [
    'changing the passphrase',
    PASSPHRASE,
    () => harness.command('account/protect', { accountId, passphrase: PASSPHRASE, next: NEXT }),
  ],
  [
    'removing the passphrase',
    PASSPHRASE,
    () => harness.command('account/protect', { accountId, passphrase: PASSPHRASE, next: null }),
  ],
];

const account = () => (harness.browser.local.accounts as { data: Account[] }).data[0];

/** An account with records. */
async function prepare(passphrase: string | undefined): Promise<void> {
  harness.lifetime.ended = true;
  harness = new BackgroundHarness();
  await harness.wake();
  accountId = await harness.connect({ ...saving(pem), ...(passphrase && { passphrase }) });
  await writeRecords(await openRecordsOf(accountId), {
    put: NAMES.map((name) => recordOf('markets', name, name)),
  });
  harness.now += 60_000;
}

async function expectWhole(step: string): Promise<void> {
  const records = await openRecordsOf(accountId);
  const found = await readKind<string>(records, 'markets');
  expect(found.map(({ value }) => value).sort(), step).toEqual([...NAMES].sort());
  expect(await readKind(records, 'history-0'), step).not.toEqual([]);
}

/** Unlocks the account if it is locked, lets a poll go by, and expects that everything has been encrypted anew. */
async function expectResumed(step: string): Promise<void> {
  const isLocked = await openRecordsOf(accountId).then(
    () => false,
    (error) => error instanceof AccountLocked,
  );
  if (isLocked) {
    await harness.command('account/unlock', { accountId, passphrase: NEXT });
  }
  await harness.passMinutes(1);
  await vi.waitFor(() => expect(account()?.records?.previous, step).toBeNull());
  await expectWhole(step);
  const inClear = await readKind(clearRecords(accountId), 'markets');
  if (account()?.protection === 'passphrase') expect(inClear, step).toEqual([]);
}

/** Makes a change and interrupts what follows it at its nth step, for every n. @returns the number of steps */
async function atEveryStep(
  [, passphrase, change]: Change,
  interrupt: (() => Promise<unknown>) | 'kill',
  check: (step: string) => Promise<void>,
): Promise<number> {
  for (let nth = 1; nth < MANY; nth++) {
    await prepare(passphrase);
    const { lifetime } = harness;
    let steps = 0;
    let interrupted: Promise<string> | undefined;
    lifetime.onStep = (name) => {
      if (!/^(storage|indexedDB)/.test(name)) return; // what is stored is the same at the next step
      if (!account()?.records?.previous || ++steps !== nth) return;
      if (interrupt === 'kill') lifetime.ended = true;
      const done = interrupt === 'kill' ? Promise.resolve() : Promise.resolve().then(interrupt);
      interrupted = done.then(() => `step ${nth}, ${name}`);
    };
    void change();
    await vi.waitFor(
      () => expect(interrupted ?? (account()?.records && !account()?.records?.previous)).toBeTruthy(),
      { interval: 1 },
    );
    lifetime.onStep = () => undefined;
    if (!interrupted) return nth - 1;
    await check(await interrupted);
  }
  throw new Error('it has no end');
}

test.each(CHANGES)('%s, killed at any step', { timeout: 60_000 }, async (...change) => {
  const steps = await atEveryStep(change, 'kill', async (step) => {
    await expectWhole(step).catch((error) => {
      if (!(error instanceof AccountLocked)) throw error;
    });
    await harness.wake();
    await expectResumed(step);
  });
  expect(steps).toBeGreaterThan(4);
});

test.each(CHANGES)('%s, locked at any step', { timeout: 60_000, tags: ['slow'] }, async (...change) => {
  const lock = () => harness.command('account/lock', { accountId });
  const steps = await atEveryStep(change, lock, expectResumed);
  expect(steps).toBeGreaterThan(4);
});

test('what fails is repeated with the next poll', async () => {
  await prepare(PASSPHRASE);
  const spy = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('', 'UnknownError');
  });
  await CHANGES[1]?.[2]();
  await harness.passMinutes(1);
  spy.mockRestore();
  expect(account()?.records?.previous).toBeTruthy();
  await expectResumed('a poll');
});

test('a record that the previous secret does not decrypt: it and the secret stay, and the others are encrypted', async () => {
  await prepare(PASSPHRASE);
  await writeRecords(clearRecords(accountId), { put: [recordOf('unnamed', 'OTHER', 1)] });
  await CHANGES[1]?.[2]();
  await harness.passMinutes(1);
  await harness.browser.events.startup.emit(); // deletes orphans
  expect(await readKind(clearRecords(accountId), 'unnamed')).toHaveLength(1);
  expect(await readKind(clearRecords(accountId), 'markets')).toEqual([]);
  expect(account()?.records?.previous?.secret).toEqual(expect.any(String));
  await expectWhole('afterwards');
});
