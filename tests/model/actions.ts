// The actions of the model: what a user, the exchange and the browser do, and what each has to lead to.
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  ALL,
  accountOf,
  BALANCES,
  type Balance,
  expectInvariants,
  FAULTS,
  type Fault,
  FIGURES,
  type Figure,
  initialModel,
  MEMBERS,
  type MemberName,
  type Model,
  type ModelAccount,
  type ModelState,
  PERPS,
  type PerMember,
  type Perps,
  perMember,
  type Seen,
} from './model.ts';

/** What is tested: the background in a simulated browser, or a real browser. */
export interface Subject {
  /** Sends a command as a page does. @param member whose account it is for */
  command(
    name: string,
    params?: object,
    member?: MemberName,
  ): Promise<{ ok: boolean; value?: unknown; problem?: { kind: string } }>;
  /** Saves the member's key, unchecked if there is no answer. */
  connect(member: MemberName, passphrase: string | undefined): Promise<{ ok: boolean }>;
  /** What the exchange answers to a member from now on. */
  answer(member: MemberName, balance: Balance, fault: Fault): void;
  /** What it answers about the perps of A. */
  answerPerps(perps: Perps): void;
  /** Time passes, and the alarm fires. */
  passMinutes(minutes: number): Promise<void>;
  /** Sets the computer's clock. Hours; negative for back. */
  setClock(hours: number): void;
  setPermission(granted: boolean): Promise<void>;
  restartBrowser(): Promise<void>;
  /** Removes the extension with everything it has stored, and installs it again. Access is granted. */
  reinstall(): Promise<void>;
  /** Runs an action and ends the background at one of its steps, unless it ends before. @returns whether it was killed */
  killDuring(action: () => Promise<unknown>, atStep: number): Promise<boolean>;
  see(): Promise<Seen>;
  /** Expects that the balance requests since the last call were allowed. @returns how many there were */
  expectRequests(mayPoll: PerMember<boolean>, story: string): PerMember<number>;
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

/** A poll that succeeds makes the balance of the exchange possible. */
function polled(model: Model, members: readonly MemberName[] = MEMBERS): void {
  for (const member of members) accountOf(model, member)?.possible.add(model.balances[member]);
}

/** The id is not known before the account is seen. */
const NEW = '(new)';

/** Without an answer of the exchange, the key is saved unchecked. A refused key is not saved. */
const connect = (member: MemberName, isProtected: boolean): Action => ({
  name: `${member}: connect ${isProtected ? 'with a passphrase' : ''}`.trim(),
  possible: (model) => model.permitted && accountOf(model, member)?.hasKey !== true,
  run: async (subject, { faults }) => {
    const { ok } = await subject.connect(member, isProtected ? PASSPHRASE : undefined);
    expect(ok, subject.story.join(', ')).toBe(faults[member] !== 'refused');
  },
  after: (model) => {
    if (model.faults[member] === 'refused') return;
    const state = { protected: isProtected, locked: false, hasKey: true };
    const account = accountOf(model, member);
    if (account) Object.assign(account, state);
    else model.accounts.push({ id: NEW, member, ...state, possible: new Set() });
    if (model.faults[member] === 'none') polled(model, [member]);
  },
});

/** A command for the account of a member. */
const command = (
  member: MemberName,
  name: string,
  params: object,
  possible: (account: ModelAccount) => boolean,
  after: (model: Model, account: ModelAccount) => void,
): Action => ({
  name: `${member}: ${name} ${JSON.stringify(params)}`,
  possible: (model) => {
    const account = accountOf(model, member);
    return account !== undefined && possible(account);
  },
  run: (subject) => subject.command(name, params, member),
  after: (model) => {
    const account = accountOf(model, member);
    if (account) after(model, account);
  },
});

const settings = (params: { hideAmounts?: boolean; badgeFigure?: Figure }): Action => ({
  name: `settings/change ${JSON.stringify(params)}`,
  possible: always,
  run: (subject) => subject.command('settings/change', params),
  after: (model) => {
    model.hidden = params.hideAmounts ?? model.hidden;
    model.figure = params.badgeFigure ?? model.figure;
  },
});

const show = (shown: MemberName | typeof ALL): Action => {
  const idOf = (model: Readonly<Model>) => (shown === ALL ? ALL : accountOf(model, shown)?.id);
  return {
    name: `show ${shown}`,
    possible: (model) => model.accounts.length > 0 && idOf(model) !== undefined,
    run: (subject, model) => subject.command('settings/change', { shownAccount: idOf(model) }),
    after: (model) => {
      model.shown = idOf(model) ?? model.shown;
    },
  };
};

const isProtected = (account: ModelAccount) => account.protected;

const lock = (member: MemberName): Action =>
  command(member, 'account/lock', {}, isProtected, (_, account) => {
    account.locked = true;
  });

const unlock = (member: MemberName, passphrase: string): Action =>
  command(member, 'account/unlock', { passphrase }, isProtected, (model, account) => {
    if (passphrase === PASSPHRASE) account.locked = false;
    polled(model, [member]);
  });

const forget = (member: MemberName): Action =>
  command(member, 'account/forget', {}, always, (model, account) => {
    model.accounts = model.accounts.filter((each) => each !== account);
  });

const refresh = (member: MemberName, name: string): Action =>
  command(member, name, {}, always, (model) => polled(model, [member]));

const pass = (minutes: number): Action => ({
  name: `${minutes} min pass`,
  possible: always,
  run: (subject) => subject.passMinutes(minutes),
  after: polled,
});

const exchange = (member: MemberName, change: { balance: Balance } | { fault: Fault }): Action => ({
  name:
    'balance' in change
      ? `${member} has ${change.balance}`
      : `the exchange answers ${member}: ${change.fault}`,
  possible: always,
  run: async (subject, { balances, faults }) => {
    const { balance, fault } = { balance: balances[member], fault: faults[member], ...change };
    subject.answer(member, balance, fault);
  },
  after: (model) => {
    if ('balance' in change) model.balances[member] = change.balance;
    else model.faults[member] = change.fault;
  },
});

const perps = (answer: Perps): Action => ({
  name: `perps of A: ${answer}`,
  possible: always,
  run: async (subject) => subject.answerPerps(answer),
  after: (model) => {
    model.perps = answer;
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
    for (const account of model.accounts) account.locked = account.protected;
    polled(model);
  },
};

const reinstall: Action = {
  name: 'reinstall',
  possible: always,
  run: (subject) => subject.reinstall(),
  after: (model) => {
    const { accounts, hidden, figure, shown, permitted } = initialModel();
    Object.assign(model, { accounts, hidden, figure, shown, permitted });
  },
};

const isLocked = ({ locked }: ModelAccount) => locked;

const backUp: Action = {
  name: 'back up',
  possible: always,
  run: async (subject, model) => {
    const { ok } = await subject.command('backup/create');
    expect(ok, subject.story.join(', ')).toBe(!model.accounts.some(isLocked));
  },
  after: (model) => {
    if (!model.accounts.some(isLocked)) model.backup = copyState(model);
  },
};

const restore: Action = {
  name: 'restore',
  possible: ({ backup }) => backup !== null,
  run: (subject) => subject.command('backup/restore'),
  after: (model) => {
    const { backup } = model;
    if (!backup) return;
    const restored = copyState(backup);
    // What was changed here stays; the rest is the backup's.
    model.hidden ||= restored.hidden;
    if (model.figure === 'cash') model.figure = restored.figure;
    // An account that is here has the id that it has here.
    const chosen = restored.accounts.find(({ id }) => id === restored.shown);
    const here = chosen && accountOf(model, chosen.member);
    model.shown ??= here?.id ?? restored.shown;
    for (const account of restored.accounts) {
      if (accountOf(model, account.member)) continue;
      model.accounts.push({ ...account, protected: false, locked: false, hasKey: false });
    }
  },
};

/** Long enough for every wait, also if the clock was set back again and again. */
const LONG = pass(10 * 24 * 60);

const CONNECTS = perMember((member) => [connect(member, false), connect(member, true)]);

/** What most stories need: accounts, shown together, and a backup that is restored elsewhere. */
const BASIS: Action[] = [
  ...MEMBERS.flatMap((member) => CONNECTS[member]),
  show(ALL),
  backUp,
  reinstall,
  restore,
];

const OTHERS: Action[] = [
  LONG,
  ...MEMBERS.flatMap((member) => [
    lock(member),
    unlock(member, PASSPHRASE),
    unlock(member, 'not this one'),
    forget(member),
    refresh(member, 'account/refresh'),
    refresh(member, 'account/poll-if-due'),
    command(member, 'history/delete', {}, always, () => undefined),
    ...BALANCES[member].map((balance) => exchange(member, { balance })),
    ...FAULTS.map((fault) => exchange(member, { fault })),
    show(member),
  ]),
  ...PERPS.map(perps),
  settings({ hideAmounts: true }),
  settings({ hideAmounts: false }),
  ...FIGURES.map((badgeFigure) => settings({ badgeFigure })),
  ...[0, 1, 2, 20].map(pass),
  clock(-3),
  clock(5),
  permission(false),
  permission(true),
  restart,
];

function copyState({ accounts, hidden, figure, shown }: ModelState): ModelState {
  const copies = accounts.map((account) => ({ ...account, possible: new Set(account.possible) }));
  return { accounts: copies, hidden, figure, shown };
}

function copy(model: Model): Model {
  return { ...model, ...copyState(model), balances: { ...model.balances }, faults: { ...model.faults } };
}

/** The part of the model that can be seen: what a killed action has either changed or not. */
function visible({
  accounts,
  hidden,
  figure,
  shown,
}: Pick<Seen, 'hidden' | 'figure' | 'shown'> & {
  accounts: readonly Pick<ModelAccount, 'member' | 'protected' | 'locked'>[];
}): string {
  return JSON.stringify([
    accounts.map(({ member, protected: isProtected, locked }) => [member, isProtected, locked]),
    hidden,
    figure,
    shown,
  ]);
}

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
    // Reinstalling ends the background by itself.
    if (this.killAt === null || this.action === reinstall) await perform();
    else killed = await subject.killDuring(perform, this.killAt);
    const after = copy(model);
    this.action.after(after);
    const seen = await subject.see();
    const results = killed ? [after, ...lockedMidway(before, after), before] : [after];
    const now = copy(results.find((each) => visible(each) === visible(seen)) ?? after);
    if (killed) {
      now.backup = null; // one that was being made may be lost
      for (const account of now.accounts) allowBoth(account, before, after);
    }
    for (const account of now.accounts) {
      if (account.id === NEW) account.id = accountOf(seen, account.member)?.id ?? NEW;
    }
    Object.assign(model, now);
    expectInvariants(model, seen, story);
    const mayPoll = perMember((member) => {
      const [was, is] = [accountOf(before, member), accountOf(after, member)];
      const wasLocked = was?.locked === true && is?.locked === true;
      return (was ?? is) !== undefined && !wasLocked && (before.permitted || after.permitted);
    });
    const sent = subject.expectRequests(mayPoll, story);
    const { knownPerps } = model;
    model.knownPerps = accountOf(seen, 'A')?.perps ?? null;
    if (killed) return;
    if (sent.A > 0) this.#expectPerps(model, knownPerps, seen, story);
    for (const account of model.accounts)
      this.#expectCurrent(model, account, seen, sent[account.member], story);
  }

