// A demo account, from the click to the badge, through the browser's own permission prompt for the demo host.
import { expect, test } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { makeKey } from '../exchange/keys.ts';
import { Chromium } from '../tools/chromium.ts';
import { Screen } from '../tools/screen.ts';
import { SOON } from './chromium-scene.ts';
import { allowInPrompt, canAnswerPrompts } from './permission-prompt.ts';

test.skipIf(!canAnswerPrompts)(
  'requests access on demand, and marks demo money wherever it is shown',
  async () => {
    const screen = (await Screen.open()) as Screen;
    const exchange = await Exchange.start();
    const chromium = await Chromium.launch({ exchange, display: screen.display });
    try {
      const page = await chromium.welcome();
      const key = makeKey('Ed25519');
      const member = exchange.addMember({ environment: 'demo', cash: '5000' });
      await page.getByRole('radio', { name: 'Demo' }).check();
      await page.getByRole('textbox', { name: 'API key ID' }).fill(member.addKey(key.publicKey));
      await page.getByRole('textbox', { name: 'Private key' }).fill(key.pem);

      await allowInPrompt(
        screen,
        () => page.getByRole('button', { name: 'Check key' }).click(),
        () => expect(exchange.journal).toEqual([]),
      );

      await page.getByRole('button', { name: 'Save key' }).click();
      await page.getByRole('button', { name: 'Forget key' }).waitFor();
      await expect.poll(() => chromium.badge(page), SOON).toBe('5.0k');
      expect(await chromium.tooltip(page)).toContain('Demo · play money');
      await page.getByText('Demo · play money').waitFor();
      const { popup, done } = await chromium.openPopup(page);
      await popup.getByText('Demo · play money').waitFor();
      await done();
      expect(exchange.journal.every(({ host }) => host === 'external-api.demo.kalshi.co')).toBe(true);
    } finally {
      await chromium.dispose();
      await exchange.stop();
      screen.close();
    }
  },
);
