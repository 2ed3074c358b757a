/** @module-tag slow */
// A demo account, from the click to the badge, through the browser's own permission prompt for the demo host.
import { expect, test } from 'vitest';
import { Screen } from './drivers/screen.ts';
import { inChromium } from './harness/chromium-harness.ts';
import type { Scene } from './harness/chromium-scene.ts';
import { allowInPrompt, canAnswerPrompts } from './harness/permission-prompt.ts';

test.skipIf(!canAnswerPrompts)(
  'requests access on demand, and marks demo money wherever it is shown',
  async () => {
    const screen = (await Screen.open()) as Screen;
    const onDemand = async (scene: Scene) => {
      const { chromium, exchange, page } = scene;
      const { key, keyId } = scene.newMember('Ed25519', { environment: 'demo', cash: '5000' });
      await page.getByRole('radio', { name: 'Demo' }).check();
      await scene.fill(keyId, key.pem);

      await allowInPrompt(
        screen,
        () => page.getByRole('button', { name: 'Check key' }).click(),
        () => expect(exchange.journal).toEqual([]),
      );

      await scene.press('Save key');
      await scene.saved();
      await scene.badgeBecomes('5.0k');
      expect(await chromium.tooltip(page)).toContain('Demo · play money');
      await page.getByText('Demo · play money').waitFor();
      const { popup, done } = await chromium.openPopup(page);
      await popup.getByText('Demo · play money').waitFor();
      await done();
      expect(exchange.journal.every(({ host }) => host === 'external-api.demo.kalshi.co')).toBe(true);
    };
    await inChromium(onDemand, screen).finally(() => screen.close());
  },
);