  /** An account whose requests are answered shows the last answer, after LONG whatever was before. */
  #expectCurrent(
    { balances, faults, permitted }: Model,
    { member, locked, hasKey }: ModelAccount,
    seen: Seen,
    sent: number,
    story: string,
  ): void {
    if (faults[member] !== 'none' || locked) return;
    const { cash, outcome } = accountOf(seen, member) ?? {};
    if (sent > 0) expect(cash, `${story}: the last answer to ${member} is shown`).toBe(balances[member]);
    if (this.action === LONG && permitted && hasKey && outcome === 'ok') {
      expect(cash, `${story}: ${member} is current`).toBe(balances[member]);
    }
  }

  /** Perps are read when a key is saved and, once known, with every poll; others are looked for once a day. */
  #expectPerps({ faults, perps }: Model, known: string | null, seen: Seen, story: string): void {
    const account = accountOf(seen, 'A');
    if (!account || account.locked || faults.A !== 'none') return;
    if (known === null && this.action !== LONG && !CONNECTS.A.includes(this.action)) return;
    const expected = { none: null, '70': '70', error: known }[perps];
    expect(account.perps, `${story}: perps of A`).toBe(expected);
  }

  toString = () => this.action.name + (this.killAt === null ? '' : ` (killed at step ${this.killAt})`);
}

