// The menu of the popup, the line after an update, and what hidden amounts hide.
import { fireEvent, screen, waitFor } from '@testing-library/preact';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { snapshotWithBalance } from '../../src/domain/balance/snapshot.ts';
import { NO_TRANSFERS } from '../../src/domain/balance/transfer-list.ts';
import { type Micros, micros } from '../../src/domain/money.ts';
import { english } from '../fakes/english.ts';
import { NOW, SECRET, type Stored, show } from './page-harness.tsx';

const AMOUNTS = { cash: micros(765_402_500) as Micros, positions: micros(469_160_000) as Micros };
const ONE: Stored = { account: {}, snapshot: snapshotWithBalance({ ...AMOUNTS, at: NOW - 5_000 }) };

const menu = () => screen.getByRole('button', { name: 'Menu' });
const open = () => fireEvent.click(menu());
const items = () => screen.queryAllByRole('menuitem').map(({ textContent }) => textContent);
const key = (name: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key: name, bubbles: true });

let closed: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  closed = vi.spyOn(window, 'close').mockImplementation(() => undefined);
  closed.mockClear();
  history.replaceState(null, '', '?');
});

test('the items: locking only where something is unlocked that a passphrase protects', async () => {
  const { unmount } = await show('popup', ONE);
  expect(items()).toEqual([]);
  open();
  expect(items()).toEqual(['Open in side panel', 'Open as tab', 'Results', 'Portfolio at Kalshi', 'Options']);
  unmount();
  const { browser, commands } = await show('popup', { ...ONE, account: { protection: 'passphrase' } });
  browser.session.unlocked = { a: SECRET };
  await browser.events.stored.emit({ unlocked: {} }, 'session');
  await waitFor(() => {
    if (items().length === 0) open();
    expect(items()).toContain('Lock');
  });
  fireEvent.click(screen.getByRole('menuitem', { name: 'Lock' }));
  await waitFor(() =>
    expect(commands).toContainEqual({ command: 'account/lock', params: { accountId: 'a' } }),
  );
  expect(items()).toEqual([]);
});

test('opens the results, the options, and the popup as a tab; then the popup closes', async () => {
  const { browser } = await show('popup', ONE);
  for (const name of ['Results', 'Open as tab']) {
    open();
    fireEvent.click(screen.getByRole('menuitem', { name }));
  }
  await waitFor(() =>
    expect(browser.tabsOpened).toEqual([
      expect.stringMatching(/results\/index\.html$/),
      expect.stringMatching(/popup\/index\.html\?view=tab$/),
    ]),
  );
  await waitFor(() => expect(closed).toHaveBeenCalledTimes(2));
  open();
  fireEvent.click(screen.getByRole('menuitem', { name: 'Options' }));
  await waitFor(() => expect(browser.optionsOpened).toBe(1));
});

test('by keyboard: arrows, Home and End go around, Escape closes and returns the focus', async () => {
  await show('popup', ONE);
  open();
  const focused = () => document.activeElement?.textContent;
  await waitFor(() => expect(focused()).toBe('Open in side panel'));
  for (const [name, now] of [
    ['ArrowDown', 'Open as tab'],
    ['ArrowUp', 'Open in side panel'],
    ['ArrowUp', 'Options'],
    ['ArrowDown', 'Open in side panel'],
    ['End', 'Options'],
    ['Home', 'Open in side panel'],
  ] as const) {
    key(name);
    expect(focused()).toBe(now);
  }
  key('Escape');
  await waitFor(() => expect(items()).toEqual([]));
  expect(document.activeElement).toBe(menu());
  expect(menu().getAttribute('aria-expanded')).toBe('false');
});

