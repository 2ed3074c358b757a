// The background in a fake browser, with a clock and exchange responses that the test sets.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { startBackground } from '../../../src/background/start.ts';
import { createWorkerMemory } from '../../../src/background/worker-memory.ts';
import type { Result } from '../../../src/commands/problem.ts';
import type { Account } from '../../../src/domain/accounts/account.ts';
import type { AccountData } from '../../../src/domain/accounts/account-data.ts';
import type { Sample } from '../../../src/domain/balance/history.ts';
import { createCipher } from '../../../src/storage/records/cipher.ts';
import type { Records } from '../../../src/storage/records/database.ts';
import { readSamples } from '../../../src/storage/records/history.ts';
import type { Member } from '../../exchange/member.ts';
import { FakeBrowser, fakeLocks } from '../../fakes/browser.ts';
import { killable, killableCall, lifetimeNow, runIn, type WorkerLifetime } from '../../fakes/lifetimes.ts';
import { unsealItem } from '../../fakes/unseal.ts';
import { setExtensionApi } from '../../fakes/webextension-polyfill.ts';

export const START = Date.UTC(2026, 10, 22, 12, 0, 0);
export const KEY_ID = '0b7d6a3e-54f1-4a52-9c3f-6e1a2f0d9c11';
/** Of a second key. */
export const OTHER_KEY_ID = KEY_ID.replace('0', '1');

/** What the options page sends when it saves a key that was read as this text. */
export const saving = (pem: string) => ({
  environment: 'production',
  keyId: KEY_ID,
  privateKey: pem,
  allowUnchecked: false,
});

/** A response of the endpoint that lists API keys: the harness's own key with these scopes, beside another key. */
export const keysResponse = (scopes: string[]) => () =>
  new Response(
    JSON.stringify({
      api_keys: [
        { api_key_id: 'a0a0a0a0-0000-4000-8000-00000000cafe', name: 'the bot', scopes: ['read', 'write'] },
        { api_key_id: KEY_ID, name: 'mine', scopes },
      ],
    }),
  );

/** A good response of the balance endpoint. */
export const balance =
  (dollars: string, positionsInCents = 198) =>
  () =>
    new Response(JSON.stringify({ balance_dollars: dollars, portfolio_value: positionsInCents }));

/** The response of the endpoint for perps: the equity of subaccount 0, beside that of another. */
export const perpsEquity = (dollars: string) => () =>
  new Response(
    JSON.stringify({
      subaccount_balances: [
        { subaccount: 1, account_equity: '7' },
        { subaccount: 0, account_equity: dollars },
      ],
    }),
  );

/** The answer to a request whose timestamp the exchange refuses, whose own clock shows `at`, or that does not say it. */
export const clockRefused = (at?: number) => () =>
  new Response('{"error":{"code":"header_timestamp_expired"}}', {
    status: 401,
    headers: at === undefined ? {} : { date: new Date(at).toUTCString() },
  });

/** The lifetimes that a test has started: they end with it. */
const started = new Set<WorkerLifetime>();

const later = globalThis.setTimeout;
const never = globalThis.clearTimeout;
const sign = crypto.subtle.sign.bind(crypto.subtle);

/** A response, unless the request is aborted first. */
function abortable(init: RequestInit, answer: () => Response | Promise<Response>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new DOMException('aborted', 'AbortError'));
    if (init.signal?.aborted) abort();
    init.signal?.addEventListener('abort', abort);
  });
  aborted.catch(() => undefined); // the response may have come long before
  return Promise.race([(async () => answer())(), aborted]);
}

export class BackgroundHarness {
  readonly #database: IDBFactory;
  readonly #fetch: (url: string, init: RequestInit) => Promise<Response>;
  browser = new FakeBrowser();
  now = START;
  /** The URLs of all balance requests. */
  requests: string[] = [];
  scopeRequests = 0;
  /** The response to requests for the key's scopes; by default the scope `read`. */
  scopes: (keyId: string) => Response | Promise<Response> = (keyId) =>
    new Response(JSON.stringify({ api_keys: [{ api_key_id: keyId, scopes: ['read'] }] }));
  /** The response to balance requests. A throw is a network failure. */
  answer: (init: RequestInit) => Response | Promise<Response> = balance('98.0186');