/** A key that was being saved may be there already, and a forgotten account's balance still. */
function allowBoth({ member, possible }: ModelAccount, before: Model, after: Model): void {
  for (const model of [before, after]) {
    for (const cash of accountOf(model, member)?.possible ?? []) possible.add(cash);
  }
}

/** A killed action may leave a protected account locked: a saved one is unlocked last, and a forgotten one is locked first. */
function lockedMidway(before: Model, after: Model): Model[] {
  return MEMBERS.flatMap((member) => {
    const [was, is] = [accountOf(before, member), accountOf(after, member)];
    if (was && !is) return lockedIn(before, member);
    return was?.protected && !was.locked ? [] : lockedIn(after, member);
  });
}

/** The model with a member's account locked, if it is protected. */
function lockedIn(model: Model, member: MemberName): Model[] {
  const result = copy(model);
  const account = accountOf(result, member);
  if (!account?.protected) return [];
  account.locked = true;
  return [result];
}

/**
 * Stories of up to so many actions.
 * @param killShare how many of a hundred actions are killed
 * @param without the beginnings of the names of actions that are left out
 */
export function stories(length: number, killShare: number, without: string[] = []) {
  const kill = fc.oneof(
    { weight: 100 - killShare, arbitrary: fc.constant(null) },
    { weight: killShare, arbitrary: fc.integer({ min: 1, max: 40 }) },
  );
  const actions = [...BASIS, ...BASIS, ...BASIS, ...OTHERS].filter(
    ({ name }) => !without.some((each) => name.startsWith(each)),
  );
  return fc.commands(
    actions.map((action) => kill.map((killAt) => new Step(action, killAt))),
    { maxCommands: length, size: 'max' },
  );
}
