// The background's life in a fake browser: connect, poll, die, wake, forget.
import { describe, expect, test, vi } from 'vitest';
import { readHoldings } from '../../../src/storage/holdings-store.ts';
import { makeKey } from '../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  KEY_ID,
  START,
  saving,
  withBackground,
} from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);
const refusal = (details: string) => () =>
  new Response(JSON.stringify({ error: { code: 'authentication_error', details } }), { status: 401 });
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

describe('before a key is connected', () => {
  test('nothing is asked, nothing is stored, the toolbar says what to do', async () => {
    await world.browser.events.startup.emit();
    expect(world.requests).toEqual([]);
    expect(world.browser.local).toEqual({});
    expect(world.browser.alarmsSet.size).toBe(0);
    expect(world.browser.toolbar).toMatchObject({
      text: '',
      title: expect.stringContaining('Not connected'),
    });
  });

  test('installing opens the options page, and only then', async () => {
    await world.browser.events.installed.emit({ reason: 'install' });
    expect(world.browser.optionsOpened).toBe(1);
    await connected();
    await world.browser.events.installed.emit({ reason: 'update' });
    expect(world.browser.optionsOpened).toBe(1);
  });
});

describe('checking a key', () => {
  test('asks once and writes nothing', async () => {
    const result = await world.command('key/check', draft);
    expect(result).toMatchObject({
      ok: true,
      value: { environment: 'production', keyId: KEY_ID, keyType: 'Ed25519', figures: { cash: 98_018_600 } },
    });
    expect(world.requests).toHaveLength(1);
    expect(world.browser.local).toEqual({});
    expect(await world.keys()).toEqual([]);
  });

  test('finds the key ID beside the key', async () => {
    const text = `Key ID: ${KEY_ID.toUpperCase()}\n${pem}`;
    const result = await world.command('key/check', { ...draft, keyId: '', privateKey: text });
    expect(result).toMatchObject({ ok: true, value: { keyId: KEY_ID } });
  });

  test.each([
    ['no key ID', { keyId: '' }, { kind: 'key-id', fault: 'missing' }],
    ['half a key ID', { keyId: KEY_ID.slice(1) }, { kind: 'key-id', fault: 'malformed' }],
    ['the key in the box of the ID', { keyId: pem }, { kind: 'key-id', fault: 'is-a-private-key' }],
    [
      'two IDs',
      { keyId: '', privateKey: `${KEY_ID} ${KEY_ID.replace('0', '1')} ${pem}` },
      { kind: 'key-id', fault: 'several' },
    ],
    ['no key', { privateKey: '' }, { kind: 'key-file', fault: 'empty' }],
    ['a letter', { privateKey: 'Dear Kalshi' }, { kind: 'key-file', fault: 'not-a-key' }],
    ['no access', { environment: 'demo' }, { kind: 'exchange', failure: { kind: 'permission-missing' } }],
  ])('%s: says so without asking anybody', async (_, wrong, problem) => {
    expect(await world.command('key/check', { ...draft, ...wrong })).toEqual({ ok: false, problem });
    expect(await world.command('key/save', { ...save, ...wrong, allowUnchecked: true })).toEqual({
      ok: false,
      problem,
    });
    expect(world.requests).toEqual([]);
    expect(world.browser.local).toEqual({});
    expect(await world.keys()).toEqual([]);
  });
});

