// The badge and the icon for several accounts and across restarts.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#8').pem };

test('polls each account, and shows the selected account or the sum on the badge', async () => {
  const first = await connected();
  harness.answer = balance('1000', 0);
  await harness.command('key/save', second);
  expect(harness.browser.toolbar.text).toBe('98');
  await harness.command('settings/change', { shownAccount: 'all' });
  expect(harness.browser.toolbar.text).toBe('1.0k');
  expect(harness.browser.toolbar.title).toMatch(/^All accounts\nCash \$1,098\.0186\n/);
  await harness.passMinutes(1);
  expect(harness.requests).toHaveLength(4);
  expect(harness.browser.toolbar.title).toContain('Cash $2,000.00');
  await harness.command('account/rename', { accountId: first, label: ' Main ' });
  await harness.command('settings/change', { shownAccount: first });
  expect(harness.browser.toolbar.title).toMatch(/^Main\n/);
});

test('sets the icon when it differs from the shown one, after a browser restart, and when the shown one is unknown', async () => {
  await harness.command('key/save', save);
  const { action } = harness.browser.api;
  const put: string[] = [];
  const setIcon = action.setIcon;
  action.setIcon = async (icon) => {
    put.push(icon.path[16] ?? '');
    await setIcon(icon);
  };
  await harness.wake();
  await harness.passMinutes(1);
  expect(put).toEqual([]);
  harness.answer = () => {
    throw new TypeError('no network');
  };
  await harness.passMinutes(2);
  expect(put).toEqual(['/icons/stale-16.png']);
  expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png');
  harness.browser.restart();
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.icon).toBe('/icons/stale-16.png'));
  // Ended between the two: the next background does not trust the record.
  action.setIcon = () => new Promise(() => undefined);
  harness.answer = balance('99');
  void harness.passMinutes(3);
  await vi.waitFor(() => expect(harness.browser.session.icon).toBeUndefined());
  action.setIcon = setIcon;
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png'));
});
