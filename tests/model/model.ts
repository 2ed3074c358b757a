// A small model of the extension: what one account, its settings and the exchange have to look like after each action, and what
// must hold whatever happens. It knows nothing of the code: amounts on the badge come from a table of texts.
import { expect } from 'vitest';

/** Cash of the exchange and the text that a badge shows for it; `total` with the positions of $1.98. */
export const BALANCES = {
  '11': { cash: '11', total: '12' },
  '222.5': { cash: '222', total: '224' },
  '3333': { cash: '3.3k', total: '3.3k' },
  '44444.99': { cash: '44k', total: '44k' },
} as const;
export type Balance = keyof typeof BALANCES;
export const POSITIONS_IN_CENTS = 198;

export const FIGURES = ['cash', 'positions', 'total', 'change', 'nothing'] as const;
export type Figure = (typeof FIGURES)[number];

/** What the exchange does with a balance request. */
export const FAULTS = ['none', 'error', 'refused', 'offline', 'sign-in page'] as const;
export type Fault = (typeof FAULTS)[number];

/** What a page or a person can see, and what is stored. */
export interface Seen {
  badge: string;
  title: string;
  /** The popup preview, as text; empty if there is none. */
  preview: string;
  /** Whether everything stored can be read. */
  readable: boolean;
  account: { protected: boolean; locked: boolean } | null;
  hidden: boolean;
  figure: Figure;
  /** The cash of the stored figures, dollars; null if there are none. */
  cash: string | null;
  /** The kind of the stored outcome. */
  outcome: string | null;
}

/** The state that the model expects. */
export interface Model {
  account: { protected: boolean; locked: boolean; hasKey: boolean } | null;
  hidden: boolean;
  figure: Figure;
  /** What the exchange would answer now. */
  balance: Balance;
  fault: Fault;
  permitted: boolean;
  /** Every balance that could be known: those that the exchange had since the account was connected, or of a backup. */
  possible: Set<string>;
  /** A backup, and what it contains. */
  backup: { hasAccount: boolean; hidden: boolean; figure: Figure; possible: Set<string> } | null;
}

export function initialModel(): Model {
  return {
    account: null,
    hidden: false,
    figure: 'cash',
    balance: '11',
    fault: 'none',
    permitted: true,
    possible: new Set(),
    backup: null,
  };
}

const AMOUNT = /\$\s?\d|\d[.,]\d{2}\b/;

/** What must hold after every action. @param story the actions so far, for the message of a failure */
export function expectInvariants(model: Model, seen: Seen, story: string): void {
  expect(seen.readable, story).toBe(true);
  expect(seen.account, story).toEqual(
    model.account && { protected: model.account.protected, locked: model.account.locked },
  );
  expect([seen.hidden, seen.figure], story).toEqual([model.hidden, model.figure]);
  if (seen.cash !== null) expect([...model.possible], story).toContain(seen.cash);
  expect(seen.badge, story).toBe(badgeOf(model, seen));
  if (!model.account || model.account.locked || model.hidden) {
    expect(seen.title, story).not.toMatch(AMOUNT);
    expect(seen.preview, story).not.toMatch(AMOUNT);
  }
  if (model.account?.locked) expect(seen.preview, story).toBe('');
}

function badgeOf({ account, hidden, figure }: Model, { cash, badge, outcome }: Seen): string {
  if (!account) return '';
  if (account.locked) return '•••';
  if (figure === 'nothing') return '';
  if (cash === null) return outcome === null ? '…' : '!';
  if (hidden) return '•••';
  if (figure === 'positions') return '1';
  // The change of the day depends on the order of balances: only its form is checked.
  if (figure === 'change') return /^([+-]?[\d.]*k?|[<>]0|–)$/.test(badge) ? badge : 'a change';
  return BALANCES[cash as Balance][figure];
}
