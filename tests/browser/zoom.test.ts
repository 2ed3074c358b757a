/** @module-tag slow */
// The real popup on a virtual screen, with pages at 100 to 200 %: one scroll bar at most, header and footer always visible. And
// the pages from right to left, and in a narrow window.
import { expect, test as plainTest } from 'vitest';
import { Screen } from './drivers/screen.ts';
import { inChromium, test } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';
import { canAnswerPrompts } from './harness/permission-prompt.ts';
import { enter, popupStates, type State } from './harness/popup-states.ts';

plainTest.skipIf(!canAnswerPrompts)('the popup with pages at 100 to 200 %', async () => {
  const screen = (await Screen.open(1200, 1000)) as Screen;
  const atZoom = async ({ chromium, exchange, page: options }: Scene) => {
    exchange.setFault({ kind: 'hang' });
    for (const zoom of [1, 1.25, 1.5, 2]) {
      await chromium.setZoom(zoom);
      for (const name of ['good', 'balance only']) {
        await enter(options, popupStates(Date.now())[name] as State);
        await options.bringToFront();
        const { popup, done } = await chromium.openPopup(options);
        await popup.getByText(/^As of /).waitFor();
        const measure = () =>
          popup.evaluate(() => {
            const { scrollWidth, scrollHeight } = document.documentElement;
            const [header, footer] = ['header', 'footer'].map((name) => document.querySelector(name));
            const scrolls = (each: Element) =>
              each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY === 'auto';
            return {
              zoom: devicePixelRatio,
              beside: scrollWidth > innerWidth,
              within: [...document.querySelectorAll('main *')].some(scrolls),
              top: (header?.getBoundingClientRect().top ?? -1) >= 0,
              bottom: (footer?.getBoundingClientRect().bottom ?? 9_999) <= innerHeight + 1,
              high: innerHeight * devicePixelRatio <= 600,
              fits: scrollHeight <= innerHeight + 1,
            };
          });
        // The popup of a balance-only key fits at 125 %; longer content scrolls with the page's own bar.
        const fits = name === 'balance only' && zoom <= 1.25;
        const right = { zoom, beside: false, within: false, top: true, bottom: true, high: true, fits };
        await expect.poll(measure, SOON).toEqual(right);
        await popup.evaluate(() => window.close()).catch(() => undefined);
        await done();
      }
    }
  };
  await inChromium(atZoom, screen).finally(() => screen.close());
});

test('nothing is clipped from right to left or in a narrow window', async ({ scene }) => {
  await enter(scene.page, popupStates(Date.now()).good as State);
  const popup = await scene.chromium.open('popup');
  await popup.getByText('Fed cuts in December').first().waitFor();
  for (const [page, width] of [
    [popup, 360],
    [scene.page, 320],
  ] as const) {
    await page.setViewportSize({ width, height: 600 });
    for (const direction of ['ltr', 'rtl']) {
      const wide = await page.evaluate((direction) => {
        document.documentElement.dir = direction;
        return document.documentElement.scrollWidth;
      }, direction);
      expect(wide).toBeLessThanOrEqual(width);
    }
  }
});
