// Installation and the state before an account exists.
import { expect, test } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('without an account: no request, nothing stored, and the toolbar shows "Not connected"', async () => {
  await world.browser.events.startup.emit();
  expect(world.requests).toEqual([]);
  expect(world.browser.local).toEqual({});
  expect(world.browser.alarmsSet.size).toBe(0);
  expect(world.browser.toolbar).toMatchObject({
    text: '',
    title: expect.stringContaining('Not connected'),
  });
});

test('opens the options page at installation, not at an update with an account', async () => {
  await world.browser.events.installed.emit({ reason: 'install' });
  expect(world.browser.optionsOpened).toBe(1);
  await connected();
  await world.browser.events.installed.emit({ reason: 'update' });
  expect(world.browser.optionsOpened).toBe(1);
});
