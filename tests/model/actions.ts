// The actions of the model: what a user, the exchange and the browser do, and what each has to lead to.
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  BALANCES,
  type Balance,
  expectInvariants,
  FAULTS,
  type Fault,
  FIGURES,
  type Figure,
  type Model,
  type Seen,
} from './model.ts';

/** What is tested: the background in a simulated browser, or a real browser. */
export interface Subject {
  /** Sends a command as a page does. `id` stands for the account. */
  command(
    name: string,
    params?: object,
  ): Promise<{ ok: boolean; value?: unknown; problem?: { kind: string } }>;
  connect(passphrase: string | undefined): Promise<{ ok: boolean }>;
  /** What the exchange answers from now on. */
  answer(balance: Balance, fault: Fault): void;
  /** Time passes, and the alarm fires. */
  passMinutes(minutes: number): Promise<void>;
  /** Sets the computer's clock. Hours; negative for back. */
  setClock(hours: number): void;
  setPermission(granted: boolean): Promise<void>;
  restartBrowser(): Promise<void>;
  /** Runs an action and ends the background at one of its steps, unless it ends before. @returns whether it was killed */
  killDuring(action: () => Promise<unknown>, atStep: number): Promise<boolean>;
  see(): Promise<Seen>;
  /** Expects that the balance requests since the last call were allowed. @returns how many there were */
  expectRequests(mayPoll: boolean, story: string): number;
  readonly story: string[];
}

export const PASSPHRASE = 'a canary in four words';

/** What an action changes in the model, and how it is done. Both are given the model as it was before. */
interface Action {
  name: string;
  possible(model: Readonly<Model>): boolean;
  run(subject: Subject, model: Readonly<Model>): Promise<unknown>;
  after(model: Model): void;
}

const always = () => true;
const connected = ({ account }: Readonly<Model>) => account !== null;

/** A poll that succeeds makes the balance of the exchange possible. */
function polled(model: Model): void {
  model.possible.add(model.balance);
}

const connect = (isProtected: boolean): Action => ({
  name: `connect ${isProtected ? 'with a passphrase' : ''}`.trim(),
  possible: ({ account, fault, permitted }) =>
    fault === 'none' && permitted && (account === null || !account.hasKey),
  run: async (subject) => {
    const { ok } = await subject.connect(isProtected ? PASSPHRASE : undefined);
    expect(ok, subject.story.join(', ')).toBe(true);
  },
  after: (model) => {
    if (!model.account) model.possible = new Set();
    model.account = { protected: isProtected, locked: false, hasKey: true };
    polled(model);
  },
});

const command = (
  name: string,
  params: object,
  possible: Action['possible'],
  after: Action['after'],
): Action => ({
  name: `${name} ${JSON.stringify(params)}`,
  possible,
  run: (subject) => subject.command(name, params),
  after,
});

const settings = (params: { hideAmounts?: boolean; badgeFigure?: Figure }): Action =>
  command('settings/change', params, always, (model) => {
    model.hidden = params.hideAmounts ?? model.hidden;
    model.figure = params.badgeFigure ?? model.figure;
  });

const isProtected = ({ account }: Readonly<Model>) => account?.protected === true;

const lock: Action = command('account/lock', {}, isProtected, (model) => {
  if (model.account) model.account.locked = true;
});

const unlock = (passphrase: string): Action =>
  command('account/unlock', { passphrase }, isProtected, (model) => {
    if (model.account && passphrase === PASSPHRASE) model.account.locked = false;
    polled(model);
  });

const forget: Action = command('account/forget', {}, connected, (model) => {
  model.account = null;
  model.possible = new Set();
});

const refresh = (name: string): Action => command(name, {}, connected, polled);

const pass = (minutes: number): Action => ({
  name: `${minutes} min pass`,
  possible: always,
  run: (subject) => subject.passMinutes(minutes),
  after: polled,
});

const exchange = (balance: Balance | undefined, fault: Fault | undefined): Action => ({
  name: balance ? `the balance is ${balance}` : `the exchange: ${fault}`,
  possible: always,
  run: async (subject, model) => subject.answer(balance ?? model.balance, fault ?? model.fault),
  after: (model) => {
    model.balance = balance ?? model.balance;
    model.fault = fault ?? model.fault;
  },
});

const clock = (hours: number): Action => ({
  name: `the clock is set by ${hours} h`,
  possible: always,
  run: async (subject) => subject.setClock(hours),
  after: () => undefined,
});

const permission = (granted: boolean): Action => ({
  name: granted ? 'access is granted' : 'access is removed',
  possible: ({ permitted }) => permitted !== granted,
  run: (subject) => subject.setPermission(granted),
  after: (model) => {
    model.permitted = granted;
    polled(model);
  },
});

const restart: Action = {
  name: 'the browser restarts',
  possible: always,
  run: (subject) => subject.restartBrowser(),
  after: (model) => {
    if (model.account?.protected) model.account.locked = true;
    polled(model);
  },
};

