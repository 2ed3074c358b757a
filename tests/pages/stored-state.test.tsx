// A page follows storage from its first read on, without missing a change.
import { screen, waitFor } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { snapshotWithBalance } from '../../src/domain/balance/snapshot.ts';
import { type Micros, micros } from '../../src/domain/money.ts';
import { NOW, show, store } from './page-harness.tsx';

const figures = (dollars: number) =>
  snapshotWithBalance({ cash: micros(dollars * 1e6) as Micros, positions: micros(0) as Micros, at: NOW });

test('sees a write between the first read and the first frame', async () => {
  await show('popup', { account: {}, snapshot: figures(1) }, undefined, (browser) => {
    store(browser, { snapshot: figures(2) }); // before the page listens
  });
  await waitFor(() => expect(screen.getAllByText('$2.00').length).toBeGreaterThan(0));
});

test('a slow read does not replace a newer one', async () => {
  const { browser } = await show('popup', { account: {}, snapshot: figures(1) });
  const { get } = browser.api.storage.local;
  const late: (() => void)[] = [];
  const stale = await get(null);
  browser.api.storage.local.get = async () => {
    await new Promise<void>((resolve) => late.push(resolve));
    return stale;
  };
  const first = browser.events.stored.emit({}, 'local');
  browser.api.storage.local.get = get;
  store(browser, { snapshot: figures(3) });
  await browser.events.stored.emit({}, 'local');
  await waitFor(() => expect(document.body.textContent).toContain('$3'));
  for (const release of late) release();
  await first;
  await new Promise((resolve) => setTimeout(resolve));
  expect(document.body.textContent).toContain('$3');
});

test('reads again only for changes that pages show', async () => {
  const { browser } = await show('popup', { account: {}, snapshot: figures(1) });
  const { get } = browser.api.storage.local;
  let read = 0;
  browser.api.storage.local.get = (keys) => {
    read++;
    return get(keys);
  };
  for (const name of ['popup-preview', 'icon']) {
    await browser.events.stored.emit({ [name]: {} }, 'session');
  }
  expect(read).toBe(0);
  await browser.events.stored.emit({ unlocked: {} }, 'session');
  expect(read).toBe(1);
});
