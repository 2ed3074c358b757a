// The options page: connecting step by step, and choices that take effect at once.
import { fireEvent, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { NO_ALERTS } from '../../src/domain/alerts/alert.ts';
import { NO_RULES } from '../../src/domain/alerts/rules.ts';
import { NO_SNAPSHOT, snapshotWithFailure } from '../../src/domain/balance/snapshot.ts';
import type { Micros } from '../../src/domain/money.ts';
import type { FakeBrowser } from '../fakes/browser.ts';
import { english } from '../fakes/english.ts';
import { ACCOUNT, NOW, SECRET, show, store } from './page-harness.tsx';

const CHECKED = {
  ok: true,
  value: {
    environment: 'production',
    keyId: ACCOUNT.keyId,
    keyType: 'Ed25519',
    scopes: ['read::portfolio_balance'],
    figures: { cash: 98_018_600, positions: 1_980_000, at: NOW },
  },
};
const refused = (problem: object) => ({ ok: false, problem });
const box = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (name: string, value: string) => fireEvent.input(box(name), { target: { value } });

describe('connecting', () => {
  test('after the check, the key text leaves the form and can still be saved', async () => {
    const { commands } = await show('options', {}, (command) =>
      command === 'key/check' ? CHECKED : { ok: true, value: { accountId: 'a' } },
    );
    type('API key ID', ACCOUNT.keyId);
    type('Private key', 'the key');
    expect(screen.queryByRole('button', { name: 'Save key' })).toBeNull();
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    expect(screen.getByText('$98.01')).toBeTruthy();
    expect(box('Private key').value).toBe('');
    press('Save key');
    await screen.findByText(english.message('savedHint'));
    const draft = { environment: 'production', keyId: ACCOUNT.keyId, privateKey: 'the key' };
    expect(commands).toEqual([
      { command: 'key/check', params: draft },
      {
        command: 'key/save',
        params: { ...draft, allowUnchecked: false, replaces: undefined },
      },
    ]);
  });

  /** Drops a file on the page. */
  const drop = (name: string, content: string | Uint8Array<ArrayBuffer>) => {
    const dropped = new Event('drop', { bubbles: true });
    Object.assign(dropped, { dataTransfer: { files: [new File([content], name)] } });
    document.body.dispatchEvent(dropped);
  };

  const saysGranted = (browser: FakeBrowser) =>
    Object.assign(browser.api.permissions, { contains: async () => true });

  test.each([
    ['with the key ID in its text', 'my key.txt', `${ACCOUNT.keyId}\nthe key`],
    ['with the key ID in its name', `kalshi-${ACCOUNT.keyId.toUpperCase()}.txt`, 'the key'],
  ])('a file %s is checked by itself', async (_, name, text) => {
    const { commands } = await show('options', {}, () => CHECKED, saysGranted);
    drop(name, text);
    const found = await screen.findByText(english.message('checkedHeading'));
    expect(commands).toEqual([
      {
        command: 'key/check',
        params: { environment: 'production', keyId: ACCOUNT.keyId, privateKey: text },
      },
    ]);
    expect(document.activeElement?.contains(found)).toBe(true);
    expect(screen.getByText(english.message('keyIdFound'))).toBeTruthy();
    press('Check key'); // checked already
    expect(commands).toHaveLength(1);
  });

  test('a file and a pasted key ID are checked together, once', async () => {
    const { commands } = await show('options', {}, () => CHECKED, saysGranted);
    drop('key.pem', 'the key');
    await screen.findByText(english.message('keyIdNext'));
    expect(commands).toEqual([]);
    const pasted = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(pasted, { clipboardData: { getData: () => `API key ID: ${ACCOUNT.keyId}\u200B ` } });
    fireEvent(box('API key ID'), pasted);
    await screen.findByText(english.message('checkedHeading'));
    expect(commands).toMatchObject([{ params: { keyId: ACCOUNT.keyId, privateKey: 'the key' } }]);
  });

  test('a private key pasted as the key ID is taken as the key', async () => {
    const { commands } = await show('options', {}, () => CHECKED, saysGranted);
    const text = `${ACCOUNT.keyId}\n-----BEGIN PRIVATE KEY-----`;
    const pasted = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(pasted, { clipboardData: { getData: () => text } });
    fireEvent(box('API key ID'), pasted);
    await waitFor(() =>
      expect(commands).toMatchObject([{ params: { keyId: ACCOUNT.keyId, privateKey: text } }]),
    );
  });

  test('nothing is checked by itself without access, which takes a click', async () => {
    const { commands } = await show(
      'options',
      {},
      () => CHECKED,
      (browser) => Object.assign(browser.api.permissions, { contains: async () => false }),
    );
    drop('key.pem', `${ACCOUNT.keyId}\nthe key`);
    await screen.findByText(english.message('keyIdFound'));
    expect(commands).toEqual([]);
    press('Check key');
    await waitFor(() => expect(commands).toHaveLength(1));
  });

  test('an unreachable Kalshi: the check does not claim to be repeated', async () => {
    await show('options', {}, () => refused({ kind: 'exchange', failure: { kind: 'offline' } }));
    press('Check key');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(english.message('checkOffline'));
    expect(alert.textContent).not.toMatch(/automatically/);
  });

  test('a discarded pair is not said to be at Kalshi', async () => {
    window.confirm = () => true;
    const { browser } = await show('options', {}, () => ({ ok: true, value: null }));
    const pending = { id: 'p', environment: 'production', keyType: 'Ed25519', keyRef: 'k' };
    browser.local.pending = { v: 1, data: { ...pending, protection: 'none', publicPem: 'PEM' } };
    await browser.events.stored.emit({}, 'local');
    fireEvent.click(await screen.findByRole('button', { name: 'Discard key pair' }));
    await screen.findByText(english.message('discarded'));
  });

  test('a file that cannot be read is named as such', async () => {
    await show('options', {});
    const gone = { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) };
    const dropped = new Event('drop', { bubbles: true });
    Object.assign(dropped, { dataTransfer: { files: [{ name: 'gone.pem', slice: () => gone }] } });
    document.body.dispatchEvent(dropped);
    await screen.findByText(english.message('keyUnreadable'));
  });

  test('a request for access that the browser refuses to make does not stop the check', async () => {
    const { commands } = await show(
      'options',
      {},
      () => CHECKED,
      (browser) => {
        Object.assign(browser.api.permissions, {
          contains: () => new Promise(() => undefined), // a busy browser has not said yet what is granted
          request: async () => {
            throw new Error('permissions.request may only be called from a user input handler');
          },
        });
      },
    );
    type('API key ID', ACCOUNT.keyId);
    type('Private key', 'the key');
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    expect(commands.map(({ command }) => command)).toEqual(['key/check']);
  });

  test('a refused key keeps the typed text and cannot be saved', async () => {
    await show('options', {}, () => refused({ kind: 'exchange', failure: { kind: 'key-unknown' } }));
    type('API key ID', ACCOUNT.keyId);
    type('Private key', 'the key');
    press('Check key');
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe(english.message('outcomeKeyUnknown')),
    );
    expect(box('Private key').value).toBe('the key');
    expect(box('API key ID').value).toBe(ACCOUNT.keyId);
    expect(screen.queryByRole('button', { name: /Save key/ })).toBeNull();
  });

  test('a key that could not be checked can be saved with consent', async () => {
    const { commands } = await show('options', {}, (command) =>
      command === 'key/check'
        ? refused({ kind: 'exchange', failure: { kind: 'offline' } })
        : { ok: true, value: { accountId: 'a' } },
    );
    type('Private key', 'the key');
    press('Check key');
    await screen.findByRole('alert');
    press('Save key unchecked'); // disabled without consent: the scopes are unknown
    expect(commands).toHaveLength(1);
    fireEvent.click(screen.getByRole('checkbox', { name: english.message('consentUnknown') }));
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=password]')];
    for (const box of boxes) fireEvent.input(box, { target: { value: 'four words or more' } });
    press('Save key unchecked');
    await screen.findByText(english.message('savedUnchecked'));
    expect(commands.at(-1)).toMatchObject({
      command: 'key/save',
      params: { privateKey: 'the key', allowUnchecked: true, acceptScopes: null },
    });
  });

  test.each([
    ['balance', ['read::portfolio_balance'], 'No passphrase'],
    ['read', ['read'], 'No passphrase'],
    ['unknown', null, 'Passphrase'],
    ['can act', ['read', 'write'], 'Passphrase'],
  ])('protection is preselected by what the key may do: %s', async (_, scopes, chosen) => {
    await show('options', {}, () => ({ ok: true, value: { ...CHECKED.value, scopes } }));
    press('Check key');
    const radio = await screen.findByRole<HTMLInputElement>('radio', { name: chosen });
    expect(radio.checked).toBe(true);
  });

  test('a passphrase is typed twice, marked when weak, and sent with the key', async () => {
    const { commands } = await show('options', {}, (command) =>
      command === 'key/check' ? CHECKED : { ok: true, value: { accountId: 'a' } },
    );
    press('Check key');
    fireEvent.click(await screen.findByRole('radio', { name: 'Passphrase' }));
    const [first, second] = await waitFor(() => {
      const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=password]')];
      expect(boxes).toHaveLength(2);
      return boxes as [HTMLInputElement, HTMLInputElement];
    });
    fireEvent.input(first, { target: { value: 'short one' } });
    await screen.findByText(english.message('passphraseWeak'));
    fireEvent.input(first, { target: { value: 'four words or more' } });
    await screen.findByText(english.message('passphraseLost'));
    press('Save key');
    await screen.findByText(english.message('passphraseDiffers'));
    expect(commands).toHaveLength(1);
    fireEvent.input(second, { target: { value: 'four words or more' } });
    press('Save key');
    await waitFor(() => expect(commands).toHaveLength(2));
    expect(commands[1]).toMatchObject({ command: 'key/save', params: { passphrase: 'four words or more' } });
  });

  test('text typed during a check is neither lost nor treated as checked', async () => {
    let answer = (_: unknown) => {};
    await show('options', {}, () => new Promise((resolve) => (answer = resolve)));
    type('Private key', 'the key');
    press('Check key');
    await screen.findByText(english.message('checking'));
    type('Private key', 'another key');
    answer(CHECKED);
    await waitFor(() => expect(screen.queryByText(english.message('checking'))).toBeNull());
    expect(box('Private key').value).toBe('another key');
    expect(screen.queryByRole('button', { name: 'Save key' })).toBeNull();
  });

  test.each([
    ['unknown', null, 'consentUnknown'],
    ['can trade', ['read', 'write::trade'], 'consentPower'],
  ] as const)('Save key is unavailable until the user agrees to a key that %s', async (_, scopes, key) => {
    const { commands } = await show('options', {}, (command) =>
      command === 'key/check'
        ? { ok: true, value: { ...CHECKED.value, scopes } }
        : { ok: true, value: { accountId: 'a' } },
    );
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    fireEvent.click(screen.getByRole('radio', { name: 'No passphrase' }));
    expect(screen.getByRole('button', { name: 'Save key' }).getAttribute('aria-disabled')).toBe('true');
    press('Save key');
    expect(commands).toHaveLength(1);
    fireEvent.click(
      screen.getByRole('checkbox', { name: english.message(key, english.message('powerTrade')) }),
    );
    press('Save key');
    await waitFor(() => expect(commands.at(-1)).toMatchObject({ params: { acceptScopes: scopes } }));
  });

  test('consent can be given after saving finds a powerful key', async () => {
    let saves = 0;
    const { commands } = await show('options', {}, (command) => {
      if (command === 'key/check') return CHECKED;
      return saves++
        ? { ok: true, value: { accountId: 'a' } }
        : refused({ kind: 'can-act', scopes: ['write'] });
    });
    press('Check key');
    fireEvent.click(await screen.findByRole('button', { name: 'Save key' }));
    fireEvent.click(
      await screen.findByRole('checkbox', {
        name: english.message('consentPower', english.message('powerMoney')),
      }),
    );
    press('Save key');
    await waitFor(() => expect(commands).toHaveLength(3));
    expect(commands.at(-1)).toMatchObject({ command: 'key/save', params: { acceptScopes: ['write'] } });
  });

  test('consent to trading is none to moving money: the checkbox is empty when saving finds more', async () => {
    let saves = 0;
    const { commands } = await show('options', {}, (command) => {
      if (command === 'key/check') return { ok: true, value: { ...CHECKED.value, scopes: ['write::trade'] } };
      return saves++
        ? { ok: true, value: { accountId: 'a' } }
        : refused({ kind: 'can-act', scopes: ['write'] });
    });
    press('Check key');
    const consent = async (power: 'powerTrade' | 'powerMoney') =>
      screen.findByRole<HTMLInputElement>('checkbox', {
        name: english.message('consentPower', english.message(power)),
      });
    fireEvent.click(await consent('powerTrade'));
    fireEvent.click(screen.getByRole('radio', { name: 'No passphrase' }));
    press('Save key');
    expect((await consent('powerMoney')).checked).toBe(false);
    press('Save key');
    expect(commands).toHaveLength(2);
  });

  test('five minutes after the check, the page drops the key text', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const { commands } = await show('options', {}, () => CHECKED);
    type('Private key', 'the key');
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    const timer = await waitFor(() => {
      const found = timers.mock.calls.find(([, ms]) => ms === 5 * 60_000);
      if (!found) throw new Error('no timer of five minutes yet');
      return found[0] as () => void;
    });
    timer();
    await screen.findByText(english.message('draftExpired'));
    expect(screen.queryByRole('button', { name: 'Save key' })).toBeNull();
    press('Check key');
    await waitFor(() => expect(commands).toHaveLength(2));
    expect(commands.at(-1)).toMatchObject({ params: { privateKey: '' } });
    timers.mockRestore();
  });

  test('five minutes after a failed check, the page drops the key text too', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await show('options', {}, () => refused({ kind: 'exchange', failure: { kind: 'key-unknown' } }));
    type('Private key', 'the key');
    press('Check key');
    await screen.findByRole('alert');
    const timer = await waitFor(() => {
      const found = timers.mock.calls.findLast(([, ms]) => ms === 5 * 60_000);
      if (!found) throw new Error('no timer of five minutes yet');
      return found[0] as () => void;
    });
    timer();
    await screen.findByText(english.message('draftExpired'));
    expect(box('Private key').value).toBe('');
  });

  test('says that the key store does not work', async () => {
    await show('options', {}, (command) =>
      command === 'key/check' ? CHECKED : refused({ kind: 'no-store' }),
    );
    press('Check key');
    fireEvent.click(await screen.findByRole('button', { name: 'Save key' }));
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain(english.message('problemNoStore')),
    );
  });

  test('any change after the check requires another check', async () => {
    await show('options', {}, () => CHECKED);
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    type('API key ID', 'another');
    expect(screen.queryByRole('button', { name: 'Save key' })).toBeNull();
  });

  test('shows an error when the background does not respond', async () => {
    await show('options', {}, () => undefined);
    press('Check key');
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe(english.message('problemInternal')),
    );
  });
});