describe('saving a key', () => {
  test('the figures of the check are on the badge at once', async () => {
    await connected();
    expect(world.requests).toHaveLength(1);
    expect(world.browser.toolbar.text).toBe('98');
    expect(world.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 });
    expect(world.stored()).toEqual(['accounts', 'account']);
    expect(await world.keys()).toHaveLength(1);
    expect(JSON.stringify(world.browser.local)).not.toContain(pem.split('\n')[1]);
  });

  test.each([
    ['wrong key', refusal('INCORRECT_API_KEY_SIGNATURE'), 'signature-refused'],
    ['unknown id', refusal('NOT_FOUND'), 'key-unknown'],
    ['no scope', () => new Response('{}', { status: 403 }), 'scope-missing'],
    ['blocked', () => new Response('<html>', { status: 403 }), 'blocked'],
  ])('a refused key is not saved, whatever is insisted on: %s', async (_, answer, kind) => {
    world.answer = answer;
    for (const allowUnchecked of [false, true]) {
      expect(await world.command('key/save', { ...save, allowUnchecked })).toMatchObject({
        ok: false,
        problem: { kind: 'exchange', failure: { kind } },
      });
    }
    expect(world.browser.local).toEqual({});
    expect(await world.keys()).toEqual([]);
  });

  test.each([
    ['no network', noNetwork, 'offline'],
    ['busy', () => new Response('', { status: 429 }), 'rate-limited'],
    ['broken', () => new Response('', { status: 500 }), 'exchange-error'],
    ['captive portal', () => new Response('<html>'), 'bad-reply'],
  ])('an exchange that cannot be asked does not make a key bad: %s', async (_, answer, kind) => {
    world.answer = answer;
    expect(await world.command('key/save', save)).toMatchObject({
      ok: false,
      problem: { failure: { kind } },
    });
    expect(await world.keys()).toEqual([]);
    // Nobody could be asked what the key may do either, so it takes the user's consent.
    expect(await world.command('key/save', { ...save, allowUnchecked: true })).toMatchObject({
      ok: false,
      problem: { kind: 'can-act', scopes: null },
    });
    expect(await world.keys()).toEqual([]);
    expect(
      await world.command('key/save', { ...save, allowUnchecked: true, acceptPower: true }),
    ).toMatchObject({ ok: true });
    expect(world.browser.toolbar).toMatchObject({ text: '!', icon: expect.stringContaining('attention') });
    world.answer = balance('12.00');
    await world.passMinutes(30);
    expect(world.browser.toolbar.text).toBe('12');
  });

  test('a storage that refuses is told, and leaves nothing behind', async () => {
    world.browser.writeError = new Error('QuotaExceededError');
    expect(await world.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'storage' } });
    world.browser.writeError = undefined;
    expect(world.browser.local).toEqual({});
    await world.browser.events.startup.emit();
    expect(await world.keys()).toEqual([]);
  });

  test('replacing a key keeps the account and drops the old key', async () => {
    const accountId = await connected();
    const [old] = await world.keys();
    world.now += 20_000;
    const other = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#1').pem };
    expect(await world.command('key/save', { ...other, replaces: accountId })).toEqual({
      ok: true,
      value: { accountId },
    });
    const keys = await world.keys();
    expect(keys).toHaveLength(1);
    expect(keys).not.toContain(old);
    expect(world.browser.local.accounts).toMatchObject({ data: [{ id: accountId, keyType: 'RSA' }] });
  });
});

