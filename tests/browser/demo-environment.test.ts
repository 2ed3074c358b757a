// A demo account, from the click to the badge, through the browser's own permission prompt for the demo host.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { makeKey } from '../exchange/keys.ts';
import { Chromium } from '../tools/chromium.ts';
import { Screen } from '../tools/screen.ts';
import { SOON, until } from './chromium-harness.ts';

// Only a real key press answers that prompt.
const possible = existsSync('/usr/bin/Xvfb') && existsSync('/usr/bin/xdotool');

test.skipIf(!possible)('requests access on demand, and marks demo money wherever it is shown', async () => {
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

    const keyPress = (name: string) =>
      execFileSync('xdotool', ['key', name], { env: { ...process.env, DISPLAY: screen.display } });
    /** The page is white; behind the browser's prompt it is dimmed. */
    const dimmed = (): boolean => (screen.picture().data.at((400 * 1000 + 20) * 4) ?? 0) < 200;
    /** Waits until the screen fulfils a condition and has not changed for ten pictures: animations have ended. */
    const still = async (fits: (now: Buffer) => boolean) => {
      let last: Buffer = Buffer.alloc(0);
      let unchanged = 0;
      return until(() => {
        const now = screen.picture().data;
        unchanged = now.equals(last) && fits(now) ? unchanged + 1 : 0;
        last = now;
        return unchanged >= 10 && now;
      });
    };

    await page.getByRole('button', { name: 'Check key' }).click();
    const prompt = await still(dimmed);
    expect(exchange.journal).toEqual([]);
    keyPress('Tab'); // from Deny to Allow
    await still((now) => !now.equals(prompt));
    // The browser ignores keys for half a second, so that none is taken that was pressed before the prompt appeared.
    await until(() => {
      if (dimmed()) keyPress('Return');
      return !dimmed();
    });

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
});
