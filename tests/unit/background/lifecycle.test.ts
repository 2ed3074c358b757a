// Installation and the state before an account exists.
import { expect, test } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('without an account: no request, nothing stored, and the toolbar shows "Not connected"', async () => {
  await harness.browser.events.startup.emit();
  expect(harness.requests).toEqual([]);
  expect(harness.browser.local).toEqual({});
  expect(harness.browser.alarmsSet.size).toBe(0);
  expect(harness.browser.toolbar).toMatchObject({
    text: '',
    title: expect.stringContaining('Not connected'),
  });
});

test('an update to another version is noted until it was seen; a reload of the same one is not', async () => {
  await connected();
  const noted = () =>
    harness.browser.local.installation as { data: { updatedTo: string | null } } | undefined;
  await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.2.3' });
  await harness.browser.events.installed.emit({ reason: 'browser_update' });
  expect(noted()).toBeUndefined();
  await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.2.2' });
  expect(noted()?.data).toEqual({ backupAt: null, updatedTo: '1.2.3' });
  await harness.wake();
  expect(await harness.command('update/seen')).toEqual({ ok: true, value: null });
  expect(noted()?.data).toEqual({ backupAt: null, updatedTo: null });
});

test('opens the options page at the first installation only, not at an update, with or without an account', async () => {
  await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.2.2' });
  await harness.browser.events.installed.emit({ reason: 'chrome_update' });
  expect(harness.browser.optionsOpened).toBe(0);
  await harness.browser.events.installed.emit({ reason: 'install' });
  expect(harness.browser.optionsOpened).toBe(1);
  await connected();
  await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.2.2' });
  expect(harness.browser.optionsOpened).toBe(1);
});
