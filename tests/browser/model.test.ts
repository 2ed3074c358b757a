// The random stories of tests/model/ in a real Chromium with the shipped build: fewer of them, without what only a simulated
// browser can do (set the clock, remove access).
//   MODEL_STORIES=… sets their number, MODEL_SEED=… repeats a run.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeyPair } from '../exchange/keys.ts';
import type { Member } from '../exchange/member.ts';
import { seedOf } from '../fakes/random.ts';
import { type Subject, stories } from '../model/actions.ts';
import {
  type Balance,
  type Fault,
  type Figure,
  initialModel,
  POSITIONS_IN_CENTS,
  type Seen,
} from '../model/model.ts';
import { inChromium } from './chromium-harness.ts';
import type { Scene } from './chromium-scene.ts';

const STORIES = Number(process.env.MODEL_STORIES ?? 3);
const SEED = seedOf('MODEL_SEED');

const FAULTS: Record<Fault, Parameters<Scene['exchange']['setFault']>[0]> = {
  none: undefined,
  error: { kind: 'answer', status: 500, body: '' },
  refused: { kind: 'answer', status: 401, body: { error: { details: 'NOT_FOUND' } } },
  offline: { kind: 'drop' },
  'sign-in page': { kind: 'answer', status: 200, body: '<html>sign in</html>' },
};

class ChromiumSubject implements Subject {
  readonly story: string[] = [];
  readonly #member: Member;
  readonly #key: KeyPair;
  readonly #keyId: string;
  #backup = '';
  #seen = 0;

  constructor(readonly scene: Scene) {
    const { member, key, keyId } = scene.newMember('Ed25519', {
      cash: initialModel().balance,
      positions: [{ ticker: 'A', contracts: POSITIONS_IN_CENTS, price: 1 }],
    });
    [this.#member, this.#key, this.#keyId] = [member, key, keyId];
  }

  async #send(command: string, params: object) {
    type Reply = Awaited<ReturnType<Subject['command']>>;
    return this.scene.page.evaluate(
      async ({ command, params }) => {
        await chrome.storage.session.remove('key-checks'); // their number is limited
        return (await chrome.runtime.sendMessage({ command, params })) as Reply;
      },
      { command, params },
    );
  }

  async #accountId(): Promise<string> {
    return this.scene.page.evaluate(async () => {
      const { accounts } = (await chrome.storage.local.get('accounts')) as {
        accounts?: { data: { id: string }[] };
      };
      return accounts?.data[0]?.id ?? '';
    });
  }

  async command(name: string, params: object = {}) {
    const ofAccount = name.startsWith('account/') || name.startsWith('history/');
    const id = ofAccount ? { accountId: await this.#accountId() } : {};
    const text = name === 'backup/restore' ? { text: this.#backup } : {};
    const result = await this.#send(name, { ...id, ...text, ...params });
    if (name === 'backup/create' && result.ok) this.#backup = (result.value as { text: string }).text;
    return result;
  }

  async connect(passphrase: string | undefined) {
    const replaces = await this.#accountId();
    return this.#send('key/save', {
      environment: 'production',
      keyId: this.#keyId,
      privateKey: this.#key.pem,
      allowUnchecked: false,
      acceptPower: false,
      ...(passphrase && { passphrase }),
      ...(replaces && { replaces, history: 'keep' }),
    });
  }

  answer(balance: Balance, fault: Fault): void {
    this.#member.setCash(balance);
    this.scene.exchange.setFault(FAULTS[fault]);
  }

  /** The recorded polls become older, and a poll is requested: it ends before the command does. */
  async passMinutes(minutes: number): Promise<void> {
    if (!(await this.#accountId())) return;
    if (minutes > 0) await this.scene.forgetAttempts();
    await this.command('account/poll-if-due');
  }

  setClock(): void {
    throw new Error('not in a real browser');
  }

  async setPermission(): Promise<void> {
    throw new Error('not in a real browser');
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
    const { local, session, badge, title } = await this.scene.page.evaluate(async () => ({
      local: await chrome.storage.local.get(null),
      session: await chrome.storage.session.get(null),
      badge: await chrome.action.getBadgeText({}),
      title: await chrome.action.getTitle({}),
    }));
    type Stored = { data: Record<string, unknown> };
    const accounts =
      (local.accounts as { data: { id: string; protection: string }[] } | undefined)?.data ?? [];
    const settings = (local.settings as Stored | undefined)?.data ?? {};
    const [account] = accounts;
    const snapshot = account && (local[`account/${account.id}`] as Stored | undefined)?.data.snapshot;
    const { figures, outcome } = (snapshot ?? {}) as {
      figures?: { cash: number } | null;
      outcome?: { kind: string } | null;
    };
    const unlocked = Object.keys((session.unlocked ?? {}) as object);
    const isProtected = account?.protection === 'passphrase';
    return {
      badge,
      title,
      preview: session['popup-preview'] ? JSON.stringify(session['popup-preview']) : '',
      readable: accounts.length <= 1,
      account: account
        ? { protected: isProtected, locked: isProtected && !unlocked.includes(account.id) }
        : null,
      hidden: settings.hideAmounts === true,
      figure: (settings.badgeFigure as Figure | undefined) ?? 'cash',
      cash: figures ? String(figures.cash / 1_000_000) : null,
      outcome: outcome?.kind ?? null,
    };
  }

  expectRequests(mayPoll: boolean, story: string): number {
    const balances = this.scene.balances;
    const sent = balances - this.#seen;
    this.#seen = balances;
    if (!mayPoll) expect(sent, `${story}: a request`).toBe(0);
    for (const { method, verdict, origin, cookie } of this.scene.exchange.journal) {
      expect({ method, origin, cookie }, story).toEqual({ method: 'GET', origin: false, cookie: false });
      expect(verdict, story).toBe('ok');
    }
    return sent;
  }
}

test(`${STORIES} stories in a real browser; MODEL_SEED=${SEED}`, { timeout: 1_800_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(stories(16, 20, ['the clock', 'access']), (commands) =>
      inChromium((scene) =>
        fc.asyncModelRun(() => ({ model: initialModel(), real: new ChromiumSubject(scene) }), commands),
      ),
    ),
    { numRuns: STORIES, seed: SEED },
  );
});