describe('least privilege', () => {
  const OTHER = 'a0a0a0a0-0000-4000-8000-00000000cafe';
  const told = (scopes: string[]) => () =>
    new Response(
      JSON.stringify({
        api_keys: [
          { api_key_id: OTHER, name: 'the bot', scopes: ['read', 'write'] },
          { api_key_id: KEY_ID, name: 'mine', scopes },
        ],
      }),
    );
  const account = () => (world.browser.local.accounts as { data: object[] }).data[0];

  test('a check tells what the key may do', async () => {
    world.scopes = told(['read::portfolio_balance']);
    expect(await world.command('key/check', draft)).toMatchObject({
      value: { scopes: ['read::portfolio_balance'] },
    });
  });

  test.each([
    ['refused', () => new Response('{}', { status: 403 })],
    ['unauthorised', () => new Response('{}', { status: 401 })],
    ['broken', () => new Response('', { status: 500 })],
    ['gibberish', () => new Response('<html>')],
    ['another shape', () => new Response('{"api_keys":[{"api_key_id":7}]}')],
    ['not in the list', () => new Response('{"api_keys":[]}')],
    ['no network', noNetwork],
  ])('what it does not tell is unknown, and no fault of the key: %s', async (_, answer) => {
    world.scopes = answer;
    expect(await world.command('key/check', draft)).toMatchObject({ ok: true, value: { scopes: null } });
  });

  test.each([
    ['busy', () => new Response('', { status: 429 })],
    ['broken', () => new Response('', { status: 503 })],
    ['no network', noNetwork],
    ['refused', () => new Response('{}', { status: 403 })],
  ])('a key that can act, by its check, is not saved when saving is told nothing: %s', async (_, answer) => {
    world.scopes = told(['read', 'write']);
    await world.command('key/check', draft);
    await world.wake(); // the background ends between check and save
    world.scopes = answer;
    expect(await world.command('key/save', save)).toEqual({
      ok: false,
      problem: { kind: 'can-act', scopes: ['read', 'write'] },
    });
    expect(await world.keys()).toEqual([]);
    expect(await world.command('key/save', { ...save, acceptPower: true })).toMatchObject({ ok: true });
    expect(account()).toMatchObject({ scopes: ['read', 'write'] });
  });

  test('a key of which nobody says what it can do is saved only with consent', async () => {
    world.scopes = () => new Response('{}', { status: 403 });
    expect(await world.command('key/save', save)).toEqual({
      ok: false,
      problem: { kind: 'can-act', scopes: null },
    });
    expect(await world.keys()).toEqual([]);
    expect(await world.command('key/save', { ...save, acceptPower: true })).toMatchObject({ ok: true });
  });

  test('a marked key that is saved again while Kalshi says nothing keeps its mark', async () => {
    world.scopes = told(['read', 'write']);
    await world.command('key/save', { ...save, acceptPower: true });
    world.browser.restart(); // what the check remembered is gone
    await world.wake();
    world.now += 20_000;
    world.scopes = () => new Response('', { status: 429 });
    expect(await world.command('key/save', save)).toMatchObject({ ok: false, problem: { kind: 'can-act' } });
    await world.command('key/save', { ...save, acceptPower: true });
    expect(account()).toMatchObject({ scopes: ['read', 'write'] });
  });

  test('scopes that nobody told are asked for with the next good poll', async () => {
    world.scopes = () => new Response('', { status: 503 });
    await world.command('key/save', { ...save, acceptPower: true });
    expect(account()).toMatchObject({ scopes: null });
    await world.passMinutes(1);
    expect(world.scopeRequests).toBe(2);
    expect(account()).toMatchObject({ scopes: null });
    world.scopes = told(['read']);
    await world.passMinutes(1);
    expect(account()).toMatchObject({ scopes: ['read'] });
    await world.passMinutes(1);
    expect(world.scopeRequests).toBe(3);
  });

  test('a refusal to tell is asked about once more, and then once a day', async () => {
    world.scopes = () => new Response('{}', { status: 403 });
    await world.command('key/save', { ...save, acceptPower: true });
    for (let minute = 0; minute < 60; minute++) await world.passMinutes(1);
    expect(world.scopeRequests).toBe(2);
    await world.passMinutes(24 * 60);
    expect(world.scopeRequests).toBe(3);
  });

  test('what the user has agreed to is kept beside what the key can do now, until they agree to that', async () => {
    world.scopes = told(['read']);
    const accountId = await connected();
    world.scopes = told(['read', 'write::trade']);
    await world.passMinutes(24 * 60);
    expect(account()).toMatchObject({ scopes: ['read', 'write::trade'], acceptedScopes: ['read'] });
    expect(await world.command('account/accept-scopes', { accountId })).toEqual({ ok: true, value: null });
    expect(account()).toMatchObject({ acceptedScopes: ['read', 'write::trade'] });
  });

  test('a key that can act is not saved unless someone insists', async () => {
    world.scopes = told(['read', 'write']);
    expect(await world.command('key/save', save)).toEqual({
      ok: false,
      problem: { kind: 'can-act', scopes: ['read', 'write'] },
    });
    expect(world.browser.local).toEqual({});
    expect(await world.keys()).toEqual([]);
    expect(await world.command('key/save', { ...save, acceptPower: true })).toMatchObject({ ok: true });
    expect(account()).toMatchObject({ scopes: ['read', 'write'] });
  });

  test('nothing of the other keys is kept', async () => {
    world.scopes = told(['read']);
    await connected();
    expect(JSON.stringify(world.browser.local)).not.toMatch(/the bot|cafe|write/);
  });

  test('once a day the scopes are read again; silence changes nothing', async () => {
    world.scopes = told(['read']);
    await connected();
    await world.passMinutes(60);
    expect(world.scopeRequests).toBe(1);
    world.scopes = told(['read', 'write::trade']);
    await world.passMinutes(24 * 60);
    await vi.waitFor(() => expect(account()).toMatchObject({ scopes: ['read', 'write::trade'] }));
    expect(world.scopeRequests).toBe(2);
    world.scopes = () => new Response('', { status: 403 });
    await world.passMinutes(24 * 60);
    expect(world.scopeRequests).toBe(3);
    expect(account()).toMatchObject({ scopes: ['read', 'write::trade'] });
  });
});

