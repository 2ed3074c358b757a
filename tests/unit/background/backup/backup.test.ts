// Making and restoring backups: between browsers, merged, repeated, interrupted, and files that cannot be used.

import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../src/domain/accounts/settings.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { traderLedger } from '../../../exchange/trader.ts';
import { seeded } from '../../../fakes/random.ts';
import { clearRecords } from '../../../fakes/records.ts';
import {
  BackgroundHarness,
  balance,
  KEY_ID,
  perpsEquity,
  START,
  saving,
  withBackground,
} from '../background-harness.ts';
import { type BackupFile, createBackup, edited, restoreBackup } from './backup-files.ts';

const { pem } = makeKey('Ed25519');
const DAY = 86_400_000;
const PASSPHRASE = 'a canary in four words';

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

type Records = Record<string, [key: unknown, value: unknown][]>;

/** The stored samples and fills, each by itself, and the other records of results. */
async function recordsStored(): Promise<{ history: Records; results: Records }> {
  const history: Records = { samples: [] };
  const results: Records = {};
  const open = indexedDB.open('records', 1);
  await new Promise((resolve, reject) => {
    open.onupgradeneeded = () => open.result.createObjectStore('records');
    open.onsuccess = resolve;
    open.onerror = reject;
  });
  const store = open.result.transaction('records').objectStore('records');
  await new Promise<void>((resolve, reject) => {
    const cursor = store.openCursor();
    cursor.onerror = reject;
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve();
      const [account, , kind = '', name] = cursor.result.key as string[];
      const [, value] = cursor.result.value;
      const [, tier] = kind.split('history-');
      const rows: [unknown, unknown][] = Array.isArray(value)
        ? value.map((row) => [[account, tier ? Number(tier) : name, row[0]], row])
        : [[[account, name], value]];
      if (tier) history.samples?.push(...rows);
      else if (kind !== 'holdings') results[kind] = [...(results[kind] ?? []), ...rows];
      cursor.result.continue();
    };
  });
  open.result.close();
  return { history, results };
}

/** Everything that is stored except keys and what is in memory. */
const stored = async () => ({
  local: structuredClone(harness.browser.local),
  ...(await recordsStored()),
});

/** Another browser: its own storage, nothing in it. */
async function otherBrowser(): Promise<void> {
  harness = new BackgroundHarness();
  await harness.wake();
}

const backUp = (passphrase?: string) => createBackup(harness, passphrase);
const restore = (text: string, passphrase?: string) => restoreBackup(harness, text, passphrase);

/** A member who has traded for two months, connected and read to the end, with rules and settings of their own. */
async function connectTrader(): Promise<string> {
  const ledger = traderLedger({
    fills: 200,
    random: seeded(7),
    end: START,
    days: 60,
    cash: 90_000_000_000n,
  });
  harness.answerAs(new Member({ ledger }));
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 20; minute++) await harness.passMinutes(1);
  await harness.command('account/rename', { accountId, label: 'Main' });
  await harness.command('alerts/change', { accountId, rules: { totalBelow: 5_000_000, payout: true } });
  await harness.command('settings/change', { badgeFigure: 'total', shownAccount: accountId });
  return accountId;
}

const account = (index = 0) =>
  (harness.browser.local.accounts as { data: Record<string, unknown>[] }).data[index] ?? {};

test('into an empty browser: everything but the key, which the account asks for; then it goes on', async () => {
  const accountId = await connectTrader();
  const before = await stored();
  const samples = before.history.samples ?? [];
  const fills = before.results.fills ?? [];
  expect(samples.length).toBeGreaterThan(20);
  expect(fills).toHaveLength(200);
  const text = await backUp();

  await otherBrowser();
  expect(await restore(text)).toEqual({ ok: true, value: { accounts: 1, balances: 21 } });
  const after = await stored();
  expect(after.history).toEqual(before.history);
  expect(after.results).toEqual(before.results);
  expect(account()).toMatchObject({ id: accountId, label: 'Main', keyId: KEY_ID, protection: 'none' });
  expect(after.local.settings).toEqual(before.local.settings);
  expect(harness.data()).toMatchObject({
    snapshot: {
      figures: before.local[`account/${accountId}`] && expect.anything(),
      outcome: { kind: 'key-missing' },
    },
    alerts: { rules: { totalBelow: 5_000_000, payout: true }, memory: {} },
  });
  expect(harness.browser.toolbar.text).not.toBe('');

  // No request without its key, whatever happens.
  await harness.passMinutes(5);
  expect(harness.requests).toEqual([]);
  const figures = harness.data().snapshot.figures;
  harness.answer = balance('123');
  const saved = await harness.command('key/save', { ...saving(pem), replaces: accountId });
  expect(saved).toEqual({ ok: true, value: { accountId } });
  expect(harness.data().snapshot).toMatchObject({ figures: { cash: 123_000_000 }, outcome: { kind: 'ok' } });
  expect(figures).not.toBeNull();
  expect((await stored()).history.samples?.length).toBeGreaterThanOrEqual(samples.length);
});

