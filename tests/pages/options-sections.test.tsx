// What the options page shows and when: sections, the preview of the badge, backups, the icon's place, the version.
import 'fake-indexeddb/auto';
import { fireEvent, screen, waitFor } from '@testing-library/preact';
import { describe, expect, test, vi } from 'vitest';
import { snapshotWithBalance } from '../../src/domain/balance/snapshot.ts';
import { type Micros, micros } from '../../src/domain/money.ts';
import { deleteRecordsOf } from '../../src/storage/records/database.ts';
import { appendSample } from '../../src/storage/records/history.ts';
import { english } from '../fakes/english.ts';
import { clearRecords } from '../fakes/records.ts';
import { NOW, type Stored, show } from './page-harness.tsx';

const GOOD = snapshotWithBalance({
  cash: micros(1_765_402_500) as Micros,
  positions: micros(69_160_000) as Micros,
  at: NOW - 5_000,
});
const ONE: Stored = { account: {}, snapshot: GOOD };
const DATA: Stored = { ...ONE, section: 'data' };

const headings = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('without an account: connecting and restoring, nothing that concerns nothing yet', async () => {
  await show('options', {});
  expect(headings()).toEqual(['Connect a key', 'Backup']);
  expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
    'Create a key at Kalshi',
    'Drop the key file',
    'More ways',
  ]);
  const link = screen.getByRole<HTMLAnchorElement>('link', { name: english.message('openKeysPage') });
  expect(link.href).toBe('https://kalshi.com/account/profile');
  expect(link.rel).toBe('noopener noreferrer');
  fireEvent.click(screen.getByRole('radio', { name: 'Demo' }));
  expect(link.href).toBe('https://demo.kalshi.co/account/profile');
  expect(screen.getByRole('img', { name: english.message('whereToClick') })).toBeTruthy();
});

test('with an account: a rail of sections, of which the one in the address is open, the accounts first', async () => {
  await show('options', ONE);
  expect(screen.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
    'Accounts',
    'Badge',
    'Alerts',
    'Privacy',
    'Your data',
    'Help',
  ]);
  expect(headings()).toEqual(['Balance Badge']);
  window.location.hash = 'data';
  await waitFor(() => expect(headings()).toEqual(['Your data']));
  expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Your data');
  window.location.hash = 'elsewhere';
  await waitFor(() => expect(headings()).toEqual(['Balance Badge']));
});

describe('preview of the badge', () => {
  const previews = () =>
    [...document.querySelectorAll('.previews')].map((each) => {
      const [light, dark] = [...each.querySelectorAll('svg')].map((svg) => svg.textContent);
      expect(dark).toBe(light);
      return light;
    });

  test('each choice as it would be', async () => {
    await show('options', { ...ONE, section: 'badge' });
    expect(previews()).toEqual(['1.7k', '69', '1.8k', '–', '–', '–', '']);
  });

  test('hidden amounts are hidden there too, and a locked account shows none', async () => {
    const { unmount } = await show('options', { ...ONE, section: 'badge', settings: { hideAmounts: true } });
    expect(previews()).toEqual(['•••', '•••', '•••', '•••', '•••', '•••', '']);
    unmount();
    await show('options', { ...ONE, section: 'badge', account: { protection: 'passphrase' } });
    expect(previews()).toEqual(['•••', '•••', '•••', '•••', '•••', '•••', '•••']);
    expect(document.querySelector('.preview image')?.getAttribute('href')).toBe('/icons/locked-32.png');
  });
});

describe('the place of the icon', () => {
  /** The browser says whether the icon is on the toolbar. */
  const showWith = async (onToolbar: boolean, stored: Stored) => {
    const listeners = new Set<() => void>();
    const state = { isOnToolbar: onToolbar };
    const shown = await show(
      'options',
      stored,
      () => undefined,
      (browser) =>
        Object.assign(browser.api.action, {
          getUserSettings: async () => state,
          onUserSettingsChanged: {
            addListener: (listener: () => void) => listeners.add(listener),
            removeListener: (listener: () => void) => listeners.delete(listener),
          },
        }),
    );
    const change = (to: boolean) => {
      state.isOnToolbar = to;
      for (const listener of listeners) listener();
    };
    return { ...shown, change };
  };

  const reminder = () => screen.queryByText('The icon is hidden.');

  test('hidden: a reminder, until it is on the toolbar', async () => {
    const { change } = await showWith(false, ONE);
    await waitFor(() => expect(reminder()).toBeTruthy());
    change(true);
    await waitFor(() => expect(reminder()).toBeNull());
    change(false);
    await waitFor(() => expect(reminder()).toBeTruthy());
  });

  test('no reminder before there is an account, nor where the browser does not say it', async () => {
    const { unmount } = await showWith(false, {});
    await Promise.resolve();
    expect(reminder()).toBeNull();
    unmount();
    await show('options', ONE);
    expect(reminder()).toBeNull();
  });
});