describe('polling', () => {
  test('the badge follows the balance', async () => {
    await connected();
    world.answer = balance('1234.5678', 50_000);
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('1.2k');
    expect(world.browser.toolbar.title).toContain('Total $1,734.5678');
  });

  test('a background with no memory goes on where the last one stopped', async () => {
    await connected();
    world.browser.toolbar.text = '';
    await world.wake();
    await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('98'));
    world.answer = balance('99.99');
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('99');
    expect(world.requests).toHaveLength(2);
  });

  test('a failure leaves the figure, visibly stale, and heals', async () => {
    await connected();
    world.answer = noNetwork;
    await world.passMinutes(1);
    expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/stale-16.png' });
    expect(world.browser.toolbar.title).toContain('Not updated since');
    world.answer = balance('97');
    await world.passMinutes(30);
    expect(world.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
  });

  test('a refusal stops the polling until the user acts', async () => {
    const accountId = await connected();
    world.answer = refusal('NOT_FOUND');
    await world.passMinutes(1);
    expect(world.requests).toHaveLength(2);
    for (let i = 0; i < 5; i++) await world.passMinutes(60);
    await world.wake();
    await world.browser.events.startup.emit();
    expect(world.requests).toHaveLength(2);
    expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/attention-16.png' });
    world.answer = balance('5');
    await world.command('account/refresh', { accountId });
    expect(world.browser.toolbar.text).toBe('5');
    await world.passMinutes(1);
    expect(world.requests).toHaveLength(4);
  });

  test('access taken away is recognised without a request, and its return resumes', async () => {
    await connected();
    world.browser.granted.clear();
    await world.browser.events.removed.emit({});
    expect(world.requests).toHaveLength(1);
    expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/attention-16.png' });
    expect(world.browser.toolbar.title).toContain('No permission to reach Kalshi');
    world.browser.granted.add('https://external-api.kalshi.com/*');
    world.now += 15_000;
    world.answer = balance('99');
    await world.browser.events.added.emit({});
    expect(world.browser.toolbar).toMatchObject({ text: '99', icon: '/icons/live-16.png' });
  });

  test('however often someone asks, one request at a time and six a minute at most', async () => {
    const accountId = await connected();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    world.answer = async () => {
      await gate;
      return new Response('', { status: 500 });
    };
    world.now += 10_000;
    const wishes = Array.from({ length: 50 }, () => world.command('account/refresh', { accountId }));
    release();
    // Whoever asked while it was under way is answered when it is over, with what came of it.
    for (const wish of await Promise.all(wishes))
      expect(wish).toEqual({ ok: true, value: { kind: 'exchange-error', status: 500 } });
    expect(world.requests).toHaveLength(2);
    const before = world.requests.length;
    for (let second = 0; second < 60; second++) {
      world.now += 1_000;
      await world.command('account/refresh', { accountId });
    }
    expect(world.requests.length - before).toBeLessThanOrEqual(6);
  });

  test('while nobody is there, seldom; on return, at once', async () => {
    await connected();
    await world.command('settings/change', { restWhenAway: true });
    world.browser.presence = 'idle';
    for (let minute = 0; minute < 60; minute++) await world.passMinutes(1);
    expect(world.requests.length - 1).toBe(4);
    world.browser.presence = 'active';
    world.answer = balance('97');
    world.now += 60_000;
    await world.browser.events.presence.emit('active');
    expect(world.browser.toolbar.text).toBe('97');
    for (let minute = 0; minute < 10; minute++) await world.passMinutes(1);
    expect(world.requests.length - 1).toBe(15);
  });

  test('someone who did not ask for that is polled all the time', async () => {
    await connected();
    world.browser.presence = 'locked';
    for (let minute = 0; minute < 10; minute++) await world.passMinutes(1);
    expect(world.requests.length - 1).toBe(10);
  });

  test('the shortcut hides amounts: on the badge, in the tooltip, for ever', async () => {
    await connected();
    await world.browser.events.shortcut.emit('hide-amounts');
    expect(world.browser.toolbar.text).toBe('•••');
    expect(world.browser.toolbar.title).toContain('Amounts are hidden.');
    expect(world.browser.toolbar.title).not.toMatch(/\$|98/);
    world.browser.restart();
    await world.wake();
    await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('•••'));
    await world.browser.events.shortcut.emit('hide-amounts');
    expect(world.browser.toolbar.text).toBe('98');
  });

  test('what is held is asked for when somebody looks, and seldom otherwise; a key that may not is left alone', async () => {
    const accountId = await connected();
    await world.passMinutes(1);
    expect(world.listRequests).toHaveLength(1);
    await world.passMinutes(60);
    await world.command('account/look', { accountId });
    expect(world.listRequests).toHaveLength(1); // denied: a day long
    world.list = () => new Response('{"cursor":""}');
    await world.passMinutes(24 * 60);
    expect(world.listRequests.length).toBe(1 + 5);
    world.now += 61_000;
    await world.command('account/look', { accountId });
    expect(world.listRequests.length).toBe(1 + 10);
    world.now += 15_000;
    await world.command('account/look', { accountId });
    expect(world.listRequests.length).toBe(1 + 10);
  });

  test('lists that fail leave what was known of them', async () => {
    const accountId = await connected();
    const holdings = () => world.data(accountId).holdings;
    world.list = () => new Response('{"cursor":""}');
    await world.passMinutes(1);
    const before = holdings();
    world.list = () => new Response('', { status: 500 });
    world.now += 61_000;
    expect(await world.command('account/look', { accountId })).toEqual({ ok: true, value: null });
    expect(holdings()).toEqual({ ...before, at: world.now });
    expect(await readHoldings(accountId)).toMatchObject({ positions: [] });
    expect(world.browser.toolbar.icon).toBe('/icons/live-16.png');
  });

  test('a value that is the cash all over is the total: in the figure, the day and the history alike', async () => {
    const accountId = await connected();
    world.list = () => new Response('{"cursor":""}'); // nothing is held
    await world.passMinutes(1);
    world.answer = balance('98.0186', 9801);
    await world.passMinutes(1);
    expect(world.browser.toolbar.title).toContain('Total $98.0186');
    expect((await world.samples()).at(-1)).toMatchObject({ positions: 0 });
    expect(world.data(accountId).day?.points.at(-1)).toMatchObject({ positions: 0 });
  });

  test('a key is tried and polled one after the other, never at once', async () => {
    const accountId = await connected();
    let open = 0;
    let most = 0;
    world.answer = async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return balance('97')();
    };
    world.now += 60_000;
    const trying = [world.command('account/refresh', { accountId }), world.command('key/check', draft)];
    await Promise.all([...trying, world.command('key/check', draft)]);
    expect(world.requests.length).toBe(4);
    expect(most).toBe(1);
  });

  test('looking does not override a refusal', async () => {
    const accountId = await connected();
    world.answer = refusal('NOT_FOUND');
    await world.passMinutes(1);
    world.now += 60_000;
    await world.command('account/look', { accountId });
    expect(world.requests).toHaveLength(2);
  });

  test('deleting the history leaves the figure', async () => {
    const accountId = await connected();
    await world.passMinutes(1);
    expect(await world.samples()).toHaveLength(2);
    expect(await world.command('history/delete', { accountId })).toEqual({ ok: true, value: null });
    expect(await world.samples()).toEqual([]);
    expect(world.browser.toolbar.text).toBe('98');
  });

  test('after a long sleep: one poll, not a burst, and the gap stays a gap', async () => {
    await connected();
    await world.passMinutes(9 * 60);
    expect(world.requests).toHaveLength(2);
    expect((await world.samples()).map(({ gap }) => gap)).toEqual([true, true]);
    await world.passMinutes(1);
    expect((await world.samples()).map(({ gap }) => gap)).toEqual([true, true, false]);
  });

  test('connecting the same key again is the same account', async () => {
    const accountId = await connected();
    world.now += 60_000;
    expect(await world.command('key/save', save)).toEqual({ ok: true, value: { accountId } });
    expect((world.browser.local.accounts as { data: object[] }).data).toHaveLength(1);
    expect(await world.keys()).toHaveLength(1);
  });

  test('a clock that is right again needs no correction', async () => {
    await connected();
    const offset = () => world.data().backoff.clockOffset;
    let slowBy = 42_000;
    world.answer = (init) => {
      const headers = { date: new Date(world.now + slowBy).toUTCString() };
      const stamp = Number(new Headers(init.headers).get('KALSHI-ACCESS-TIMESTAMP'));
      return Math.abs(stamp - world.now - slowBy) > 15_000
        ? new Response('{"error":{"code":"header_timestamp_expired"}}', { status: 401, headers })
        : new Response('{"balance_dollars":"7","portfolio_value":0}', { headers });
    };
    await world.passMinutes(1);
    expect(offset()).toBe(42_500);
    slowBy = 0;
    await world.passMinutes(1);
    expect(offset()).toBe(0);
    expect(world.browser.toolbar.icon).toBe('/icons/live-16.png');
    const asked = world.requests.length;
    await world.passMinutes(1);
    expect(world.requests.length).toBe(asked + 1);
  });

  test('a key that is gone says so', async () => {
    await connected();
    vi.stubGlobal('indexedDB', new (await import('fake-indexeddb')).IDBFactory());
    await world.passMinutes(1);
    expect(world.browser.toolbar.title).toContain('The key is missing');
    expect(world.requests).toHaveLength(1);
  });

  test('a wrong clock is corrected, and the correction kept', async () => {
    await connected();
    const slowBy = 42_000;
    const refuse = () =>
      new Response('{"error":{"code":"header_timestamp_expired"}}', {
        status: 401,
        headers: { date: new Date(world.now + slowBy).toUTCString() },
      });
    const answers = [refuse, balance('7')];
    world.answer = () => (answers.shift() ?? balance('8'))();
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('7');
    expect(world.requests).toHaveLength(3);
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('8');
    expect(world.requests).toHaveLength(4);
  });
});

