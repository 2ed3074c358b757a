// The commands of the pages. Their parameters are validated here, whoever sent them.

import * as v from 'valibot';
import type { CommandName, Commands } from '../commands/commands.ts';
import type { Result } from '../commands/problem.ts';
import { type Account, ENVIRONMENTS, KEY_TYPES, MAX_LABEL } from '../domain/accounts/account.ts';
import { isWider, type Scopes } from '../domain/accounts/key-scopes.ts';
import { choicesSchema } from '../domain/accounts/settings.ts';
import { ruleValuesSchema } from '../domain/alerts/rules.ts';
import type { Outcome } from '../domain/polling/outcome.ts';
import { displayedSnapshot } from '../view/displayed-account.ts';
import { changeProtection } from './accounts/change-protection.ts';
import { checkKey } from './accounts/check-key.ts';
import { connectKeyPair, createKeyPair, discardKeyPair } from './accounts/generated-key.ts';
import { lockAccount, unlockAccount } from './accounts/lock-account.ts';
import { deleteAllData, deleteHistory, forgetAccount } from './accounts/remove-account.ts';
import { saveKey } from './accounts/save-key.ts';
import { changeAlertRules, markAlertsSeen } from './alerts/change-rules.ts';
import { createBackup } from './backup/create-backup.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { markUpdateSeen } from './installation.ts';
import { poll } from './polling/poll.ts';
import { CommandRefused, runChange, runUnlockedChange } from './run-change.ts';
import { changeSettings, resetSettings } from './settings.ts';
import { getReadyState, StateUnreadable } from './store.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** A key file is about 2 kB; this is far above that. Characters. */
const MAX_KEY_TEXT = 65_536;

const draft = {
  environment: v.picklist(ENVIRONMENTS),
  keyId: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)),
  privateKey: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)),
};
const passphrase = v.pipe(v.string(), v.maxLength(1024));
const acceptableScopes = v.nullable(v.pipe(v.array(v.string()), v.maxLength(100)));
const accountId = v.strictObject({ accountId: v.string() });

const handlers: { [Name in CommandName]: Handler<Name> } = {
  'key/check': handler(v.strictObject(draft), checkKey),
  'key/save': handler(
    v.strictObject({
      ...draft,
      replaces: v.optional(v.string()),
      allowUnchecked: v.boolean(),
      acceptScopes: v.optional(acceptableScopes),
      passphrase: v.optional(passphrase),
      history: v.optional(v.picklist(['keep', 'new'])),
    }),
    saveKey,
  ),
  'pair/create': handler(
    v.strictObject({
      environment: v.picklist(ENVIRONMENTS),
      keyType: v.picklist(KEY_TYPES),
      passphrase: v.optional(passphrase),
    }),
    createKeyPair,
  ),
  'pair/connect': handler(
    v.strictObject({
      keyId: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)),
      acceptScopes: v.optional(acceptableScopes),
    }),
    connectKeyPair,
  ),
  'pair/discard': handler(v.strictObject({}), discardKeyPair),
  'account/forget': handler(accountId, (memory, { accountId }) => forgetAccount(memory, accountId)),
  'account/rename': handler(
    v.strictObject({ accountId: v.string(), label: v.pipe(v.string(), v.maxLength(MAX_LABEL)) }),
    (memory, { accountId, label }) => rename(memory, accountId, label),
  ),
  'account/refresh': handler(accountId, (memory, { accountId }) => refresh(memory, accountId)),
  'account/poll-if-due': handler(accountId, async (memory, { accountId }) => {
    await poll(memory, accountId, 'popup');
    return { ok: true, value: null };
  }),
  'history/delete': handler(accountId, (memory, { accountId }) => deleteHistory(memory, accountId)),
  'account/lock': handler(accountId, (memory, { accountId }) => lockAccount(memory, accountId)),
  'account/unlock': handler(v.strictObject({ accountId: v.string(), passphrase }), (memory, params) =>
    unlockAccount(memory, params.accountId, params.passphrase),
  ),
  'storage/reset': handler(v.strictObject({}), deleteAllData),
  'account/protect': handler(
    v.strictObject({ accountId: v.string(), passphrase, next: v.nullable(passphrase) }),
    (memory, { accountId, passphrase, next }) => changeProtection(memory, accountId, passphrase, next),
  ),
  'account/accept-scopes': handler(
    v.strictObject({ accountId: v.string(), scopes: acceptableScopes }),
    (memory, { accountId, scopes }) => acceptScopes(memory, accountId, scopes),
  ),
  'alerts/change': handler(
    v.strictObject({ accountId: v.string(), rules: v.partial(v.strictObject(ruleValuesSchema.entries)) }),
    (memory, { accountId, rules }) => changeAlertRules(memory, accountId, rules),
  ),
  'alerts/seen': handler(accountId, (memory, { accountId }) => markAlertsSeen(memory, accountId)),
  'backup/create': handler(v.strictObject({ passphrase: v.optional(passphrase) }), (memory, params) =>
    createBackup(memory, params.passphrase),
  ),
  'backup/restore': handler(
    v.strictObject({ text: v.string(), passphrase: v.optional(passphrase) }),
    (memory, params) => restoreBackup(memory, params.text, params.passphrase),
  ),
  'update/seen': handler(v.strictObject({}), markUpdateSeen),
  'settings/change': handler(v.partial(choicesSchema), changeSettings),
  'settings/reset': handler(v.strictObject({}), resetSettings),
};

