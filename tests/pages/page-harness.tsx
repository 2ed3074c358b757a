// Renders a page of the extension in happy-dom, with a fake browser around it.
import { cleanup, render } from '@testing-library/preact';
import { afterEach, beforeAll, vi } from 'vitest';
import type { Account } from '../../src/domain/accounts/account.ts';
import { type AccountData, NO_DATA } from '../../src/domain/accounts/account-data.ts';
import { type Installation, NEW_INSTALLATION } from '../../src/domain/accounts/installation.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/accounts/settings.ts';
import type { Day } from '../../src/domain/balance/daily-change.ts';
import type { Snapshot } from '../../src/domain/balance/snapshot.ts';
import type { HoldingsSummary } from '../../src/domain/holdings/summary.ts';
import type { PollBackoff } from '../../src/domain/polling/backoff.ts';
import { type StoredItems, versionOf } from '../../src/storage/schemas.ts';
import { FakeBrowser } from '../fakes/browser.ts';

export const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

export const ACCOUNT: Account = {
  id: 'a',
  label: '',
  environment: 'production',
  keyId: '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11',
  keyType: 'Ed25519',
  scopes: ['read'],
  scopesAt: NOW,
  acceptedScopes: ['read'],
  moneyId: 'member',
  keyRef: 'r',
  protection: 'none',
  connectedAt: NOW,
};

export interface Stored {
  account?: Partial<Account>;
  snapshot?: Snapshot;
  settings?: Partial<Settings>;
  installation?: Partial<Installation>;
  pace?: Partial<PollBackoff>;
  day?: Day;
  sums?: HoldingsSummary;
  /** The section of the options page that is open; the accounts if it is absent. */
  section?: string;
  /** Other parts of the account's record. */
  more?: Partial<AccountData>;
}

const fake = vi.hoisted(() => ({ current: undefined as unknown }));
vi.mock('webextension-polyfill', () => ({
  default: new Proxy(
    {},
    { get: (_, name) => (fake.current as { api: Record<PropertyKey, unknown> }).api[name] },
  ),
}));

// Loading the pages takes a while on a busy machine: it is no part of a test's time.
beforeAll(async () => {
  await Promise.all(Object.values(PAGES).map((load) => load()));
  await import('../../src/pages/popup/account/BelowFigures.tsx');
}, 60_000);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** What is stored, as the background would have written it. */
export function store(
  browser: FakeBrowser,
  { account, snapshot, settings, installation, pace, day, sums, more }: Stored,
): void {
  const put = (key: string, data: unknown) => {
    browser.local[key] = { v: versionOf(key.replace(/\/.*/, '') as keyof StoredItems), data };
  };
  if (account) put('accounts', [{ ...ACCOUNT, ...account }]);
  const data = {
    ...NO_DATA,
    ...(snapshot && { snapshot }),
    ...(pace && { backoff: { ...NO_DATA.backoff, ...pace } }),
    ...(day && { day }),
    ...(sums && { holdings: sums }),
    ...more,
  };
  if (snapshot || pace || day || sums || more) put('account/a', data);
  if (installation) put('installation', { ...NEW_INSTALLATION, ...installation });
  if (settings) put('settings', { ...DEFAULT_SETTINGS, ...settings });
}

/** The pages, loaded after the fake browser. */
const PAGES = {
  popup: async () => (await import('../../src/pages/popup/Popup.tsx')).Popup,
  options: async () => (await import('../../src/pages/options/Options.tsx')).Options,
  results: async () => (await import('../../src/pages/results/ResultsPage.tsx')).ResultsPage,
};

/** Renders a page from what is stored. Commands are answered by `answer`, and kept. */
export async function show(
  page: keyof typeof PAGES,
  stored: Stored,
  answer: (command: string) => unknown = () => undefined,
  /** What happens after the first reading. */
  then: (browser: FakeBrowser) => void = () => undefined,
) {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  window.location.hash = stored.section ?? '';
  const browser = new FakeBrowser();
  fake.current = browser;
  const polls: unknown[] = [];
  const commands: { command: string; params: unknown }[] = [];
  const api = browser.api as unknown as Record<string, Record<string, unknown>>;
  Object.assign(api.runtime ?? {}, {
    sendMessage: async (message: { command: string; params: unknown }) => {
      if (message.command !== 'account/poll-if-due')
        commands.push(message); // the page sends that one without a user action
      else polls.push(message.params);
      return answer(message.command);
    },
  });
  Object.assign(api.permissions ?? {}, { request: async () => true });
  store(browser, stored);
  const { readState } = await import('../../src/storage/state.ts');
  const Page = await PAGES[page]();
  const read = await readState();
  then(browser);
  return { ...render(<Page stored={read} />), browser, commands, polls };
}

/** What the session has of an unlocked account. */
export const SECRET = { key: btoa('k'.repeat(32)), records: btoa('r'.repeat(32)), generation: 0 };
