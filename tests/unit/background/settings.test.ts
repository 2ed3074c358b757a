// Changes of the settings take effect on the toolbar.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('the shortcut hides amounts on the badge and in the tooltip, also after a restart', async () => {
  await connected();
  await harness.browser.events.shortcut.emit('hide-amounts');
  expect(harness.browser.toolbar.text).toBe('•••');
  expect(harness.browser.toolbar.title).toContain('Amounts are hidden.');
  expect(harness.browser.toolbar.title).not.toMatch(/\$|98/);
  harness.browser.restart();
  await harness.wake();
  await vi.waitFor(() => expect(harness.browser.toolbar.text).toBe('•••'));
  await harness.browser.events.shortcut.emit('hide-amounts');
  expect(harness.browser.toolbar.text).toBe('98');
});

test('a changed badge setting takes effect at once, without a request', async () => {
  await connected();
  await harness.command('settings/change', { badgeFigure: 'positions' });
  expect(harness.browser.toolbar.text).toBe('1');
  await harness.command('settings/change', { badgeFigure: 'nothing' });
  expect(harness.browser.toolbar.text).toBe('');
  expect(harness.requests).toHaveLength(1);
});
