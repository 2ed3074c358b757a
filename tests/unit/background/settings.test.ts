// Changes of the settings take effect on the toolbar.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('the shortcut hides amounts on the badge and in the tooltip, also after a restart', async () => {
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

test('a changed badge setting takes effect at once, without a request', async () => {
  await connected();
  await world.command('settings/change', { badgeFigure: 'positions' });
  expect(world.browser.toolbar.text).toBe('1');
  await world.command('settings/change', { badgeFigure: 'nothing' });
  expect(world.browser.toolbar.text).toBe('');
  expect(world.requests).toHaveLength(1);
});