describe('the side panel', () => {
  /** A browser with Chromium's API, and the calls that it gets. */
  const withPanel = async (had: boolean, answer: boolean, isNew = false) => {
    const calls: string[] = [];
    const shown = await show(
      'popup',
      ONE,
      () => undefined,
      (browser) => {
        if (isNew) browser.session['side-panel-is-new'] = true;
        Object.assign(browser.api.permissions, {
          contains: async () => had,
          request: async () => answer,
        });
        Object.assign(browser.api, {
          windows: {
            getCurrent: async () => ({ id: 7 }),
            create: async ({ url }: { url: string }) => calls.push(`window ${url.split('/').at(-1)}`),
          },
          sidePanel: {
            setOptions: async ({ path }: { path: string }) => calls.push(`set ${path}`),
            open: async ({ windowId }: { windowId: number }) => calls.push(`open ${windowId}`),
          },
        });
      },
    );
    open();
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open in side panel' }));
    await waitFor(() => expect(closed).toHaveBeenCalled());
    return { calls, tabs: shown.browser.tabsOpened };
  };

  test('opens in the window of the popup', async () => {
    const { calls } = await withPanel(true, true);
    expect(calls).toEqual(['set src/pages/popup/index.html?view=panel', 'open 7']);
  });

  test('right after the permission was granted, a window instead: the browser would crash', async () => {
    expect((await withPanel(false, true)).calls).toEqual(['window index.html?view=window']);
  });

  test('and until the browser restarts', async () => {
    expect((await withPanel(true, true, true)).calls).toEqual(['window index.html?view=window']);
  });

  test('refused: a tab', async () => {
    const { calls, tabs } = await withPanel(false, false);
    expect(calls).toEqual([]);
    expect(tabs).toEqual([expect.stringMatching(/view=tab$/)]);
  });
});

test('a panel polls when it becomes visible, not every few seconds, and does not close', async () => {
  history.replaceState(null, '', '?view=panel');
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const { polls, browser } = await show('popup', ONE);
  await waitFor(() => expect(polls).toHaveLength(1));
  vi.advanceTimersByTime(3_600_000);
  expect(polls).toHaveLength(1);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(polls).toHaveLength(2);
  open();
  expect(items()).not.toContain('Open in side panel');
  fireEvent.click(screen.getByRole('menuitem', { name: 'Results' }));
  await waitFor(() => expect(browser.tabsOpened).toHaveLength(1));
  expect(closed).not.toHaveBeenCalled();
});

test('after an update: one line, in one opening of the popup', async () => {
  const { commands, unmount } = await show('popup', { ...ONE, installation: { updatedTo: '1.2.3' } });
  expect(screen.getByText(/Updated to version 1\.2\.3/)).toBeTruthy();
  expect(screen.getByRole('link', { name: "What's new" }).getAttribute('href')).toBe('/changelog.txt');
  await waitFor(() => expect(commands).toEqual([{ command: 'update/seen', params: {} }]));
  unmount();
  await show('popup', { ...ONE, installation: { updatedTo: null } });
  expect(screen.queryByText(/Updated to/)).toBeNull();
});

test('hidden amounts hide the direction: no arrow, no word, no colour, no curve', async () => {
  const base = { at: NOW - 3_600_000, ...AMOUNTS, cash: micros(600_000_000) as Micros, gap: false };
  const point = { at: NOW - 5_000, ...AMOUNTS, gap: false };
  const day = { began: new Date(NOW).setHours(0, 0, 0, 0), base, whole: true, points: [base, point] };
  const shown: Stored = {
    ...ONE,
    day,
    more: {
      transfers: { ...NO_TRANSFERS, readAt: NOW, status: 'current' },
    },
  };
  const { unmount } = await show('popup', shown);
  expect(document.querySelector('.up')).not.toBeNull();
  expect(document.querySelector('figure.up .line')).not.toBeNull();
  unmount();
  await show('popup', { ...shown, settings: { hideAmounts: true } });
  expect(document.querySelector('.up, .down')).toBeNull();
  // The same line for everybody, in the same place.
  expect(document.querySelector('.plot .line')?.getAttribute('d')).toBe('M0 33L328 33');
  expect(document.querySelector('figure, table')).toBeNull();
  const text = document.body.textContent ?? '';
  for (const sign of ['▲', '▼', english.message('up'), '+', '$']) expect(text).not.toContain(sign);
});
