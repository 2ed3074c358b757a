// The random stories of tests/model/ in a real Chromium with the shipped build: fewer of them, without what only a simulated
// browser can do (set the clock, remove access), and without reinstalling.
//   MODEL_STORIES=… sets their number, MODEL_SEED=… repeats a run.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedOf } from '../fakes/random.ts';
import { type Subject, stories } from '../model/actions.ts';
import {
  type Balance,
  type Fault,
  type Figure,
  initialModel,
  MEMBERS,
  type MemberName,
  type PerMember,
  type Perps,
  POSITIONS_IN_CENTS,
  perMember,
  type Seen,
} from '../model/model.ts';
import { inChromium } from './harness/chromium-harness.ts';
import type { Scene } from './harness/chromium-scene.ts';

const STORIES = Number(process.env.MODEL_STORIES ?? 3);
const SEED = seedOf('MODEL_SEED');

const FAULTS: Record<Fault, Parameters<Scene['exchange']['setFault']>[0]> = {
  none: undefined,
  error: { kind: 'answer', status: 500, body: '' },
  refused: { kind: 'answer', status: 401, body: { error: { details: 'NOT_FOUND' } } },
  offline: { kind: 'drop' },
  'sign-in page': { kind: 'answer', status: 200, body: '<html>sign in</html>' },
};

/** An account as stored. */
interface StoredAccount {
  id: string;
  keyId: string;
  protection: string;
}

class ChromiumSubject implements Subject {
  readonly story: string[] = [];
  /** The members of the exchange, in the order of MEMBERS. */
  readonly #members: PerMember<ReturnType<Scene['newMember']>>;
  #backup = '';
  #seen = 0;
  /** Whose key is being saved: it is checked, even if it is refused. */
  #saving: MemberName | null = null;