test('a restored balance is the one that was backed up, with its time', async () => {
  await connectTrader();
  const { figures } = harness.data().snapshot;
  const text = await backUp();
  await otherBrowser();
  await restore(text);
  expect(harness.data().snapshot.figures).toEqual(figures);
});

test('perps that are known stay part of the total where they cannot be read when the key is entered', async () => {
  harness.perps = perpsEquity('50.0100');
  await harness.connect(saving(pem));
  const file = await backUp();
  await otherBrowser();
  harness.perps = () => new Response('', { status: 500 });
  await restore(file);
  harness.now += 60_000;
  await harness.connect(saving(pem));
  expect(harness.data().snapshot.figures).toMatchObject({ cash: 98_018_600, perps: 50_010_000 });
});

test('no key, no secret and no reference of one is in the file', async () => {
  await harness.connect({ ...saving(pem), passphrase: PASSPHRASE });
  const text = await backUp();
  const content = gunzipSync(Buffer.from((JSON.parse(text) as BackupFile).content, 'base64')).toString();
  const secrets = Object.values((harness.browser.session as { unlocked: object }).unlocked);
  expect(secrets).toHaveLength(1);
  for (const secret of [...secrets, pem.split('\n')[1], PASSPHRASE, account().keyRef]) {
    expect(content).not.toContain(secret);
  }
});

test('into a browser with more: what is here stays, what is missing is added', async () => {
  const first = await connectTrader();
  const text = await backUp();
  const backedUp = await stored();

  await otherBrowser();
  harness.now = START + 3 * DAY;
  harness.answer = balance('55');
  const here = await harness.connect(saving(pem)); // the same key, under another id
  expect(here).not.toBe(first);
  await harness.passMinutes(2);
  await harness.command('account/rename', { accountId: here, label: 'Mine' });
  await harness.command('settings/change', { badgeFigure: 'change' });
  const before = await stored();
  const keys = await harness.keys();
  const data = harness.data();

  const result = await restore(text);
  // Of two days and five minutes ago: the tier of every sample no longer keeps them, the others do.
  expect(result).toMatchObject({ ok: true, value: { accounts: 0, balances: expect.any(Number) } });
  expect((harness.browser.local.accounts as { data: unknown[] }).data).toHaveLength(1);
  expect(account()).toMatchObject({ id: here, label: 'Mine', keyRef: keys[0] });
  expect(await harness.keys()).toEqual(keys);
  expect(harness.data()).toMatchObject({ snapshot: data.snapshot, day: data.day });
  expect(harness.data().alerts?.rules).toMatchObject({ totalBelow: 5_000_000 });
  expect((harness.browser.local.settings as { data: unknown }).data).toEqual({
    ...DEFAULT_SETTINGS,
    badgeFigure: 'change',
    shownAccount: here,
  });
  const slots = (dump: Records, tier: number) =>
    (dump.samples ?? []).map(([key]) => key as [string, number, number]).filter((key) => key[1] === tier);
  const after = await stored();
  for (const tier of [1, 2, 3]) {
    const union = new Set(
      [...slots(backedUp.history, tier), ...slots(before.history, tier)].map((key) => key[2]),
    );
    expect(slots(after.history, tier).map((key) => key[2])).toEqual([...union].sort((a, b) => a - b));
    expect(slots(after.history, tier).every(([id]) => id === here)).toBe(true);
  }
});