test.each([
  ['production', 'https://external-api.kalshi.com/'],
  ['demo', 'https://external-api.demo.kalshi.co/'],
])(
  'over a day, a %s key goes to its own host, at its own pace, and nowhere else',
  async (environment, host) => {
    world.browser.granted.add('https://external-api.demo.kalshi.co/*');
    const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) =>
      vi.spyOn(console, level as 'log'),
    );
    await world.browser.events.installed.emit({ reason: 'install' });
    await world.command('key/save', { ...save, environment });
    for (let minute = 0; minute < 24 * 60; minute++) await world.passMinutes(1);
    expect(world.requests).toHaveLength(1 + 24 * 60);
    expect(world.requests.every((url) => url.startsWith(host))).toBe(true);
    expect(world.scopeRequests).toBeLessThanOrEqual(2);
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
    expect(JSON.stringify(world.browser.toolbar)).not.toContain(KEY_ID.slice(0, 8));
  },
);

describe('the alarm', () => {
  test('is set again when it is missing, and left alone when it is right', async () => {
    await connected();
    const alarm = world.browser.alarmsSet.get('poll');
    await world.wake();
    await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('98'));
    expect(world.browser.alarmsSet.get('poll')).toBe(alarm);
    world.browser.alarmsSet.clear();
    await world.wake();
    await vi.waitFor(() => expect(world.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 }));
  });

  test('follows the setting', async () => {
    await connected();
    expect(await world.command('settings/change', { periodSeconds: 30 })).toEqual({ ok: true, value: null });
    expect(world.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 0.5 });
  });
});

