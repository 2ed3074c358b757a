/** @module-tag slow */
// The badge in Chromium's real toolbar, on a virtual screen: every text of the formatter is drawn
// without losing its beginning, and the icon's shape shows staleness. The pictures are saved in pictures/toolbar/.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Micros, parseDollars } from '../../src/domain/money.ts';
import type { Share } from '../../src/domain/share.ts';
import { badgeText, changeText, shareText } from '../../src/view/badge/badge-text.ts';
import { crop, Screen } from './drivers/screen.ts';
import { inChromium } from './harness/chromium-harness.ts';
import { until } from './harness/chromium-scene.ts';

/** A background colour that is nowhere else on the screen, to find the badge. */
const BACKGROUND = [200, 0, 200] as const;

/** The widest amount of every band, and the edges. */
const AMOUNTS = [
  '0',
  '0.5',
  '8',
  '88',
  '888',
  '8888',
  '88888',
  '888888',
  '8888888',
  '88888888',
  '888888888',
  '8888888888',
  '-0.5',
  '-8',
  '-88',
  '-888',
  '-8888',
  '-88888',
  '999.999999',
  '9999.99',
  '99999.99',
  '-99.99',
  '-999.99',
  '-9999.99',
].map((dollars) => badgeText(parseDollars(dollars) as Micros));
/** Changes have no sign, and percentages of them no percent sign. */
const CHANGES = [
  ...['-100.2', '-8888.88', '88888', '-888888'].map((dollars) => changeText(parseDollars(dollars) as Micros)),
  ...[1, 8_888, 88_888, -888_888].map((share) => shareText(share as Share)),
];
const SYMBOLS = ['!', '…', '1'];
/** Texts that the formatter avoids because their ends are clipped. They show that this test can fail. */
const TOO_WIDE = ['0000', '120k', '$888', '-888k', '2.3%'];

interface Drawn {
  picture: PNG;
  /** Of the badge, in pixels. It grows with the text up to a limit. */
  width: number;
  /** The first columns of the text, light and dark: enough to distinguish a whole glyph from half of one. */
  head: string;
}

/** Finds the badge in a picture and measures where its text begins. */
function measure(picture: PNG): Drawn | undefined {
  const at = (x: number, y: number) => [
    ...picture.data.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3),
  ];
  const isBackground = (x: number, y: number) =>
    at(x, y).every((value, i) => Math.abs(value - (BACKGROUND[i] ?? 0)) < 8);
  const spots: [x: number, y: number][] = [];
  for (let y = 0; y < 120; y++)
    for (let x = 0; x < picture.width; x++) if (isBackground(x, y)) spots.push([x, y]);
  if (spots.length === 0) return undefined;
  const [left, right] = [Math.min(...spots.map(([x]) => x)), Math.max(...spots.map(([x]) => x))];
  const [top, bottom] = [Math.min(...spots.map(([, y]) => y)), Math.max(...spots.map(([, y]) => y))];
  // Text is white, the background has no green in it; the rounded corners, three rows high, are left out.
  const bare = (x: number) => {
    for (let y = top + 3; y <= bottom - 3; y++) if ((at(x, y)[1] ?? 0) > 64) return false;
    return true;
  };
  let start = left;
  while (start < right && bare(start)) start++;
  let head = '';
  for (let y = top + 3; y <= bottom - 3; y++) {
    for (let x = start; x < start + 5; x++) head += (at(x, y)[1] ?? 0) > 128 ? '#' : '.';
    head += '\n';
  }
  return {
    picture: crop(picture, left - 8, top - 12, right - left + 17, bottom - top + 17, 6),
    width: right - left + 1,
    head,
  };
}

const possible = existsSync('/usr/bin/Xvfb');

describe.skipIf(!possible)('in the real toolbar', () => {
  const drawn = new Map<string, Drawn>();

  beforeAll(async () => {
    const screen = (await Screen.open()) as Screen;
    await inChromium(async ({ chromium, page }) => {
      await chromium.pin();
      for (const text of new Set([...AMOUNTS, ...CHANGES, ...SYMBOLS, ...TOO_WIDE])) {
        drawn.set(text, await draw(page, screen, text));
      }
    }, screen).finally(() => screen.close());
    mkdirSync('pictures/toolbar', { recursive: true });
    writeFileSync(
      'pictures/toolbar/texts.png',
      PNG.sync.write(sheet([...drawn.values()].map(({ picture }) => picture))),
    );
  }, 180_000); // forty texts: each has a limit of its own in `until`

  /** Sets a text and waits until the toolbar shows it and no longer changes: the badge disappears in between. */
  async function draw(page: Page, screen: Screen, text: string): Promise<Drawn> {
    await page.evaluate(() => chrome.action.setBadgeText({ text: '' }));
    await until(() => !measure(screen.picture()));
    await page.evaluate(
      async ([text, color]) => {
        await chrome.action.setBadgeBackgroundColor({
          color: [...color, 255] as [number, number, number, number],
        });
        await chrome.action.setBadgeText({ text });
      },
      [text, BACKGROUND] as const,
    );
    let before: Drawn | undefined;
    return until(() => {
      const now = measure(screen.picture());
      const atRest = now && before?.picture.data.equals(now.picture.data);
      before = now;
      return atRest && now;
    });
  }

  const mostRoom = () => Math.max(...TOO_WIDE.map((text) => drawn.get(text)?.width ?? 0));
  /** The two widest texts fill the badge, and may lose a fraction of a pixel of their last letter. */
  const widest = /^(\d\.\dk|\d\dM)$/;
  const texts = [...new Set([...AMOUNTS, ...CHANGES, ...SYMBOLS])];

  test.each(texts.filter((text) => !widest.test(text)))(
    '%s is drawn completely, with space to spare',
    (text) => {
      expect(drawn.get(text)?.width).toBeLessThan(mostRoom());
    },
  );

  test.each(texts.filter((text) => widest.test(text)))('%s keeps its first digit whole', (text) => {
    expect(drawn.get(text)?.head).toBe(drawn.get(text.charAt(0).repeat(3))?.head);
  });

  test.each(['0000', '120k'])('%s would lose a part of its first digit', (text) => {
    expect(drawn.get(text)?.width).toBe(mostRoom());
    expect(drawn.get(text)?.head).not.toBe(drawn.get(text.charAt(0))?.head);
  });

  test.each(TOO_WIDE)('%s is wider than the badge', (text) => {
    expect(drawn.get(text)?.width).toBe(mostRoom());
  });
});

/** Pictures side by side, eight in a row. */
function sheet(pictures: PNG[]): PNG {
  const [cellWidth, cellHeight] = [
    Math.max(...pictures.map(({ width }) => width)),
    Math.max(...pictures.map(({ height }) => height)),
  ];
  const out = new PNG({ width: cellWidth * 8, height: cellHeight * Math.ceil(pictures.length / 8) });
  pictures.forEach((picture, i) => {
    PNG.bitblt(
      picture,
      out,
      0,
      0,
      picture.width,
      picture.height,
      (i % 8) * cellWidth,
      Math.floor(i / 8) * cellHeight,
    );
  });
  return out;
}
