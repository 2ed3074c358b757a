// A small model of the extension: what two accounts, the settings and the exchange have to look like after each action, and what
// must hold whatever happens. It knows nothing of the code: amounts on the badge come from tables of texts.
import { expect } from 'vitest';

/** Two members of Kalshi, each with one key. */
export const MEMBERS = ['A', 'B'] as const;
export type MemberName = (typeof MEMBERS)[number];
export type PerMember<T> = Record<MemberName, T>;

/** A value for each member. */
export function perMember<T>(of: (member: MemberName) => T): PerMember<T> {
  return { A: of('A'), B: of('B') };
}

/** What a member has in cash, dollars. */
export const BALANCES = { A: ['11', '222.5', '3333', '44444.99'], B: ['7', '5000'] } as const;
export type Balance = (typeof BALANCES)[MemberName][number];
/** What each member's positions are worth. */
export const POSITIONS_IN_CENTS = 198;

/** What the exchange answers to A about perps: the equity in dollars, or nothing that can be used. */
export const PERPS = ['none', '70', 'error'] as const;
export type Perps = (typeof PERPS)[number];

/** What a badge shows for a total, and the total in the tooltip. */
interface Total {
  total: string;
  exactTotal: string;
}

/** What a badge shows for some cash, and for the total with the positions, and with the perps of A. */
interface Texts extends Total {
  cash: string;
  withPerps?: Total;
}

/** Cash of one account, with positions of $1.98, and perps of $70 where it may have them. */
const ONE: Record<string, Texts> = {
  '11': { cash: '11', total: '12', exactTotal: '$12.98', withPerps: { total: '82', exactTotal: '$82.98' } },
  '222.5': {
    cash: '222',
    total: '224',
    exactTotal: '$224.48',
    withPerps: { total: '294', exactTotal: '$294.48' },
  },
  '3333': {
    cash: '3.3k',
    total: '3.3k',
    exactTotal: '$3,334.98',
    withPerps: { total: '3.4k', exactTotal: '$3,404.98' },
  },
  '44444.99': {
    cash: '44k',
    total: '44k',
    exactTotal: '$44,446.97',
    withPerps: { total: '44k', exactTotal: '$44,516.97' },
  },
  '7': { cash: '7', total: '8', exactTotal: '$8.98' },
  '5000': { cash: '5.0k', total: '5.0k', exactTotal: '$5,001.98' },
};

/** Cash of A and of B, with positions of $3.96 together, and perps of $70. */
const BOTH: Record<string, Texts> = {
  '11 + 7': {
    cash: '18',
    total: '21',
    exactTotal: '$21.96',
    withPerps: { total: '91', exactTotal: '$91.96' },
  },
  '222.5 + 7': {
    cash: '229',
    total: '233',
    exactTotal: '$233.46',
    withPerps: { total: '303', exactTotal: '$303.46' },
  },
  '3333 + 7': {
    cash: '3.3k',
    total: '3.3k',
    exactTotal: '$3,343.96',
    withPerps: { total: '3.4k', exactTotal: '$3,413.96' },
  },
  '44444.99 + 7': {
    cash: '44k',
    total: '44k',
    exactTotal: '$44,455.95',
    withPerps: { total: '44k', exactTotal: '$44,525.95' },
  },
  '11 + 5000': {
    cash: '5.0k',
    total: '5.0k',
    exactTotal: '$5,014.96',
    withPerps: { total: '5.0k', exactTotal: '$5,084.96' },
  },
  '222.5 + 5000': {
    cash: '5.2k',
    total: '5.2k',
    exactTotal: '$5,226.46',
    withPerps: { total: '5.2k', exactTotal: '$5,296.46' },
  },
  '3333 + 5000': {
    cash: '8.3k',
    total: '8.3k',
    exactTotal: '$8,336.96',
    withPerps: { total: '8.4k', exactTotal: '$8,406.96' },
  },
  '44444.99 + 5000': {
    cash: '49k',
    total: '49k',
    exactTotal: '$49,448.95',
    withPerps: { total: '49k', exactTotal: '$49,518.95' },
  },
};

export const FIGURES = [
  'cash',
  'positions',
  'total',
  'change',
  'change-percent',
  'settling',
  'nothing',
] as const;
export type Figure = (typeof FIGURES)[number];

/** What the exchange does with a member's balance request. */
export const FAULTS = ['none', 'error', 'refused', 'offline', 'sign-in page'] as const;
export type Fault = (typeof FAULTS)[number];

/** Shown together. */
export const ALL = 'all';

/** What is stored about an account. */
export interface SeenAccount {
  id: string;
  member: MemberName;
  protected: boolean;
  locked: boolean;
  /** The cash of the stored figures, dollars; null if there are none. */
  cash: string | null;
  /** The equity of perps in the stored figures, dollars; null if there is none. */
  perps: string | null;
  /** The kind of the stored outcome. */
  outcome: string | null;
}