test('the badge follows the setting at once', async () => {
  await connected();
  await world.command('settings/change', { badgeFigure: 'positions' });
  expect(world.browser.toolbar.text).toBe('1');
  await world.command('settings/change', { badgeFigure: 'nothing' });
  expect(world.browser.toolbar.text).toBe('');
  expect(world.requests).toHaveLength(1);
});

describe('where the key store does not work', () => {
  const breakStore = () =>
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
      },
    });

  test('connecting says so and saves nothing; this session only works, and says when it is over', async () => {
    breakStore();
    expect(await world.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'no-store' } });
    expect(world.browser.local).toEqual({});
    const result = await world.command<{ accountId: string }>('key/save', { ...save, sessionOnly: true });
    expect(result).toMatchObject({ ok: true });
    expect(JSON.stringify(world.browser.local)).not.toContain('bytes');
    await world.wake();
    world.answer = balance('77');
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('77');

    world.browser.restart();
    await world.wake();
    await world.browser.events.startup.emit();
    await vi.waitFor(() => expect(world.browser.alarmsSet.size).toBe(1));
    await world.passMinutes(1);
    expect(world.browser.toolbar).toMatchObject({ text: '77', icon: '/icons/attention-16.png' });
    expect(world.browser.toolbar.title).toContain('The key is missing');
    if (!result.ok) throw new Error('not saved');
    expect(await world.command('account/forget', { accountId: result.value.accountId })).toMatchObject({
      ok: true,
    });
    expect(world.browser.toolbar.text).toBe('');
  });

  test('a store that takes a key and gives nothing back is found out before the account is saved', async () => {
    const { IDBObjectStore } = await import('fake-indexeddb');
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
      this: typeof IDBObjectStore.prototype,
    ) {
      return this.count() as never;
    });
    expect(await world.command('key/save', save)).toMatchObject({ ok: false, problem: { kind: 'no-store' } });
    expect(world.browser.local).toEqual({});
  });
});