/** Runs one command; `internal` for a name or parameters outside the list. */
export async function runCommand(
  memory: WorkerMemory,
  name: unknown,
  params: unknown,
): Promise<Result<unknown>> {
  const found = typeof name === 'string' && Object.hasOwn(handlers, name) && handlers[name as CommandName];
  if (!found) return { ok: false, problem: { kind: 'internal' } };
  try {
    // Nothing is written over a state that cannot be read: it may be of a newer version. Locking reads nothing first.
    if (!WITHOUT_STATE.includes(name)) await getReadyState(memory);
    return await found(memory, params);
  } catch (error) {
    if (error instanceof StateUnreadable) return { ok: false, problem: { kind: 'unreadable' } };
    throw error;
  }
}

const WITHOUT_STATE: string[] = ['storage/reset', 'account/lock'] satisfies CommandName[];

type Handler<Name extends CommandName> = (
  memory: WorkerMemory,
  params: unknown,
) => Promise<Result<Commands[Name]['result']>>;

function handler<Params, Value>(
  schema: v.GenericSchema<unknown, Params>,
  run: (memory: WorkerMemory, params: Params) => Promise<Result<Value>>,
): (memory: WorkerMemory, params: unknown) => Promise<Result<Value>> {
  return async (memory, params) => {
    const parsed = v.safeParse(schema, params);
    return parsed.success ? run(memory, parsed.output) : { ok: false, problem: { kind: 'internal' } };
  };
}

async function refresh(memory: WorkerMemory, accountId: string): Promise<Result<Outcome | null>> {
  await poll(memory, accountId, 'manual');
  return { ok: true, value: displayedSnapshot(await getReadyState(memory), accountId).outcome };
}

function rename(memory: WorkerMemory, accountId: string, label: string): Promise<Result<null>> {
  return runChange(memory, async ({ accounts }, write) => {
    const renamed = (each: Account) => (each.id === accountId ? { ...each, label: label.trim() } : each);
    await write({ accounts: accounts.map(renamed) });
    return null;
  });
}

/** @param accepted the scopes that the screen showed: if more were found meanwhile, the screen shows those now */
function acceptScopes(memory: WorkerMemory, accountId: string, accepted: Scopes): Promise<Result<null>> {
  return runUnlockedChange(memory, accountId, async ({ accounts }, write, account) => {
    const { scopes } = account;
    if (isWider(scopes, accepted)) throw new CommandRefused({ kind: 'can-act', scopes });
    const changed = { ...account, acceptedScopes: scopes };
    await write({ accounts: accounts.map((each) => (each === account ? changed : each)) });
    return null;
  });
}
