// The badge and the icon for several accounts and across restarts.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#8').pem };

test('polls each account, and shows the selected account or the sum on the badge', async () => {
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

test('sets the icon when it differs from the shown one, after a browser restart, and when the shown one is unknown', async () => {
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