const backUp: Action = {
  name: 'back up',
  possible: always,
  run: async (subject, model) => {
    const { ok } = await subject.command('backup/create');
    expect(ok, subject.story.join(', ')).toBe(!model.account?.locked);
  },
  after: (model) => {
    if (model.account?.locked) return;
    const { account, hidden, figure, possible } = model;
    model.backup = { hasAccount: account !== null, hidden, figure, possible: new Set(possible) };
  },
};

const restore: Action = {
  name: 'restore',
  possible: ({ backup }) => backup !== null,
  run: (subject) => subject.command('backup/restore'),
  after: (model) => {
    const { backup } = model;
    if (!backup) return;
    // What was changed here stays; the rest is the backup's.
    model.hidden ||= backup.hidden;
    if (model.figure === 'cash') model.figure = backup.figure;
    if (model.account || !backup.hasAccount) return;
    model.account = { protected: false, locked: false, hasKey: false };
    model.possible = new Set(backup.possible);
  },
};

/** Long enough for every wait. */
const LONG = pass(600);

const ACTIONS: Action[] = [
  LONG,
  connect(false),
  connect(true),
  lock,
  unlock(PASSPHRASE),
  unlock('not this one'),
  forget,
  refresh('account/refresh'),
  refresh('account/poll-if-due'),
  command('history/delete', {}, connected, () => undefined),
  settings({ hideAmounts: true }),
  settings({ hideAmounts: false }),
  ...FIGURES.map((badgeFigure) => settings({ badgeFigure })),
  ...[0, 1, 2, 20].map(pass),
  ...(Object.keys(BALANCES) as Balance[]).map((balance) => exchange(balance, undefined)),
  ...FAULTS.map((fault) => exchange(undefined, fault)),
  clock(-3),
  clock(5),
  permission(false),
  permission(true),
  restart,
  backUp,
  restore,
];

function copy(model: Model): Model {
  return {
    ...model,
    account: model.account && { ...model.account },
    possible: new Set(model.possible),
  };
}

/** The part of the model that can be seen: what a killed action has either changed or not. */
const visible = ({ account, hidden, figure }: Model) =>
  JSON.stringify([account && [account.protected, account.locked], hidden, figure]);

class Step implements fc.AsyncCommand<Model, Subject> {
  constructor(
    readonly action: Action,
    /** At which step the background is killed; null for never. */
    readonly killAt: number | null,
  ) {}

  check = (model: Readonly<Model>) => this.action.possible(model);

  async run(model: Model, subject: Subject): Promise<void> {
    subject.story.push(this.toString());
    const story = subject.story.join(', ');
    const before = copy(model);
    const perform = () => this.action.run(subject, before);
    let killed = false;
    if (this.killAt === null) await perform();
    else killed = await subject.killDuring(perform, this.killAt);
    const after = copy(model);
    this.action.after(after);
    const seen = await subject.see();
    const results = killed ? [after, ...lockedMidway(before, after), before] : [after];
    const now = { ...(results.find((each) => matches(each, seen)) ?? after), possible: after.possible };
    if (killed) {
      now.backup = null; // one that was being made may be lost
      // A key that was being saved may be there already, and a forgotten account's balance still.
      for (const each of before.possible) now.possible.add(each);
    }
    Object.assign(model, now);
    expectInvariants(model, seen, story);
    const mayPoll = before.account !== null || after.account !== null;
    const wasLocked = before.account?.locked === true && after.account?.locked === true;
    const allowed = mayPoll && !wasLocked && (before.permitted || after.permitted);
    const sent = subject.expectRequests(allowed, story);
    const answers = !killed && model.fault === 'none' && model.account?.locked === false;
    if (answers && sent > 0) expect(seen.cash, `${story}: the last answer is shown`).toBe(model.balance);
    // Ten hours without trouble: whatever was before, the balance is current.
    const recovers = answers && model.permitted && model.account?.hasKey && seen.outcome === 'ok';
    if (recovers && this.action === LONG) expect(seen.cash, `${story}: current`).toBe(model.balance);
  }

  toString = () => this.action.name + (this.killAt === null ? '' : ` (killed at step ${this.killAt})`);
}

/** A killed action may leave a protected account locked: a saved one is unlocked last, and a forgotten one is locked first. */
function lockedMidway(before: Model, after: Model): Model[] {
  const locked = (model: Model): Model[] =>
    model.account?.protected ? [{ ...model, account: { ...model.account, locked: true } }] : [];
  const { account: was } = before;
  if (!after.account) return locked(before);
  return was?.protected && !was.locked ? [] : locked(after);
}

function matches(model: Model, { account, hidden, figure }: Seen): boolean {
  const seen = JSON.stringify([account && [account.protected, account.locked], hidden, figure]);
  return seen === visible(model);
}

/** Stories of up to so many actions. @param killShare how many of a hundred actions are killed */
export function stories(length: number, killShare: number, without: string[] = []) {
  const kill = fc.oneof(
    { weight: 100 - killShare, arbitrary: fc.constant(null) },
    { weight: killShare, arbitrary: fc.integer({ min: 1, max: 40 }) },
  );
  const actions = ACTIONS.filter(({ name }) => !without.some((each) => name.startsWith(each)));
  return fc.commands(
    actions.map((action) => kill.map((killAt) => new Step(action, killAt))),
    { maxCommands: length, size: 'max' },
  );
}