describe('connected', () => {
  test('hides the form, and Replace key shows it', async () => {
    await show('options', { account: {}, snapshot: NO_SNAPSHOT });
    expect(screen.queryByRole('button', { name: 'Check key' })).toBeNull();
    press('Replace key');
    await screen.findByRole('button', { name: 'Check key' });
    press('Cancel');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Check key' })).toBeNull());
  });

  test('Forget key asks for confirmation, then reminds of the key at Kalshi', async () => {
    const { commands } = await show('options', { account: {}, snapshot: NO_SNAPSHOT }, () => ({
      ok: true,
      value: null,
    }));
    const answers = [false, true];
    window.confirm = () => answers.shift() ?? false;
    press('Forget key');
    expect(commands).toEqual([]);
    press('Forget key');
    await screen.findByText(english.message('forgotten'));
    expect(commands).toEqual([{ command: 'account/forget', params: { accountId: 'a' } }]);
  });

  test('offers to change the passphrase of a protected key, and explains protection for others', async () => {
    const { commands } = await show('options', { account: { protection: 'passphrase' } }, (command) =>
      command === 'account/protect' ? { ok: true, value: null } : undefined,
    );
    press('Change protection');
    await screen.findByRole('button', { name: 'Save protection' });
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.checked input[type=password]')];
    const values = ['the old one', 'four words or more', 'four words or less'];
    for (const [index, box] of boxes.entries()) fireEvent.input(box, { target: { value: values[index] } });
    press('Save protection');
    await screen.findByText(english.message('passphraseDiffers'));
    expect(commands).toEqual([]);
    fireEvent.input(boxes[2] as HTMLInputElement, { target: { value: 'four words or more' } });
    press('Save protection');
    await screen.findByText(english.message('protectionChanged'));
    const params = { accountId: 'a', passphrase: 'the old one', next: 'four words or more' };
    expect(commands).toEqual([{ command: 'account/protect', params }]);
    press('Change protection');
    fireEvent.click(await screen.findByRole('radio', { name: 'No passphrase' }));
    press('Save protection');
    await waitFor(() => expect(commands.at(-1)).toMatchObject({ params: { next: null } }));
  });

  test('without a passphrase: explains that protection is chosen when connecting', async () => {
    await show('options', { account: {} });
    expect(screen.getByText(english.message('protectionFixed'))).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Change protection' })).toBeNull();
  });

  test('the history of a locked account is not exported', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    await show('options', { section: 'data', account: { protection: 'passphrase' }, snapshot: NO_SNAPSHOT });
    press('Export CSV');
    await screen.findByText(english.message('historyLocked'));
    expect(saved).not.toHaveBeenCalled();
  });

  test('shows unreadable settings, which can be reset', async () => {
    const { browser, commands } = await show(
      'options',
      { account: {} },
      () => ({ ok: true, value: null }),
      (browser) => {
        browser.local.settings = { v: 99, data: {} };
      },
    );
    await browser.events.stored.emit({}, 'local');
    await screen.findByText(english.message('settingsUnreadable'));
    press('Reset settings');
    await waitFor(() => expect(commands).toEqual([{ command: 'settings/reset', params: {} }]));
  });

  test('recovers from a failed read, and offers no deletion meanwhile', async () => {
    const { browser } = await show('options', { account: {} });
    browser.readError = new Error('IO error');
    await browser.events.stored.emit({}, 'local');
    await screen.findByText(english.message('problemReadFailed'));
    expect(screen.queryByRole('button', { name: 'Start over' })).toBeNull();
    browser.readError = undefined;
    await screen.findByRole('button', { name: 'Replace key' }, { timeout: 5_000 });
  });

  test('keeps a name being typed while the background writes', async () => {
    const { browser, commands } = await show('options', { account: {} }, () => ({ ok: true, value: null }));
    type('Label', 'Ma');
    await browser.events.stored.emit({}, 'local');
    type('Label', `${box('Label').value}in`);
    fireEvent.change(box('Label'));
    await waitFor(() =>
      expect(commands).toEqual([{ command: 'account/rename', params: { accountId: 'a', label: 'Main' } }]),
    );
  });

  test('offers Unlock for a locked account, and Lock for an unlocked one', async () => {
    const { browser, commands } = await show('options', { account: { protection: 'passphrase' } }, () => ({
      ok: true,
      value: null,
    }));
    expect(screen.getByRole('button', { name: 'Unlock' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Lock' })).toBeNull();
    browser.session.unlocked = { a: SECRET };
    await browser.events.stored.emit({ unlocked: {} }, 'session');
    fireEvent.click(await screen.findByRole('button', { name: 'Lock' }));
    expect(commands).toEqual([{ command: 'account/lock', params: { accountId: 'a' } }]);
  });

  test('shows the error of the latest poll', async () => {
    await show('options', {
      account: {},
      snapshot: snapshotWithFailure(NO_SNAPSHOT, { kind: 'scope-missing' }, NOW),
    });
    expect(screen.getByRole('alert').textContent).toBe(english.message('outcomeScopeMissing'));
  });
});

test('auto-lock after a time requires the idle permission', async () => {
  const stored = { account: { protection: 'passphrase' } } as const;
  const { browser, commands } = await show('options', { ...stored, section: 'privacy' }, () => ({
    ok: true,
    value: null,
  }));
  const choose = () =>
    fireEvent.change(screen.getByRole('combobox', { name: 'Lock automatically' }), {
      target: { value: '15' },
    });
  choose();
  await waitFor(() => expect(commands.at(-1)?.params).toEqual({ lockAfterMinutes: 15 }));
  Object.assign(browser.api.permissions, { request: async () => false });
  choose();
  await waitFor(() => expect(commands.at(-1)?.params).toEqual({ lockAfterMinutes: 0 }));
});

describe('hidden amounts', () => {
  const rules = { ...NO_RULES, totalBelow: 24_500_000_000 as Micros };
  const stored = {
    account: {},
    settings: { hideAmounts: true },
    more: { alerts: { ...NO_ALERTS, rules } },
  };
  const values = () => [...document.querySelectorAll('input')].map(({ value }) => value).join();

  test('after a check', async () => {
    await show('options', stored, () => CHECKED);
    press('Replace key');
    type('Private key', 'the key');
    press('Check key');
    await screen.findByText('Kalshi accepted this key');
    expect(document.body.textContent).not.toContain('$');
  });

  test('the thresholds of alerts, which can still be changed', async () => {
    const { commands } = await show('options', { ...stored, section: 'alerts' }, () => ({
      ok: true,
      value: null,
    }));
    expect(values()).not.toMatch(/24.?500/);
    fireEvent.change(box(english.message('ruleTotalBelow')), { target: { value: '100' } });
    expect(commands.at(-1)?.params).toMatchObject({ rules: { totalBelow: 100_000_000 } });
  });

  test('a locked account shows no rule', async () => {
    await show('options', {
      section: 'alerts',
      ...stored,
      account: { protection: 'passphrase' },
      settings: {},
    });
    expect(values()).not.toMatch(/24.?500/);
    expect(screen.getByText(english.message('problemLocked'))).toBeTruthy();
  });
});

describe('Lock automatically', () => {
  const chosen = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Lock automatically' }).value;
  const stored = { account: { protection: 'passphrase' }, settings: { lockAfterMinutes: 5 } } as const;

  test('a time whose permission was taken away is not shown as if it locked', async () => {
    const { browser } = await show('options', { ...stored, section: 'privacy' });
    await waitFor(() => expect(chosen()).toBe('5'));
    browser.granted.delete('idle');
    await browser.events.removed.emit({ permissions: ['idle'] });
    await waitFor(() => expect(chosen()).toBe('close'));
  });

  test('in Firefox the screen lock is neither offered nor named, and a stored one is five minutes', async () => {
    const { browser } = await show(
      'options',
      { section: 'privacy', ...stored, settings: {} },
      undefined,
      (browser) => {
        browser.kind = 'firefox';
      },
    );
    await waitFor(() => expect(chosen()).toBe('5'));
    const names = screen.getAllByRole('option').map(({ textContent }) => textContent);
    expect(names.join()).not.toMatch(/screen/i);
    browser.granted.delete('idle');
    await browser.events.removed.emit({ permissions: ['idle'] });
    await waitFor(() => expect(chosen()).toBe('close'));
  });
});

test('settings take effect at once', async () => {
  const { commands } = await show('options', { section: 'badge', account: {} }, () => ({
    ok: true,
    value: null,
  }));
  fireEvent.click(screen.getByRole('radio', { name: 'Total' }));
  fireEvent.change(screen.getByRole('combobox', { name: 'Check every' }), { target: { value: '1800' } });
  expect(commands).toEqual([
    { command: 'settings/change', params: { badgeFigure: 'total' } },
    { command: 'settings/change', params: { periodSeconds: 1800 } },
  ]);
  expect(screen.getByRole('option', { name: '30 seconds' })).toBeTruthy();
  expect(screen.getByRole('option', { name: '60 minutes' })).toBeTruthy();
});

test('a choice stays visible while it is being stored, and the stored one returns if that fails', async () => {
  const answers: ((result: unknown) => void)[] = [];
  const { browser } = await show('options', { section: 'badge', account: {}, settings: {} }, (command) =>
    command === 'settings/change' ? new Promise((resolve) => answers.push(resolve)) : undefined,
  );
  const total = screen.getByRole<HTMLInputElement>('radio', { name: 'Total' });
  fireEvent.click(total);
  // Something else is stored meanwhile, and the page renders.
  store(browser, { settings: { restWhenAway: true } });
  await browser.events.stored.emit({}, 'local');
  const other = screen.getByRole<HTMLInputElement>('checkbox', { name: english.message('restWhenAway') });
  await waitFor(() => expect(other.checked).toBe(true));
  expect(total.checked).toBe(true);
  answers.at(-1)?.({ ok: false, problem: { kind: 'storage' } });
  await waitFor(() => expect(total.checked).toBe(false));
});

describe('alerts', () => {
  const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
  const type = (name: string, text: string) => {
    fireEvent.input(field(name), { target: { value: text } });
    fireEvent.change(field(name));
  };

  test('a rule is switched on with a number and off with an empty field; a wrong one says what to type', async () => {
    const { commands } = await show('options', { section: 'alerts', account: {} }, () => ({
      ok: true,
      value: null,
    }));
    const last = () => commands.at(-1)?.params;
    type(english.message('ruleCashAbove'), '100');
    await waitFor(() => expect(last()).toEqual({ accountId: 'a', rules: { cashAbove: 100_000_000 } }));
    type(english.message('ruleChangeShare'), '5');
    await waitFor(() => expect(last()).toEqual({ accountId: 'a', rules: { changeShare: 50_000 } }));
    type(english.message('ruleTotalBelow'), 'much');
    expect(screen.getByText(english.message('ruleInvalid'))).toBeTruthy();
    expect(field(english.message('ruleTotalBelow')).getAttribute('aria-invalid')).toBe('true');
    expect(last()).toEqual({ accountId: 'a', rules: { changeShare: 50_000 } });
    type(english.message('ruleTotalBelow'), '');
    expect(screen.queryByText(english.message('ruleInvalid'))).toBeNull();
  });

  test('what is being typed stays while the page renders', async () => {
    const { browser } = await show('options', { section: 'alerts', account: {} });
    const box = field(english.message('ruleCashAbove'));
    fireEvent.input(box, { target: { value: '12' } });
    store(browser, { account: { label: 'Renamed' } });
    await browser.events.stored.emit({}, 'local');
    await waitFor(() => expect(document.body.textContent).toContain('Renamed'));
    expect(box.value).toBe('12');
  });

  test('what is typed is stored before the field is left, and shown formatted after', async () => {
    const { commands } = await show('options', { section: 'alerts', account: {} }, () => ({
      ok: true,
      value: null,
    }));
    const name = english.message('ruleCashAbove');
    fireEvent.input(field(name), { target: { value: '20,000' } });
    expect(commands.at(-1)?.params).toEqual({ accountId: 'a', rules: { cashAbove: 20_000_000_000 } });
    fireEvent.input(field(name), { target: { value: '' } });
    expect(commands).toHaveLength(1);
  });

  test('a stored amount is shown with the separators of the language', async () => {
    const rules = { ...NO_RULES, cashAbove: 20_000_000_000 as Micros };
    const figures = { cash: 18_645_000_000 as Micros, positions: 0 as Micros, at: 5 };
    const snapshot = { figures, outcome: { kind: 'ok' as const }, outcomeAt: 5 };
    await show('options', {
      section: 'alerts',
      account: {},
      more: { snapshot, alerts: { ...NO_ALERTS, rules } },
    });
    expect(field(english.message('ruleCashAbove')).value).toBe('$20,000');
    const describedBy = field(english.message('ruleCashAbove')).getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(describedBy)?.textContent).toBe('now $18,645.00');
  });

  test('an ambiguous amount is refused with both readings', async () => {
    const { commands } = await show('options', { section: 'alerts', account: {} }, () => ({
      ok: true,
      value: null,
    }));
    type(english.message('ruleCashAbove'), '1.000');
    expect(screen.getByRole('alert').textContent).toBe(english.message('ruleAmbiguous', '$1', '$1,000'));
    expect(commands).toEqual([]);
  });

  test('a key that reads the balance alone: what cannot fire is disabled, with the scope that it takes', async () => {
    await show('options', { section: 'alerts', account: { scopes: ['read::portfolio_balance'] } });
    const isDisabled = (role: string, name: Parameters<typeof english.message>[0]) =>
      screen.getByRole<HTMLInputElement>(role, { name: english.message(name) }).disabled;
    expect(isDisabled('checkbox', 'rulePayout')).toBe(true);
    expect(isDisabled('checkbox', 'ruleFill')).toBe(true);
    expect(isDisabled('textbox', 'ruleMarketMove')).toBe(true);
    expect(isDisabled('textbox', 'ruleClosesWithin')).toBe(true);
    expect(isDisabled('checkbox', 'ruleKey')).toBe(false);
    expect(isDisabled('textbox', 'ruleCashAbove')).toBe(false);
    expect(screen.getByText(english.message('ruleNeedsRead'))).toBeTruthy();
  });

  test('the permission is requested with the click, and a refusal is said where the alert is', async () => {
    const rules = { ...NO_RULES, fill: true };
    const { browser, commands } = await show(
      'options',
      { section: 'alerts', account: {}, more: { alerts: { ...NO_ALERTS, rules } } },
      () => ({ ok: true, value: null }),
    );
    await screen.findByText(english.message('alertsNotAllowed'));
    expect(screen.queryByRole('alert')).toBeNull(); // it was not asked yet
    const request = vi.fn(async () => false);
    Object.assign(browser.api.permissions, { request });
    fireEvent.click(screen.getByRole('button', { name: english.message('alertSendTest') }));
    await screen.findByText(english.message('alertsRefused'));
    request.mockClear();
    const payout = screen.getByRole<HTMLInputElement>('checkbox', { name: english.message('rulePayout') });
    fireEvent.click(payout);
    expect(request).toHaveBeenCalledWith({ permissions: ['notifications'] });
    await waitFor(() => expect(commands.at(-1)?.params).toEqual({ accountId: 'a', rules: { payout: true } }));
    fireEvent.click(screen.getByRole('checkbox', { name: english.message('ruleFill') }));
    await waitFor(() => expect(commands.at(-1)?.params).toEqual({ accountId: 'a', rules: { fill: false } }));
    expect(request).toHaveBeenCalledTimes(1);
  });
});

test('polling less while away requires the idle permission', async () => {
  const { browser, commands } = await show('options', { section: 'badge', account: {} }, () => ({
    ok: true,
    value: null,
  }));
  const box = screen.getByRole('checkbox', { name: "Update less often while I'm away" });
  fireEvent.click(box);
  await waitFor(() => expect(commands.at(-1)?.params).toEqual({ restWhenAway: true }));
  Object.assign(browser.api.permissions, { request: async () => false });
  fireEvent.click(box);
  await waitFor(() => expect(commands.at(-1)?.params).toEqual({ restWhenAway: false }));
});

describe('unreadable storage', () => {
  const show_ = async () => {
    const shown = await show('options', { account: {} }, () => ({ ok: true, value: null }));
    shown.browser.local.accounts = 'gibberish';
    await shown.browser.events.stored.emit({}, 'local');
    await screen.findByRole('alert');
    return shown;
  };

  test('shows the error and offers nothing that could overwrite it', async () => {
    await show_();
    expect(screen.getByRole('alert').textContent).toContain(english.message('problemUnreadable'));
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Start over']);
  });

  test('Start over asks for confirmation', async () => {
    const { commands } = await show_();
    vi.stubGlobal('confirm', () => false);
    fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(commands).toEqual([]);
    vi.stubGlobal('confirm', () => true);
    fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
    await waitFor(() => expect(commands).toEqual([{ command: 'storage/reset', params: {} }]));
    vi.unstubAllGlobals();
  });
});

describe('diagnostics', () => {
  test('copies and shows the same text', async () => {
    const copied: string[] = [];
    await show('options', {
      section: 'help',
      account: { label: 'Retirement' },
      settings: { shownAccount: 'a' },
    });
    vi.stubGlobal('navigator', {
      userAgent: 'Browser/1',
      clipboard: { writeText: async (text: string) => void copied.push(text) },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
    const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Diagnostics' });
    expect(copied).toEqual([box.value]);
    expect(JSON.parse(box.value)).toMatchObject({
      version: '1.2.3',
      userAgent: 'Browser/1',
      access: { 'production recommended': true, 'production alternative': true, 'demo recommended': false },
      accounts: [{ environment: 'production', keyType: 'Ed25519', power: 'read' }],
    });
    expect(box.value).not.toMatch(/Retirement|0b7d6a3e/);
    vi.unstubAllGlobals();
  });

  test('shows the text for selection if copying is not allowed', async () => {
    await show('options', { section: 'help', account: {} });
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
    fireEvent.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
    await screen.findByText(english.message('diagnosticsNotCopied'));
    vi.unstubAllGlobals();
  });
});

test.each([
  ['a file', ['Files'], 'main', true],
  ['a file over a text box', ['Files'], 'textarea', true],
  ['a link', ['text/uri-list'], 'main', true],
  ['text into a text box', ['text/plain'], 'textarea', false],
])('dropping %s: the page does not open it: %s %s %s', async (_, types, where, refused) => {
  const { preventFileNavigation } = await import(
    '../../src/pages/options/connect/key-input/use-file-drop.ts'
  );
  preventFileNavigation();
  const target = document.body.appendChild(document.createElement(where));
  for (const kind of ['dragover', 'drop']) {
    const event = new Event(kind, { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { types, files: [] } });
    target.dispatchEvent(event);
    expect(event.defaultPrevented, kind).toBe(refused);
  }
});