  /** The response to requests for the equity of perps, and their number; by default the account has none. */
  perps: (init: RequestInit) => Response = () =>
    new Response('{"error":{"message":"user is not enabled for margin trading"}}', { status: 403 });
  perpsRequests = 0;

  /** The URLs of list requests, and the response to them. */
  listRequests: string[] = [];
  list: (url: string) => Response | Promise<Response> = () => new Response('{}', { status: 403 });
  /** The response to requests for the exchange status, and their number. */
  status: () => Response = () => new Response('', { status: 503 });
  statusRequests = 0;
  /** The pending timers of this lifetime. */
  timers = new Set<NodeJS.Timeout>();
  /** The factor by which the background's timers are accelerated. */
  speed = 1;
  /** The current lifetime of the background. */
  lifetime: WorkerLifetime = { ended: false };

  constructor() {
    this.#database = new IDBFactory();
    vi.stubGlobal('indexedDB', this.#database);
    this.#fetch = async (url, init) => {
      if (url.endsWith('/trade-api/v2/api_keys')) {
        this.scopeRequests++;
        return abortable(init, () => this.scopes(String(new Headers(init.headers).get('KALSHI-ACCESS-KEY'))));
      }
      if (url.endsWith('/margin/balance')) {
        this.perpsRequests++;
        return abortable(init, () => this.perps(init));
      }
      if (!/\/(balance|status)$/.test(url)) {
        this.listRequests.push(url);
        return abortable(init, () => this.list(url));
      }
      if (url.endsWith('/trade-api/v2/exchange/status')) {
        expect(init.headers).toEqual({}); // sent without a key
        this.statusRequests++;
        return this.status();
      }
      this.requests.push(url);
      return abortable(init, () => this.answer(init));
    };
    vi.spyOn(Date, 'now').mockImplementation(() => this.now);
  }

