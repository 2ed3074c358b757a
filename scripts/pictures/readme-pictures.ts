// `npm run readme-pictures`: the pictures of README.md, from real browsers, into .github/pictures/. The one of
// Firefox is cut from the picture of its toolbar that tests/browser/firefox.test.ts leaves in pictures/toolbar/; the one
// of the toolbar with the popup from the screen that `npm start -- --once` leaves in pictures/; the results
// page as `npm run pictures` leaves it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { crop } from '../../tests/browser/drivers/screen.ts';
import { enter, popupStates } from '../../tests/browser/harness/popup-states.ts';
import { Exchange } from '../../tests/exchange/exchange.ts';
import { makeKey } from '../../tests/exchange/keys.ts';

const FOLDER = '.github/pictures';
const SIZE = { width: 360, height: 600 };

function save(name: string, png: PNG): void {
  const bytes = PNG.sync.write(png, { colorType: 2, deflateLevel: 9 }); // without transparency: a third smaller
  writeFileSync(`${FOLDER}/${name}`, bytes);
  process.stdout.write(`${FOLDER}/${name}: ${Math.round(bytes.length / 1000)} kB\n`);
}

/** Pictures beside each other, with a margin around each. */
function sideBySide(pictures: PNG[], margin: number): PNG {
  const height = Math.max(...pictures.map((each) => each.height)) + 2 * margin;
  const width = pictures.reduce((sum, each) => sum + each.width + margin, margin);
  const out = new PNG({ width, height });
  out.data.fill(0xe3);
  let x = margin;
  for (const each of pictures) {
    PNG.bitblt(each, out, 0, 0, each.width, each.height, x, margin);
    x += each.width + margin;
  }
  return out;
}

async function takePopups(chromium: Chromium, exchange: Exchange): Promise<void> {
  const options = await chromium.welcome();
  exchange.setFault({ kind: 'hang' }); // the states stay as they are
  const popup = await chromium.open('popup');
  await popup.setViewportSize(SIZE);
  const states = popupStates(Date.now());
  const pictures: PNG[] = [];
  for (const [name, colorScheme] of [
    ['good', 'light'],
    ['good', 'dark'],
    ['failure maintenance', 'light'],
  ] as const) {
    const state = states[name];
    if (!state) throw new Error(`no state is called ${name}`);
    await popup.emulateMedia({ colorScheme });
    await enter(options, state);
    await popup.reload();
    await popup.locator('.holdings li').nth(2).waitFor();
    pictures.push(PNG.sync.read(await popup.screenshot()));
  }
  save('popups.png', sideBySide(pictures, 16));
  await popup.close();
  exchange.setFault();
  await enter(options, { local: {} });
}

async function takeConnecting(chromium: Chromium, exchange: Exchange): Promise<void> {
  const page = await chromium.open('options');
  await page.setViewportSize({ width: 760, height: 900 });
  const key = makeKey('Ed25519');
  const member = exchange.addMember({ cash: '765.4025' });
  await page.getByRole('textbox', { name: 'API key ID' }).fill(member.addKey(key.publicKey));
  const file = { name: 'kalshi-key.txt', mimeType: 'text/plain', buffer: Buffer.from(key.pem) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('From the file kalshi-key.txt').waitFor();
  await page.getByRole('button', { name: 'Check key' }).click();
  await page.getByRole('heading', { name: 'Kalshi accepted this key' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Save key' }).scrollIntoViewIfNeeded();
  save('connect.png', PNG.sync.read(await page.screenshot()));
}

mkdirSync(FOLDER, { recursive: true });
const exchange = await Exchange.start();
const chromium = await Chromium.launch({ exchange, locale: 'en' });
await takePopups(chromium, exchange);
await takeConnecting(chromium, exchange);
await chromium.dispose();
await exchange.stop();
for (const [from, to, x, y, width, height] of [
  ['pictures/screen.png', 'toolbar-and-popup.png', 440, 36, 560, 650],
  ['pictures/toolbar/firefox-live.png', 'firefox.png', 600, 0, 400, 90],
  ['pictures/en-light/results page.png', 'results.png', 0, 0, 1100, 900],
] as const) {
  if (existsSync(from)) save(to, crop(PNG.sync.read(readFileSync(from)), x, y, width, height));
  else process.stdout.write(`${to} stays as it was: there is no ${from}.\n`);
}