describe('backup', () => {
  const answers = (command: string) =>
    command === 'backup/create'
      ? { ok: true, value: { text: 'the backup' } }
      : { ok: true, value: { accounts: 1, balances: 3412 } };

  /** The files that were offered for download. */
  function watchDownloads() {
    const files: { name: string; text: Promise<string> }[] = [];
    let latest = new Blob();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      latest = blob as Blob;
      return 'blob:1';
    });
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      files.push({ name: this.download, text: latest.text() });
    });
    return files;
  }

  const choose = (text: string) => {
    vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
      Object.defineProperty(this, 'files', { value: [new File([text], 'b.json')] });
      fireEvent.change(this);
    });
    press('Restore');
  };

  test('without a passphrase: a file named by the day', async () => {
    const files = watchDownloads();
    const { commands } = await show('options', DATA, answers);
    press('Back up');
    await screen.findByText(english.message('backupMade'));
    expect(commands).toEqual([{ command: 'backup/create', params: {} }]);
    expect(files.map(({ name }) => name)).toEqual(['balance-badge-backup-2026-11-22.json']);
    expect(await files[0]?.text).toBe('the backup');
  });

  test('with a passphrase: entered twice the same, and not kept', async () => {
    watchDownloads();
    const { commands } = await show('options', DATA, answers);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Encrypt the backup' }));
    const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
    fireEvent.input(field('Passphrase for the backup'), { target: { value: 'four random words here' } });
    press('Back up');
    await screen.findByText(english.message('passphraseDiffers'));
    expect(commands).toEqual([]);
    fireEvent.input(field('Repeat passphrase'), { target: { value: 'four random words here' } });
    press('Back up');
    await screen.findByText(english.message('backupMade'));
    expect(commands).toEqual([
      { command: 'backup/create', params: { passphrase: 'four random words here' } },
    ]);
    expect(field('Passphrase for the backup').value).toBe('');
    expect(screen.queryByText(english.message('passphraseDiffers'))).toBeNull();
  });

  test('refused while an account is locked', async () => {
    const files = watchDownloads();
    await show('options', DATA, () => ({ ok: false, problem: { kind: 'backup', fault: 'locked' } }));
    press('Back up');
    await screen.findByText(english.message('backupLocked'));
    expect(files).toEqual([]);
  });

  test.each([
    [29, false],
    [31, true],
  ])('with a history of %i days and no backup, the page says so: %s', async (days, says) => {
    const at = NOW - days * 86_400_000;
    await deleteRecordsOf('a');
    await appendSample(clearRecords('a'), { at, cash: 1 as Micros, positions: 2 as Micros }, 60_000);
    await show('options', DATA);
    if (says) await screen.findByText(english.message('backupNone'));
    else await expect(screen.findByText(english.message('backupNone'))).rejects.toThrow();
  });

  test('the last one is named by its date', async () => {
    await show('options', { ...DATA, installation: { backupAt: Date.UTC(2026, 10, 1, 12) } });
    expect(screen.getByText('Last backup: 11/1/2026')).toBeTruthy();
  });

  test('restoring: what was added, and that keys have to be entered', async () => {
    const { commands } = await show('options', {}, answers);
    choose('the backup');
    await screen.findByText(
      `${english.message('restoredCounts', '1', '3,412')} ${english.message('restoredKeys')}`,
    );
    expect(commands).toEqual([{ command: 'backup/restore', params: { text: 'the backup' } }]);
  });

  test('restoring an encrypted one asks for its passphrase, again after a wrong one', async () => {
    const faults = ['passphrase-needed', 'passphrase-wrong'];
    const { commands } = await show('options', {}, () => {
      const fault = faults.shift();
      return fault
        ? { ok: false, problem: { kind: 'backup', fault } }
        : { ok: true, value: { accounts: 0, balances: 0 } };
    });
    choose('the backup');
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase of the file');
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.input(field, { target: { value: 'wrong' } });
    press('Decrypt and restore');
    await screen.findByText(english.message('backupPassphraseWrong'));
    fireEvent.input(field, { target: { value: 'right' } });
    press('Decrypt and restore');
    await screen.findByText(english.message('restoredCounts', '0', '0'));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByLabelText('Passphrase of the file')).toBeNull();
    expect(commands.map(({ params }) => (params as { passphrase?: string }).passphrase)).toEqual([
      undefined,
      'wrong',
      'right',
    ]);
  });

  test.each([
    ['not-a-backup', 'backupNotOne'],
    ['newer', 'backupNewer'],
    ['damaged', 'backupDamaged'],
  ] as const)('%s: says so', async (fault, message) => {
    await show('options', {}, () => ({ ok: false, problem: { kind: 'backup', fault } }));
    choose('something');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(english.message(message)));
  });
});

describe('help', () => {
  test('the version and what changed; this build has no date of a release', async () => {
    await show('options', { ...ONE, section: 'help' });
    expect(screen.getByText(/^Version 1\.2\.3/)).toBeTruthy();
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: "What's new" }).getAttribute('href')).toBe(
      '/changelog.txt',
    );
    expect(screen.queryByText(english.message('versionOld'))).toBeNull();
  });
});