  /** Starts the background, as the browser does for every event that wakes it: without memory. */
  async wake(): Promise<void> {
    this.browser.endBackground();
    this.lifetime.ended = true;
    this.lifetime = { ended: false };
    started.add(this.lifetime);
    // Every call to the outside is a step at which the background can end. The locks of an ended background
    // are free.
    vi.stubGlobal('navigator', { locks: killable(fakeLocks(), 'locks') });
    vi.stubGlobal('fetch', killableCall(this.#fetch, 'fetch'));
    vi.stubGlobal('indexedDB', killable(this.#database, 'indexedDB'));
    // The timers of an ended background do not fire.
    this.timers = new Set();
    const { timers } = this;
    vi.stubGlobal('setTimeout', (callback: () => void, ms?: number) => {
      const lifetime = lifetimeNow();
      const timer = later(
        () => {
          timers.delete(timer);
          if (!lifetime?.ended) callback();
        },
        (ms ?? 0) / this.speed,
      );
      timers.add(timer);
      return timer;
    });
    vi.stubGlobal('clearTimeout', (timer: NodeJS.Timeout) => {
      timers.delete(timer);
      never(timer);
    });
    vi.spyOn(crypto.subtle, 'sign').mockImplementation(killableCall(sign, 'sign') as typeof sign);
    setExtensionApi(killable(this.browser.api));
    runIn(this.lifetime, () => startBackground(createWorkerMemory()));
  }

  async command<T = unknown>(command: string, params: unknown = {}): Promise<Result<T>> {
    return (await this.browser.send({ command, params })) as Result<T>;
  }

  /** Saves a key with the parameters of `saving`. @returns the id of the account */
  async connect(save: object): Promise<string> {
    const result = await this.command<{ accountId: string }>('key/save', save);
    if (!result.ok) throw new Error('not saved');
    return result.value.accountId;
  }

  /** Lets time pass and fires the alarm if there is one. */
  async passMinutes(minutes: number): Promise<void> {
    this.now += minutes * 60_000;
    const alarm = this.browser.alarmsSet.get('poll');
    if (alarm) await this.browser.events.alarm.emit(alarm);
  }

  /**
   * Lets time pass and fires the alarm, and kills the background at one of the steps at which that can happen, unless it
   * ends before. Then the background starts again.
   */
  async passMinutesAndKill(minutes: number, atStep: number): Promise<void> {
    await this.killDuring(() => this.passMinutes(minutes), atStep);
    await this.wake();
  }

  /**
   * Runs an action and kills the background at one of its steps, unless it ends before.
   * @returns whether it was killed; then it does not run until it is woken
   */
  async killDuring(action: () => Promise<unknown>, atStep: number): Promise<boolean> {
    const { lifetime } = this;
    let steps = 0;
    let killed = false;
    const ended = new Promise<void>((resolve) => {
      lifetime.onStep = () => {
        if (++steps < atStep || lifetime.ended) return;
        lifetime.ended = true;
        killed = true;
        resolve();
      };
    });
    const done = action().catch((error) => {
      if (!killed) throw error;
    });
    await Promise.race([done, ended]);
    lifetime.onStep = () => undefined;
    return killed;
  }

  /** From now on the lists are those of this member. */
  listAs(member: Member): void {
    this.list = (url) => this.#answerOf(member, url);
  }

  /** The balance too. */
  answerAs(member: Member): void {
    this.listAs(member);
    this.answer = () =>
      this.#answerOf(member, 'https://external-api.kalshi.com/trade-api/v2/portfolio/balance');
  }

  #answerOf(member: Member, url: string): Response {
    const { pathname, searchParams } = new URL(url);
    const { status, body } = member.answer(pathname, searchParams, this.now);
    return new Response(JSON.stringify(body), { status });
  }

  /** The key references in the vault. */
  async keys(): Promise<string[]> {
    const open = indexedDB.open('vault', 1);
    return new Promise((resolve, reject) => {
      open.onupgradeneeded = () => open.result.createObjectStore('keys');
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const all = open.result.transaction('keys').objectStore('keys').getAllKeys();
        all.onsuccess = () => {
          open.result.close();
          const wrapped = Object.keys(this.browser.local).filter((key) => key.startsWith('key/'));
          resolve([...all.result.map(String), ...wrapped.map((key) => key.slice('key/'.length))]);
        };
      };
    });
  }

  /** The history of the first account, or of another, oldest first. */
  async samples(accountId?: string): Promise<Sample[]> {
    const accounts = (this.browser.local.accounts as { data: { id: string }[] } | undefined)?.data;
    const id = accountId ?? accounts?.[0]?.id;
    return id === undefined ? [] : readSamples(await this.records(id), 0);
  }

  /** The stored records of an account, with the latest secret that the session had of it. */
  async records(accountId: string): Promise<Records> {
    const { data } = this.browser.local.accounts as { data: Account[] };
    const account = data.find(({ id }) => id === accountId);
    const access = this.browser.secrets[accountId];
    const secret = account?.protection === 'none' ? null : (access?.records ?? null);
    return { accountId, ciphers: [await createCipher(account?.records?.generation ?? 0, secret)] };
  }

  /** The stored record of the first account, or of another. */
  data(accountId?: string): AccountData {
    const items = Object.entries(this.browser.local).filter(([key]) => key.startsWith('account/'));
    const [key = '', stored] =
      items.find(([key]) => accountId === undefined || key === `account/${accountId}`) ?? [];
    const { data } = (stored ?? {}) as { data?: unknown };
    const id = key.replace('account/', '');
    const access = this.browser.secrets[id];
    const item =
      typeof data === 'string' && access ? (unsealItem(id, data, access) as { data: unknown }).data : data;
    if (!item) throw new Error('the account has no record');
    return item as AccountData;
  }

  /** The names of the stored items, without account ids and keys. */
  stored(): string[] {
    const names = Object.keys(this.browser.local).map((key) => key.replace(/\/.*/, ''));
    return names.filter((name) => name !== 'key');
  }
}

/** Derives secrets from passphrases with one round instead of 600 000; tests/unit/vault derives with all of them. */
export function deriveFast(): void {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation((algorithm, ...rest) =>
    derive({ ...(algorithm as Pbkdf2Params), iterations: 1 }, ...rest),
  );
}

/** Gives every test of a file its own harness with a running background. */
export function withBackground(enter: (harness: BackgroundHarness) => void | Promise<void>): void {
  beforeEach(async () => {
    deriveFast();
    const harness = new BackgroundHarness();
    await harness.wake();
    await enter(harness);
  });
  afterEach(() => {
    for (const lifetime of started) lifetime.ended = true;
    started.clear();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
}
