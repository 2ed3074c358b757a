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

test('opens the options page at installation, not at an update with an account', async () => {
  await harness.browser.events.installed.emit({ reason: 'install' });
  expect(harness.browser.optionsOpened).toBe(1);
  await connected();
  await harness.browser.events.installed.emit({ reason: 'update' });
  expect(harness.browser.optionsOpened).toBe(1);
});