describe('several accounts', () => {
  const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#8').pem };

  test('are polled each, and their sum is on the badge where that is chosen', async () => {
    const first = await connected();
    world.answer = balance('1000', 0);
    await world.command('key/save', second);
    expect(world.browser.toolbar.text).toBe('98');
    await world.command('settings/change', { shownAccount: 'all' });
    expect(world.browser.toolbar.text).toBe('1.0k');
    expect(world.browser.toolbar.title).toMatch(/^All accounts\nCash \$1,098\.0186\n/);
    await world.passMinutes(1);
    expect(world.requests).toHaveLength(4);
    expect(world.browser.toolbar.title).toContain('Cash $2,000.00');
    await world.command('account/rename', { accountId: first, label: ' Main ' });
    await world.command('settings/change', { shownAccount: first });
    expect(world.browser.toolbar.title).toMatch(/^Main\n/);
  });

  test('forgetting one leaves the other as it was', async () => {
    const first = await connected();
    await world.command('key/save', second);
    await world.command('account/forget', { accountId: first });
    expect(await world.keys()).toHaveLength(1);
    expect(world.stored().sort()).toEqual(['account', 'accounts']);
    expect(world.browser.alarmsSet.size).toBe(1);
    world.answer = balance('5');
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('5');
  });
});

describe('forgetting', () => {
  test('leaves nothing behind', async () => {
    const accountId = await connected();
    expect(await world.command('account/forget', { accountId })).toEqual({ ok: true, value: null });
    expect(await world.keys()).toEqual([]);
    expect(world.browser.local).toEqual({ accounts: { v: 3, data: [] } });
    expect(world.browser.alarmsSet.size).toBe(0);
    expect(world.browser.toolbar).toMatchObject({
      text: '',
      title: expect.stringContaining('Not connected'),
    });
  });

  test('in the middle of a poll, what the poll brings is dropped', async () => {
    const accountId = await connected();
    world.now += 60_000;
    world.answer = async () => {
      await world.command('account/forget', { accountId });
      return balance('1')();
    };
    await world.command('account/refresh', { accountId });
    expect(world.browser.local).toEqual({ accounts: { v: 3, data: [] } });
    expect(world.browser.toolbar.text).toBe('');
  });
});