test('restored again, nothing changes', async () => {
  await connectTrader();
  const text = await backUp();
  await otherBrowser();
  await restore(text);
  const once = await stored();
  expect(await restore(text)).toEqual({ ok: true, value: { accounts: 0, balances: 0 } });
  expect(await stored()).toEqual(once);
});

test('restored where it was made, nothing changes', async () => {
  await connectTrader();
  const text = await backUp();
  const before = await stored();
  expect(await restore(text)).toEqual({ ok: true, value: { accounts: 0, balances: 0 } });
  expect(await stored()).toEqual(before);
});

test('under a passphrase: with it, without it, with a wrong one', async () => {
  await connectTrader();
  const text = await backUp(PASSPHRASE);
  expect(text).not.toContain('"content"');
  await otherBrowser();
  const empty = await stored();
  for (const [passphrase, fault] of [
    [undefined, 'passphrase-needed'],
    ['not this one at all', 'passphrase-wrong'],
  ] as const) {
    expect(await restore(text, passphrase)).toEqual({ ok: false, problem: { kind: 'backup', fault } });
    expect(await stored()).toEqual(empty);
  }
  expect(await restore(text, PASSPHRASE)).toMatchObject({ ok: true, value: { accounts: 1 } });
});

test('a weak passphrase is refused, as for a key', async () => {
  await harness.connect(saving(pem));
  expect(await harness.command('backup/create', { passphrase: 'short' })).toMatchObject({
    ok: false,
    problem: { kind: 'passphrase-refused' },
  });
});

test('while an account is locked, no backup is made; nor if it is locked meanwhile', async () => {
  const accountId = await harness.connect({ ...saving(pem), passphrase: PASSPHRASE });
  const making = harness.command('backup/create', {});
  await harness.command('account/lock', { accountId });
  const refused = { ok: false, problem: { kind: 'backup', fault: 'locked' } };
  expect(await making).toEqual(refused);
  expect(await harness.command('backup/create', {})).toEqual(refused);
  expect(harness.browser.local.installation).toBeUndefined();
});

test('the time of the backup is noted', async () => {
  await harness.connect(saving(pem));
  harness.now += 5_000;
  await backUp();
  expect(harness.browser.local.installation).toEqual({
    v: 1,
    data: { backupAt: START + 5_000, updatedTo: null },
  });
});

test.each([false, true])(
  'a file that was cut off or changed changes nothing (encrypted: %s)',
  async (encrypted) => {
    await connectTrader();
    const passphrase = encrypted ? PASSPHRASE : undefined;
    const text = await backUp(passphrase);
    const { history, results } = await stored();
    const whole = { history, results };
    await otherBrowser();
    const empty = await stored();
    const random = seeded(11);
    const position = () => Math.floor(random() * text.length);
    const wrong = [
      '',
      'null',
      '{}',
      '[]',
      'not a backup',
      ...Array.from({ length: 60 }, () => text.slice(0, position())),
      ...Array.from({ length: 60 }, () => {
        const at = position();
        return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      }),
    ];
    let refused = 0;
    for (const each of wrong) {
      const result = await restore(each, passphrase);
      if (result.ok) {
        // What changed was not the content: the time of the backup, or a name that is not read.
        const { history, results } = await stored();
        expect({ history, results }).toEqual(whole);
        await otherBrowser();
        continue;
      }
      refused++;
      expect(result.problem).toEqual({
        kind: 'backup',
        fault: expect.stringMatching(/^(not-a-backup|newer|damaged|passphrase-wrong)$/),
      });
      expect(await stored()).toEqual(empty);
    }
    expect(refused).toBeGreaterThan(100);
  },
);

test('a file of a newer version changes nothing, and says so', async () => {
  await connectTrader();
  const text = await backUp();
  await otherBrowser();
  const empty = await stored();
  type Item = { v: number };
  const newer = [
    JSON.stringify({ ...JSON.parse(text), version: 2 }),
    JSON.stringify({ format: 'balance-badge-backup', version: 2, anything: 'else' }),
    edited(text, (content: { accounts?: Item }) => {
      (content.accounts as Item).v = 99;
    }),
    edited(text, (content: { settings?: Item }) => {
      (content.settings as Item).v = 99;
    }),
    edited(text, (content: { records?: Record<string, { account: Item }> }) => {
      for (const each of Object.values(content.records ?? {})) each.account.v = 99;
    }),
  ];
  for (const each of newer) {
    expect(await restore(each)).toEqual({ ok: false, problem: { kind: 'backup', fault: 'newer' } });
    expect(await stored()).toEqual(empty);
  }
});

