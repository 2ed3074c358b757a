// A fake of the WebExtensions API, as far as the background uses it, with the behaviour of the real one. Stored data
// is copied as JSON, alarms fire only when a test fires them, and a background that ends loses its listeners.
import { english } from './english.ts';
import { bindToLifetime } from './lifetimes.ts';

type Listener = (...args: never[]) => unknown;

class Event {
  /** Each with itself, bound to the lifetime that added it. */
  readonly listeners = new Map<Listener, Listener>();
  hasListener = (listener: Listener) => this.listeners.has(listener);
  addListener = (listener: Listener) => void this.listeners.set(listener, bindToLifetime(listener));
  removeListener = (listener: Listener) => void this.listeners.delete(listener);
  /** Calls every listener and waits for all of them. */
  emit = (...args: unknown[]) =>
    Promise.all([...this.listeners.values()].map((listener) => listener(...(args as never[]))));
}

export const ID = 'extensionid';
export const ORIGIN = `chrome-extension://${ID}/`;
/** A sender as the browser describes one of our own pages in a tab. */
export const OWN_PAGE = {
  id: ID,
  url: `${ORIGIN}src/pages/options/index.html`,
  origin: ORIGIN.slice(0, -1),
  frameId: 0,
};

export class FakeBrowser {
  /** Firefox has another origin, and never reports a locked screen. */
  kind: 'chromium' | 'firefox' = 'chromium';
  /** What survives the browser: the profile. */
  local: Record<string, unknown> = {};
  /** What survives the background, and ends with the browser. */
  session: Record<string, unknown> = {};
  /** Every secret that was in the session, by account id: what a test knows and a locked browser does not. */
  readonly secrets: Record<string, { key: string; records: string; generation: number }> = {};
  alarmsSet = new Map<string, { name: string; periodInMinutes?: number; when?: number }>();
  granted = new Set(['https://external-api.kalshi.com/*', 'https://api.elections.kalshi.com/*', 'idle']);
  toolbar = { text: '', title: '', colour: '', icon: '' };
  /** Seconds without input after which the user counts as away. */
  idleAfter = 0;
  /** How often the options page was opened. */
  optionsOpened = 0;
  /** Thrown by every write to the profile, and by every read from it, if set. */
  writeError: Error | undefined;
  readError: Error | undefined;
  /** The idle state reported by the operating system. */
  presence: 'active' | 'idle' | 'locked' = 'active';
  /** The pages that were opened in tabs. */
  tabsOpened: string[] = [];
  /** The notifications on the screen by id, and every one that was ever created. */
  notifications = new Map<string, { title: string; message: string }>();
  notified: { id: string; title: string; message: string }[] = [];
  readonly events = {
    notificationClicked: new Event(),
    alarm: new Event(),
    installed: new Event(),
    startup: new Event(),
    message: new Event(),
    stored: new Event(),
    added: new Event(),
    removed: new Event(),
    presence: new Event(),
    shortcut: new Event(),
  };

  /** The user locks the screen, and is idle after a while. */
  async lockScreen(): Promise<void> {
    this.presence = this.kind === 'firefox' ? 'idle' : 'locked';
    await this.events.presence.emit(this.presence);
  }

  /** Ends the background: its listeners are removed, stored data stays. */
  endBackground(): void {
    for (const event of Object.values(this.events)) event.listeners.clear();
  }

  /** Ends the whole browser: only the profile stays. */
  restart(): void {
    this.endBackground();
    this.session = {};
    this.alarmsSet.clear();
    Object.assign(this.toolbar, { text: '', title: '', colour: '', icon: '' });
  }

  /** Sends a message from a page or another sender. Returns the response, or undefined if there is none. */
  async send(message: unknown, sender: object = OWN_PAGE): Promise<unknown> {
    const answers = await this.events.message.emit(message, sender);
    return answers.find((answer) => answer !== undefined);
  }