/** What a page or a person can see, and what is stored. */
export interface Seen {
  badge: string;
  title: string;
  /** The popup preview, as text; empty if there is none. */
  preview: string;
  /** Whether everything stored can be read. */
  readable: boolean;
  /** In the order in which they are stored. */
  accounts: SeenAccount[];
  hidden: boolean;
  figure: Figure;
  /** The id of the account on the badge, `ALL`, or null for the first. */
  shown: string | null;
}

export interface ModelAccount {
  /** As stored: the model is told it when the account is first seen. */
  id: string;
  member: MemberName;
  protected: boolean;
  locked: boolean;
  hasKey: boolean;
  /** Every cash that could be known: what the member had since the account was connected, or what a backup contains. */
  possible: Set<string>;
}

/** What a backup contains, too. */
export interface ModelState {
  accounts: ModelAccount[];
  hidden: boolean;
  figure: Figure;
  /** As in `Seen`. The account may have been forgotten. */
  shown: string | null;
}

/** The state that the model expects. */
export interface Model extends ModelState {
  /** What the exchange would answer now. */
  balances: PerMember<Balance>;
  faults: PerMember<Fault>;
  /** Of A. */
  perps: Perps;
  /** The stored equity of A after the last action. */
  knownPerps: string | null;
  permitted: boolean;
  backup: ModelState | null;
}

export function initialModel(): Model {
  return {
    accounts: [],
    hidden: false,
    figure: 'cash',
    shown: null,
    balances: { A: '11', B: '7' },
    faults: { A: 'none', B: 'none' },
    perps: 'none',
    knownPerps: null,
    permitted: true,
    backup: null,
  };
}

/** The account of a member, of a model or as seen. */
export function accountOf<Account extends { member: MemberName }>(
  { accounts }: { accounts: readonly Account[] },
  member: MemberName,
): Account | undefined {
  return accounts.find((account) => account.member === member);
}

const AMOUNT = /\$\s?\d|\d[.,]\d{2}\b/;

/** What must hold after every action. @param story the actions so far, for the message of a failure */
export function expectInvariants(model: Model, seen: Seen, story: string): void {
  expect(seen.readable, story).toBe(true);
  const expected = model.accounts.map(({ id, member, protected: isProtected, locked }) => ({
    id,
    member,
    protected: isProtected,
    locked,
  }));
  expect(
    seen.accounts.map(({ cash: _, perps: __, outcome: ___, ...account }) => account),
    story,
  ).toEqual(expected);
  expect([seen.hidden, seen.figure, seen.shown], story).toEqual([model.hidden, model.figure, model.shown]);
  for (const { member, cash, perps } of seen.accounts) {
    const { possible } = accountOf(model, member) as ModelAccount;
    if (cash !== null) expect([...possible], story).toContain(cash);
    expect(perps === null || (perps === '70' && member === 'A'), `${story}: perps of ${member}`).toBe(true);
  }
  expect(seen.badge, story).toBe(badgeOf(model, seen));
  const shown = shownAccounts(seen);
  const locked = shown.some((account) => account.locked);
  const total = textsOf(shown)?.exactTotal;
  if (!total || locked || model.hidden) {
    expect(seen.title, story).not.toMatch(AMOUNT);
    expect(seen.preview, story).not.toMatch(AMOUNT);
  } else expect(seen.title, story).toContain(total);
  if (locked) expect(seen.preview, story).toBe('');
}

/** The accounts on the badge. A choice that is gone, and both where there is one, stand for the first. */
function shownAccounts({ accounts, shown }: Seen): SeenAccount[] {
  if (shown === ALL && accounts.length > 1) return accounts;
  const account = accounts.find(({ id }) => id === shown) ?? accounts[0];
  return account ? [account] : [];
}

/** Of the stored figures; undefined where an account has none. */
function textsOf(accounts: readonly SeenAccount[]): Texts | undefined {
  const [a, b] = [accountOf({ accounts }, 'A'), accountOf({ accounts }, 'B')];
  const texts = a && b ? BOTH[`${a.cash} + ${b.cash}`] : ONE[(a ?? b)?.cash ?? ''];
  return texts && { ...texts, ...(a?.perps === '70' && texts.withPerps) };
}

function badgeOf({ hidden, figure }: Model, seen: Seen): string {
  const shown = shownAccounts(seen);
  if (shown.length === 0) return '';
  if (shown.some(({ locked }) => locked)) return '•••';
  if (figure === 'nothing') return '';
  const texts = textsOf(shown);
  if (!texts) return shown.some(({ outcome }) => outcome !== null && outcome !== 'ok') ? '!' : '…';
  if (hidden) return '•••';
  if (figure === 'positions') return shown.length > 1 ? '3' : '1';
  // How many positions are decided today is not modelled.
  if (figure === 'settling') return /^(\d+|–)$/.test(seen.badge) ? seen.badge : 'a count';
  // The change of the day depends on the order of balances: only its form is checked.
  if (figure === 'change' || figure === 'change-percent')
    return /^(\d{1,3}|\d\.\dk?|\d\d?[kMB]|\.\d[MB]|<\.?1|–)$/.test(seen.badge) ? seen.badge : 'a change';
  return texts[figure];
}