test('a file whose content is not what it should be changes nothing, although its checksum is right', async () => {
  await connectTrader();
  const text = await backUp();
  await otherBrowser();
  const empty = await stored();
  type Content = {
    accounts: { data: Record<string, unknown>[] };
    records: Record<string, { history: unknown[][][]; results: { fills: unknown[][]; markets: object[] } }>;
  };
  const edits: ((content: Content) => void)[] = [
    ({ accounts }) => Object.assign(accounts.data[0] ?? {}, { environment: 'elsewhere' }),
    ({ accounts }) => Object.assign(accounts, { data: 'none' }),
    ({ records }) => Object.values(records)[0]?.history[0]?.[0]?.splice(2, 1, '98.01'),
    ({ records }) => Object.values(records)[0]?.history[0]?.[0]?.splice(2, 1, 0.5),
    ({ records }) => Object.values(records)[0]?.results.fills[0]?.splice(4, 1, null),
    ({ records }) => Object.assign(Object.values(records)[0]?.results.markets[0] ?? {}, { parts: 5 }),
    ({ records }) => Object.assign(Object.values(records)[0] ?? {}, { account: { v: 1, data: [] } }),
  ];
  for (const edit of edits) {
    const changed = edited(text, edit as never);
    expect(await restore(changed)).toEqual({ ok: false, problem: { kind: 'backup', fault: 'damaged' } });
    expect(await stored()).toEqual(empty);
  }
});

test('killed at any step, the account is there with everything or not at all, and restoring again completes it', async () => {
  await connectTrader();
  const text = await backUp();
  const whole = await stored();
  let killed = true;
  for (let step = 1; killed; step += 3) {
    await otherBrowser();
    killed = await harness.killDuring(() => restore(text), step);
    harness.browser.restart();
    await harness.wake();
    await harness.browser.events.startup.emit(); // deletes what belongs to no account
    if (harness.browser.local.accounts === undefined) {
      const { history, results } = await stored();
      for (const rows of [...Object.values(history), ...Object.values(results)]) expect(rows).toEqual([]);
    } else {
      const { history, results } = await stored();
      expect({ history, results }).toEqual({ history: whole.history, results: whole.results });
    }
    expect(await restore(text)).toMatchObject({ ok: true });
    const { history, results } = await stored();
    expect({ history, results }).toEqual({ history: whole.history, results: whole.results });
  }
});

test('property: the order in which two browsers are merged makes no difference to the history', async () => {
  const { mergeHistoryRows, readHistoryRows } = await import('../../../../src/storage/records/history.ts');
  const sample = fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 299_999 }))
    .map(([slot, offset]) => {
      const at = START - DAY + slot * 300_000 + offset;
      // The amounts follow from the time: two browsers that read at the same time read the same.
      return [START - DAY + slot * 300_000, at, at % 1000, at % 7, at % 2 === 0 ? null : 5, 0] as const;
    });
  const tier = fc.uniqueArray(sample, { selector: ([slot]) => slot }).map((rows) => [[], rows, [], []]);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(tier, tier, async (a, b) => {
      const [one, other] = [clearRecords(`one ${++run}`), clearRecords(`other ${run}`)];
      for (const part of [a, b, a]) await mergeHistoryRows(one, part as never, START);
      for (const part of [b, a]) await mergeHistoryRows(other, part as never, START);
      const merged = await readHistoryRows(one);
      expect(merged).toEqual(await readHistoryRows(other));
      for (const [slot, at] of merged[1] ?? []) {
        const times = [...(a[1] ?? []), ...(b[1] ?? [])]
          .filter((each) => each[0] === slot)
          .map((each) => each[1]);
        expect(at).toBe(Math.max(...times));
      }
    }),
    { numRuns: 100 },
  );
});