  /** The `browser` that modules import. */
  readonly api = {
    runtime: {
      id: ID,
      getURL: (path: string) => (this.kind === 'firefox' ? ORIGIN.replace('chrome', 'moz') : ORIGIN) + path,
      getManifest: () => ({ version: '1.2.3' }),
      onInstalled: this.events.installed,
      onStartup: this.events.startup,
      onMessage: this.events.message,
      openOptionsPage: async () => {
        this.optionsOpened++;
      },
    },
    i18n: {
      getUILanguage: () => 'en-US',
      getMessage: (key: never, fill: string[] = []) => english.message(key, ...fill),
    },
    storage: {
      local: this.#area('local'),
      session: this.#area('session'),
      onChanged: this.events.stored,
    },
    alarms: {
      onAlarm: this.events.alarm,
      get: async (name: string) => this.alarmsSet.get(name),
      create: (name: string, info: object) => void this.alarmsSet.set(name, { name, ...info }),
      clear: async (name: string) => this.alarmsSet.delete(name),
    },
    permissions: {
      onAdded: this.events.added,
      onRemoved: this.events.removed,
      contains: async ({ origins = [], permissions = [] }: { origins?: string[]; permissions?: string[] }) =>
        [...origins, ...permissions].every((name) => this.granted.has(name)),
      remove: async ({ permissions }: { permissions: string[] }) =>
        permissions.every((name) => this.granted.delete(name)),
    },
    commands: { onCommand: this.events.shortcut },
    tabs: {
      create: async ({ url }: { url: string }) => void this.tabsOpened.push(url),
    },
    /** As with the optional permission granted. */
    idle: {
      onStateChanged: this.events.presence,
      setDetectionInterval: (seconds: number) => {
        this.idleAfter = seconds;
      },
      queryState: async () => this.presence,
    },
    notifications: {
      onClicked: this.events.notificationClicked,
      getAll: async () => Object.fromEntries([...this.notifications.keys()].map((id) => [id, true])),
      create: async (id: string, { title, message }: { title: string; message: string }) => {
        this.notifications.set(id, { title, message });
        this.notified.push({ id, title, message });
        return id;
      },
      clear: async (id: string) => this.notifications.delete(id),
    },
    action: {
      setBadgeText: async ({ text }: { text: string }) => this.#paint({ text }),
      setBadgeBackgroundColor: async ({ color }: { color: string }) => this.#paint({ colour: color }),
      setBadgeTextColor: async () => undefined,
      setTitle: async ({ title }: { title: string }) => this.#paint({ title }),
      setIcon: async ({ path }: { path: Record<string, string> }) => this.#paint({ icon: path[16] ?? '' }),
    },
  };

  #area(name: 'local' | 'session') {
    return {
      get: async (keys: string | string[] | null) => {
        if (this.readError && name === 'local') throw this.readError;
        const all = structuredClone(this[name]);
        if (keys === null) return all;
        return Object.fromEntries([keys].flat().flatMap((key) => (key in all ? [[key, all[key]]] : [])));
      },
      clear: async () => {
        const changes = this[name];
        this[name] = {};
        await this.events.stored.emit(changes, name);
      },
      set: async (items: Record<string, unknown>) => {
        if (this.writeError && name === 'local') throw this.writeError;
        Object.assign(this[name], JSON.parse(JSON.stringify(items)));
        if (items.unlocked) Object.assign(this.secrets, items.unlocked);
        await this.events.stored.emit(items, name);
      },
      remove: async (keys: string | string[]) => {
        for (const key of [keys].flat()) delete this[name][key];
        await this.events.stored.emit(Object.fromEntries([keys].flat().map((key) => [key, {}])), name);
      },
    };
  }

  #paint(change: Partial<typeof this.toolbar>): void {
    Object.assign(this.toolbar, change);
  }
}

/** Web Locks for one process: Node 20 has none. Held by name, first come first served. */
export function fakeLocks(): Pick<LockManager, 'request' | 'query'> {
  const held = new Map<string, Promise<unknown>>();
  const request = async (name: string, work: (lock: object) => unknown) => {
    const before = held.get(name);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work({ name });
    })();
    held.set(name, mine);
    try {
      return await mine;
    } finally {
      if (held.get(name) === mine) held.delete(name);
    }
  };
  return { request: request as unknown as LockManager['request'], query: async () => ({}) };
}
