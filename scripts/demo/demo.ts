// The extension at work, without a Kalshi account: the shipped build in a real browser, connected through its own
// options page to a simulated exchange with a demo account whose prices move.
//   --once           ends after the first balance is on the badge, and leaves pictures in pictures/
//   --profile NAME   which member it is (tests/exchange/profiles/): sports-trader, which is the default, bot, veteran,
//                    newcomer, ladder-trader
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { crop, Screen } from '../../tests/browser/drivers/screen.ts';
import { Exchange } from '../../tests/exchange/exchange.ts';
import { makeKey } from '../../tests/exchange/keys.ts';
import { isProfile, PROFILES, type ProfileName, profile } from '../../tests/exchange/profiles/index.ts';
import { makeUpHistory } from './demo-history.ts';

const once = process.argv.includes('--once');
const say = (text: string) => process.stdout.write(`${text}\n`);

/** The profile that the command line names; the sports trader by default. */
function chosenProfile(): ProfileName {
  const at = process.argv.indexOf('--profile');
  const name = at < 0 ? 'sports-trader' : (process.argv[at + 1] ?? '');
  if (isProfile(name)) return name;
  process.stderr.write(`There is no profile "${name}", but ${PROFILES.join(', ')}.\n`);
  process.exit(1);
}

/** The display to open a window on: the user's own; for pictures a virtual one; none otherwise. */
async function findDisplay(): Promise<{ display: string | undefined; screen: Screen | undefined }> {
  const own = process.env.DISPLAY ?? (process.platform === 'linux' ? undefined : '');
  if (own !== undefined && !once) return { display: own, screen: undefined };
  const screen = once ? await Screen.open() : undefined;
  return { display: screen?.display, screen };
}

/** Connects as a person does. */
async function connect(page: Page): Promise<void> {
  const key = makeKey('Ed25519');
  await page
    .getByRole('textbox', { name: 'API key ID' })
    .fill(member.addKey(key.publicKey, ['read'], subaccount));
  await page.getByRole('textbox', { name: 'Private key' }).fill(key.pem);
  await page.getByRole('button', { name: 'Check key' }).click();
  await page.getByRole('button', { name: 'Save key' }).click();
  await page.getByRole('button', { name: 'Forget key' }).waitFor();
}

/** Prints the badge each time it changes; gives its first text. */
async function followBadge(chromium: Chromium, page: Page): Promise<string> {
  let shown = '';
  return new Promise((resolve, reject) => {
    const check = async () => {
      const text = await chromium.badge(page);
      if (text && text !== shown) {
        shown = text;
        say(`badge: ${text}`);
        resolve(text);
      }
    };
    const timer = setInterval(() => {
      check().catch((error) => {
        clearInterval(timer);
        reject(error);
      });
    }, 200);
    timer.unref();
  });
}

/** Waits until the popup shows all that it will show, and has grown to the size that this params. */
async function finished(popup: Page): Promise<void> {
  await popup.locator('.curve path').waitFor();
  await popup
    .locator('.holdings li')
    .nth(Math.min(member.tickers.length, 3) - 1)
    .waitFor();
  await popup.locator('footer .age').filter({ hasText: 'As of' }).waitFor();
  await popup.waitForFunction(() => {
    const { scrollHeight } = document.documentElement;
    return innerHeight >= Math.min(scrollHeight, 600);
  });
}

/** The screen, as soon as nothing moves on it any more: the browser fades the popup in. */
async function stillPicture(screen: Screen): Promise<PNG> {
  for (let before = screen.picture(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = screen.picture();
    if (now.data.equals(before.data)) return now;
    before = now;
  }
}

async function takePictures(chromium: Chromium, page: Page, screen: Screen | undefined): Promise<void> {
  mkdirSync('pictures', { recursive: true });
  // A quiet tab behind the popup, grey so that its edges show.
  const backdrop = await chromium.context.newPage();
  await backdrop.evaluate(() => document.documentElement.style.setProperty('background', '#dfe3e8'));
  const { popup, done } = await chromium.openPopup(page);
  await finished(popup);
  await popup.screenshot({ path: 'pictures/popup.png' });
  say('pictures/popup.png');
  if (screen) {
    const picture = await stillPicture(screen);
    writeFileSync('pictures/toolbar.png', PNG.sync.write(crop(picture, 640, 30, 360, 56, 2)));
    writeFileSync('pictures/screen.png', PNG.sync.write(picture));
    say('pictures/toolbar.png, pictures/screen.png');
  } else {
    say('No picture of the toolbar: that takes Xvfb.');
  }
  await done();
}

say('Starting the simulated exchange…');
const exchange = await Exchange.start();
const { member, subaccount, movePrices } = profile(chosenProfile(), Date.now());
exchange.addMember(member);
const { display, screen } = await findDisplay();
say(display === undefined ? 'Opening Chromium (headless)…' : 'Opening Chromium…');
const chromium = await Chromium.launch({ exchange, display });
const end = async () => {
  await chromium.dispose();
  await exchange.stop();
  screen?.close();
};

// The options page opens by itself, in whichever empty tab there is; only then are others opened.
const page = await chromium.welcome();
await chromium.pin();
say('Connecting a generated key through the options page…');
await connect(page);
const first = followBadge(chromium, page);
await first;
await makeUpHistory(chromium, page);

if (once) {
  await takePictures(chromium, page, screen);
  await end();
} else {
  // Total moves visibly with the prices, and the extension polls twice a minute at most.
  await page.getByRole('navigation').getByRole('link', { name: 'Badge' }).click();
  await page.getByRole('radio', { name: 'Total' }).check();
  await page.getByRole('combobox', { name: 'Check every' }).selectOption('30');
  say('Prices move; the badge is updated every 30 seconds. Press Ctrl-C to stop.');
  const market = setInterval(movePrices, 2_000);
  const over = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    chromium.context.once('close', () => resolve());
  });
  await over;
  clearInterval(market);
  await end();
}
