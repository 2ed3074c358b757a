// The minimal worker that shows a balance on the badge: the floor for the shipped worker.
// @ts-nocheck: it runs in a worker of the browser, as it stands.
// One key of one account, ready in IndexedDB or encrypted under a secret in memory; no errors, no states, no messages. On
// request it also makes all the browser API calls of the shipped worker and ignores their results: the cost of a poll that
// is stored, whatever the implementation.
const HOST = 'https://external-api.kalshi.com';
const PATH = '/trade-api/v2/portfolio/balance';

function stored() {
  return new Promise((resolve) => {
    const open = indexedDB.open('bare', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('keys');
    open.onsuccess = () => {
      const get = open.result.transaction('keys').objectStore('keys').get('key');
      get.onsuccess = () => {
        open.result.close();
        resolve(get.result);
      };
    };
  });
}

async function signingKey({ key, wrapped, iv, algorithm }) {
  if (key) return key;
  const { secret } = await chrome.storage.session.get('secret');
  const bytes = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
  const opener = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['unwrapKey']);
  const cipher = { name: 'AES-GCM', iv };
  return crypto.subtle.unwrapKey('pkcs8', wrapped, opener, cipher, algorithm, false, ['sign']);
}

/** Two locks, what is stored, and the attempt. */
async function before() {
  const read = () => Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(['open'])]);
  await read();
  await chrome.permissions.contains({ origins: [`${HOST}/*`] });
  for (const name of ['key', 'accounts']) await navigator.locks.request(name, async () => {});
  await read();
  await chrome.storage.local.set({ pace: { v: 1, data: { attemptedAt: Date.now(), failures: 0 } } });
}

/** A lock, what is stored, the figure, the tooltip, the first frame, and history. */
async function after(figure) {
  const at = Date.now();
  await navigator.locks.request('accounts', async () => {});
  await Promise.all([chrome.storage.local.get(null), chrome.storage.session.get(['open'])]);
  const snapshot = { v: 1, data: { figures: { cash: figure, positions: 0, at }, outcome: { kind: 'ok' } } };
  const log = { v: 1, data: { entries: [{ kind: 'ok', first: at, last: at, times: 1 }] } };
  const day = { v: 1, data: { began: at, points: [{ at, cash: figure, positions: 0, gap: false }] } };
  await chrome.storage.local.set({ snapshot, log, day, pace: { v: 1, data: { attemptedAt: at } } });
  await Promise.all([
    chrome.action.setTitle({ title: `Cash ${figure}\n${new Date(at).toLocaleTimeString()}` }),
    chrome.storage.session.set({ 'popup-preview': { name: 'Bare', amount: [String(figure), '.00'] } }),
  ]);
  await append({ at, cash: figure, positions: 0, gap: false });
}

/** The last sample, and one in each of four tiers; two of them are cleared. */
function append(sample) {
  return new Promise((resolve) => {
    const open = indexedDB.open('history', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('samples');
    open.onsuccess = () => {
      const write = open.result.transaction('samples', 'readwrite');
      const store = write.objectStore('samples');
      const tier = (number, until) => IDBKeyRange.bound(['a', number, -Infinity], ['a', number, until]);
      store.openCursor(tier(0, Infinity), 'prev').onsuccess = () => {
        store.put(sample, ['a', 0, sample.at]);
        for (const [index, step] of [300_000, 3_600_000, 86_400_000].entries()) {
          const slot = ['a', index + 1, Math.floor(sample.at / step) * step];
          store.get(slot).onsuccess = () => store.put(sample, slot);
        }
        store.delete(tier(0, sample.at - 172_800_000));
        store.delete(tier(1, sample.at - 5_184_000_000));
      };
      write.oncomplete = () => {
        open.result.close();
        resolve();
      };
    };
  });
}

async function poll() {
  const record = await stored();
  if (record.recording) await before();
  const key = await signingKey(record);
  const time = String(Date.now());
  const text = new TextEncoder().encode(`${time}GET${PATH}`);
  const signature = await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, key, text);
  const headers = {
    'KALSHI-ACCESS-KEY': record.keyId,
    'KALSHI-ACCESS-TIMESTAMP': time,
    'KALSHI-ACCESS-SIGNATURE': btoa(String.fromCharCode(...new Uint8Array(signature))),
  };
  const response = await fetch(HOST + PATH, { headers });
  const { balance_dollars } = await response.json();
  await chrome.action.setBadgeText({ text: String(Math.trunc(Number(balance_dollars))) });
  if (record.recording) await after(Number(balance_dollars));
}

chrome.alarms.onAlarm.addListener(poll);
chrome.runtime.onMessage.addListener((_, __, answer) => {
  poll().then(() => answer({ ok: true }));
  return true;
});