describe('what is stored and cannot be read', () => {
  const expectUnreadable = () =>
    vi.waitFor(() =>
      expect(world.browser.toolbar).toMatchObject({
        text: '!',
        icon: '/icons/attention-16.png',
        title: "Balance Badge\nStored data can't be read. Click for details.",
      }),
    );

  test.each([
    ['of a newer version', (stored: { data: unknown }) => ({ ...stored, v: 99 })],
    ['of another shape', () => ({ v: 1, data: [{ id: 1 }] })],
    ['of no shape', () => ({ v: 1, data: 7 })],
    ['nothing', () => null],
    ['text', () => 'x'],
  ])('accounts %s: told, and nothing is written over them or removed', async (_, spoil) => {
    const accountId = await connected();
    const good = structuredClone(world.browser.local);
    world.browser.local.accounts = spoil(good.accounts as { data: unknown });
    const spoilt = structuredClone(world.browser.local);
    world.browser.restart();
    await world.wake();
    await world.browser.events.startup.emit();
    await expectUnreadable();
    for (const [command, params] of [
      ['key/save', save],
      ['account/forget', { accountId }],
      ['pair/create', { environment: 'production', keyType: 'RSA' }],
      ['settings/change', { periodSeconds: 30 }],
    ] as const) {
      expect(await world.command(command, params)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
    }
    await world.passMinutes(60);
    expect(world.browser.local).toEqual(spoilt);
    expect(await world.keys()).toHaveLength(1);
    expect(world.requests).toHaveLength(1);

    world.browser.local = good; // whatever it was has passed
    await world.wake();
    await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('98'));
  });

  test('starting over removes everything, and only then', async () => {
    await connected();
    expect(await world.command('storage/reset')).toEqual({ ok: false, problem: { kind: 'internal' } });
    expect(await world.keys()).toHaveLength(1);
    world.browser.local.accounts = null;
    await world.wake();
    expect(await world.command('storage/reset')).toEqual({ ok: true, value: null });
    expect(world.browser.local).toEqual({});
    expect(await world.keys()).toEqual([]);
    expect(await world.samples()).toEqual([]);
    expect(world.browser.toolbar.title).toContain('Not connected');
    expect(await world.command('key/save', save)).toMatchObject({ ok: true });
  });

  test('a profile that cannot be read is told, and heals', async () => {
    await connected();
    world.browser.readError = new Error('An unexpected error occurred');
    await world.passMinutes(1); // the worker has read it before
    expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
    await world.wake();
    await expectUnreadable();
    await world.passMinutes(1);
    await expectUnreadable();
    expect(world.browser.alarmsSet.size).toBe(1);
    world.browser.readError = undefined;
    await world.passMinutes(1);
    expect(world.browser.toolbar).toMatchObject({ text: '98', icon: '/icons/live-16.png' });
  });

  test('a broken snapshot costs the old figure, not the account', async () => {
    const accountId = await connected();
    const data = { ...world.data(accountId), snapshot: { figures: { cash: 1.5 } } };
    world.browser.local[`account/${accountId}`] = { v: 1, data };
    await world.wake();
    await vi.waitFor(() => expect(world.browser.toolbar.text).toBe('…'));
    await world.passMinutes(1);
    expect(world.browser.toolbar.text).toBe('98');
  });
});

test('the time of the figure is the time of the answer', async () => {
  await connected();
  expect(world.data().snapshot).toMatchObject({ figures: { at: START } });
});

test('the icon is put on the toolbar once, again after a restart, and whenever nobody knows which is there', async () => {
  await world.command('key/save', save);
  const { action } = world.browser.api;
  const put: string[] = [];
  const setIcon = action.setIcon;
  action.setIcon = async (icon) => {
    put.push(icon.path[16] ?? '');
    await setIcon(icon);
  };
  await world.wake();
  await world.passMinutes(1);
  expect(put).toEqual([]);
  world.answer = () => {
    throw new TypeError('no network');
  };
  await world.passMinutes(2);
  expect(put).toEqual(['/icons/stale-16.png']);
  expect(world.browser.toolbar.icon).toBe('/icons/stale-16.png');
  world.browser.restart();
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.icon).toBe('/icons/stale-16.png'));
  // Ended between the two: the next life does not believe the note.
  action.setIcon = () => new Promise(() => undefined);
  world.answer = balance('99');
  void world.passMinutes(3);
  await vi.waitFor(() => expect(world.browser.session.icon).toBeUndefined());
  action.setIcon = setIcon;
  await world.wake();
  await vi.waitFor(() => expect(world.browser.toolbar.icon).toBe('/icons/live-16.png'));
});