  constructor(readonly scene: Scene) {
    this.#members = perMember((member) =>
      scene.newMember('Ed25519', {
        cash: initialModel().balances[member],
        positions: [{ ticker: 'A', contracts: POSITIONS_IN_CENTS, price: 1 }],
      }),
    );
  }

  async #send(command: string, params: object) {
    type Reply = Awaited<ReturnType<Subject['command']>>;
    return this.scene.page.evaluate(
      async ({ command, params }) => {
        return (await chrome.runtime.sendMessage({ command, params })) as Reply;
      },
      { command, params },
    );
  }

  async #accounts(): Promise<StoredAccount[]> {
    return this.scene.page.evaluate(async () => {
      const { accounts } = (await chrome.storage.local.get('accounts')) as {
        accounts?: { data: StoredAccount[] };
      };
      return accounts?.data ?? [];
    });
  }

  async #idOf(member: MemberName): Promise<string | undefined> {
    const { keyId } = this.#members[member];
    return (await this.#accounts()).find((account) => account.keyId === keyId)?.id;
  }

  async command(name: string, params: object = {}, member?: MemberName) {
    const id = member && { accountId: (await this.#idOf(member)) ?? '' };
    const text = name === 'backup/restore' ? { text: this.#backup } : {};
    const result = await this.#send(name, { ...id, ...text, ...params });
    if (name === 'backup/create' && result.ok) this.#backup = (result.value as { text: string }).text;
    return result;
  }

  async connect(member: MemberName, passphrase: string | undefined) {
    this.#saving = member;
    const replaces = await this.#idOf(member);
    const { keyId, key } = this.#members[member];
    return this.#send('key/save', {
      environment: 'production',
      keyId,
      privateKey: key.pem,
      allowUnchecked: true,
      acceptPower: true,
      ...(passphrase && { passphrase }),
      ...(replaces && { replaces, history: 'keep' }),
    });
  }

  answer(name: MemberName, balance: Balance, fault: Fault): void {
    const { member } = this.#members[name];
    member.setCash(balance);
    this.scene.exchange.setFault(FAULTS[fault], member);
  }

  answerPerps(perps: Perps): void {
    this.#members.A.member.ledger.perps = perps === 'none' ? undefined : BigInt(perps) * 1_000_000n;
  }

  /** The recorded polls become older, and a poll is requested: it ends before the command does. */
  async passMinutes(minutes: number): Promise<void> {
    const accounts = await this.#accounts();
    if (accounts.length > 0 && minutes > 0) await this.scene.forgetAttempts();
    await Promise.all(accounts.map(({ id }) => this.#send('account/poll-if-due', { accountId: id })));
  }

  setClock(): void {
    throw new Error('not in a real browser');
  }

  async setPermission(): Promise<void> {
    throw new Error('not in a real browser');
  }

  async reinstall(): Promise<void> {
    throw new Error('not in a test');
  }

  async restartBrowser(): Promise<void> {
    await this.scene.chromium.close();
    await this.scene.start();
    await this.#rendered();
  }

  async killDuring(action: () => Promise<unknown>, atStep: number): Promise<boolean> {
    const { chromium, page } = this.scene;
    const done = action().catch(() => undefined); // the worker ends without an answer
    // Of a browser that is just restarting, neither the page nor the worker is there any more.
    await page
      .evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), atStep * 3)
      .then(() => chromium.stopWorker(page))
      .catch(() => undefined);
    await done;
    this.#backup = '';
    await this.#rendered();
    return true;
  }

  /** A command that changes nothing that is looked at: the worker has started and rendered the toolbar. */
  async #rendered(): Promise<void> {
    await this.#send('update/seen', {});
  }

  async see(): Promise<Seen> {
    const { local, session, badge, title, unreadable } = await this.scene.page.evaluate(async () => ({
      local: await chrome.storage.local.get(null),
      session: await chrome.storage.session.get(null),
      badge: await chrome.action.getBadgeText({}),
      title: await chrome.action.getTitle({}),
      unreadable: chrome.i18n.getMessage('tooltipUnreadable'),
    }));
    type Stored = { data: Record<string, unknown> };
    const accounts = (local.accounts as { data: StoredAccount[] } | undefined)?.data ?? [];
    const settings = (local.settings as Stored | undefined)?.data ?? {};
    const unlocked = Object.keys((session.unlocked ?? {}) as object);
    return {
      badge,
      title,
      preview: session['popup-preview'] ? JSON.stringify(session['popup-preview']) : '',
      readable: !title.includes(unreadable),
      accounts: accounts.map(({ id, keyId, protection }) => {
        const { figures, outcome } = ((local[`account/${id}`] as Stored | undefined)?.data.snapshot ??
          {}) as {
          figures?: { cash: number; perps?: number } | null;
          outcome?: { kind: string } | null;
        };
        const isProtected = protection === 'passphrase';
        return {
          id,
          member: MEMBERS.find((member) => this.#members[member].keyId === keyId) as MemberName,
          protected: isProtected,
          locked: isProtected && !unlocked.includes(id),
          cash: figures ? String(figures.cash / 1_000_000) : null,
          perps: figures?.perps === undefined ? null : String(figures.perps / 1_000_000),
          outcome: outcome?.kind ?? null,
        };
      }),
      hidden: settings.hideAmounts === true,
      figure: (settings.badgeFigure as Figure | undefined) ?? 'cash',
      shown: (settings.shownAccount as string | null | undefined) ?? null,
    };
  }

  expectRequests(mayPoll: PerMember<boolean>, story: string): PerMember<number> {
    const { journal } = this.scene.exchange;
    for (const { method, verdict, origin, cookie } of journal) {
      expect({ method, origin, cookie }, story).toEqual({ method: 'GET', origin: false, cookie: false });
      expect(verdict, story).toBe('ok');
    }
    const recent = journal.slice(this.#seen).filter(({ path }) => path.endsWith('/portfolio/balance'));
    this.#seen = journal.length;
    const sent = perMember((name) => recent.filter(({ member }) => MEMBERS[member] === name).length);
    for (const member of MEMBERS) {
      if (mayPoll[member] || this.#saving === member) continue;
      expect(sent[member], `${story}: a request of ${member}`).toBe(0);
    }
    this.#saving = null;
    return sent;
  }
}

test(`${STORIES} stories in a real browser; MODEL_SEED=${SEED}`, { timeout: 1_800_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(stories(16, 20, ['the clock', 'access', 'reinstall', 'perps of A: error']), (commands) =>
      inChromium((scene) =>
        fc.asyncModelRun(() => ({ model: initialModel(), real: new ChromiumSubject(scene) }), commands),
      ),
    ),
    { numRuns: STORIES, seed: SEED },
  );
});
