// Carries out what pages ask for. What comes in is checked here, whoever sent it.

import * as v from 'valibot';
import type { CommandName, Commands, Result } from '../platform/messages.ts';
import { type Account, ENVIRONMENTS, KEY_TYPES, MAX_LABEL } from '../portfolio/account.ts';
import type { Outcome } from '../portfolio/outcome.ts';
import { choicesSchema, type Settings } from '../portfolio/settings.ts';
import { readState, type State } from '../storage/state.ts';
import { replaceUnreadableSettings, writeState } from '../storage/write-state.ts';
import { startAutoLock } from './accounts/auto-lock.ts';
import { changeProtection } from './accounts/change-protection.ts';
import { deleteHistory } from './accounts/delete-history.ts';
import { connectKeyPair, createKeyPair, discardKeyPair } from './accounts/generated-key.ts';
import { lockAccount, unlockAccount } from './accounts/lock-account.ts';
import { checkKey, forgetAccount, saveKey } from './accounts/save-key.ts';
import { deleteAllData } from './accounts/start-over.ts';
import { changing } from './accounts/update-accounts.ts';
import { poll } from './polling/poll.ts';
import { readFirst } from './polling/read-ahead.ts';

/** A key file is about 2 kB; nobody has one of this size. Characters. */
const MAX_KEY_TEXT = 65_536;

const draft = {
  environment: v.picklist(ENVIRONMENTS),
  keyId: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)),
  privateKey: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)),
};
const passphrase = v.pipe(v.string(), v.maxLength(1024));
const accountId = v.strictObject({ accountId: v.string() });

const handlers: { [Name in CommandName]: Handler<Name> } = {
  'key/check': handler(v.strictObject(draft), checkKey),
  'key/save': handler(
    v.strictObject({
      ...draft,
      replaces: v.optional(v.string()),
      allowUnchecked: v.boolean(),
      acceptPower: v.boolean(),
      passphrase: v.optional(passphrase),
      sessionOnly: v.optional(v.boolean()),
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
    v.strictObject({ keyId: v.pipe(v.string(), v.maxLength(MAX_KEY_TEXT)), acceptPower: v.boolean() }),
    connectKeyPair,
  ),
  'pair/discard': handler(v.strictObject({}), discardKeyPair),
  'account/forget': handler(accountId, ({ accountId }) => forgetAccount(accountId)),
  'account/rename': handler(
    v.strictObject({ accountId: v.string(), label: v.pipe(v.string(), v.maxLength(MAX_LABEL)) }),
    ({ accountId, label }) => rename(accountId, label),
  ),
  'account/refresh': handler(accountId, ({ accountId }, state) => refresh(accountId, state)),
  'account/look': handler(accountId, async ({ accountId }, state) => {
    await poll(accountId, 'look', state);
    return { ok: true, value: null };
  }),
  'history/delete': handler(accountId, ({ accountId }) => deleteHistory(accountId)),
  'account/lock': handler(accountId, ({ accountId }) => lockAccount(accountId)),
  'account/unlock': handler(v.strictObject({ accountId: v.string(), passphrase }), (takes) =>
    unlockAccount(takes.accountId, takes.passphrase),
  ),
  'storage/reset': handler(v.strictObject({}), deleteAllData),
  'account/protect': handler(
    v.strictObject({ accountId: v.string(), passphrase, next: v.nullable(passphrase) }),
    ({ accountId, passphrase, next }) => changeProtection(accountId, passphrase, next),
  ),
  'account/accept-scopes': handler(accountId, ({ accountId }) => acceptScopes(accountId)),
  'settings/change': handler(v.partial(choicesSchema), changeSettings),
  'settings/reset': handler(v.strictObject({}), resetSettings),
};

/** Runs one command; `internal` for a name or a body outside the map. */
export async function runCommand(name: unknown, takes: unknown): Promise<Result<unknown>> {
  const found = typeof name === 'string' && Object.hasOwn(handlers, name) && handlers[name as CommandName];
  if (!found) return { ok: false, problem: { kind: 'internal' } };
  // Nothing is written over what cannot be read, but for starting over: it may be of a newer version. Locking waits for
  // nothing that is stored.
  if (WITHOUT_STATE.includes(name)) return found(takes, NOT_READ);
  const state = await readFirst();
  if (state.kind === 'unreadable') return { ok: false, problem: { kind: 'unreadable' } };
  return found(takes, state);
}

const WITHOUT_STATE: string[] = ['storage/reset', 'account/lock'] satisfies CommandName[];
const NOT_READ: State = {
  kind: 'unreadable',
  readFailed: true,
  unreadable: () => [],
  failing: { local: false, history: false },
};

type Handler<Name extends CommandName> = (
  takes: unknown,
  state: State,
) => Promise<Result<Commands[Name]['gives']>>;

function handler<Takes, Gives>(
  schema: v.GenericSchema<unknown, Takes>,
  run: (takes: Takes, state: State) => Promise<Result<Gives>>,
): (takes: unknown, state: State) => Promise<Result<Gives>> {
  return async (takes, state) => {
    const parsed = v.safeParse(schema, takes);
    return parsed.success ? run(parsed.output, state) : { ok: false, problem: { kind: 'internal' } };
  };
}

async function refresh(accountId: string, state: State): Promise<Result<Outcome | null>> {
  await poll(accountId, 'user', state);
  const after = await readState();
  if (after.kind === 'unreadable') return { ok: false, problem: { kind: 'unreadable' } };
  return { ok: true, value: after.snapshotOf(accountId).outcome };
}

async function changeSettings(
  change: { [K in keyof Settings]?: Settings[K] | undefined },
): Promise<Result<null>> {
  const result = await changing(async (state) => {
    await writeState(state, { settings: { ...state.settings, ...change } as Settings });
    return null;
  });
  startAutoLock();
  return result;
}

function resetSettings(): Promise<Result<null>> {
  return changing(async (state) => {
    await replaceUnreadableSettings(state);
    return null;
  });
}

function rename(accountId: string, label: string): Promise<Result<null>> {
  return changeAccount(accountId, (account) => ({ ...account, label: label.trim() }));
}

function acceptScopes(accountId: string): Promise<Result<null>> {
  return changeAccount(accountId, (account) => ({ ...account, acceptedScopes: account.scopes }));
}

function changeAccount(accountId: string, change: (account: Account) => Account): Promise<Result<null>> {
  return changing(async (state) => {
    const accounts = state.accounts.map((account) => (account.id === accountId ? change(account) : account));
    await writeState(state, { accounts });
    return null;
  });
}
