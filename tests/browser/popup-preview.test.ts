// The popup's first frame in the shipped build: the figure before the popup's code is loaded, and no layout shift after it.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inChromium } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';

/** The elements at the top, with their position and style. */
const head = (popup: Page) =>
  popup.evaluate(() =>
    ['h1', '.hero dt', '.hero dd', '.hero .small'].map((selector) => {
      const found = document.querySelector(selector);
      if (!(found instanceof HTMLElement)) return `${selector}: not there`;
      const { left, top, height } = found.getBoundingClientRect();
      const { color, font } = getComputedStyle(found);
      return { selector, text: found.textContent, left, top, height, color, font };
    }),
  );

test("the figure is there without the popup's own code; when that comes, nothing moves", async () => {
  const extension = join(mkdtempSync(join(tmpdir(), 'first-frame-')), 'extension');
  cpSync('dist/chrome', extension, { recursive: true });
  const inFirstFrame = async (scene: Scene) => {
    const { key, keyId } = scene.newMember('Ed25519', { cash: '1234.5678' });
    await scene.connect(keyId, key.pem);
    await scene.badgeBecomes('1.2k');
    const whole = await scene.chromium.open('popup');
    await whole.getByText(/^As of /).waitFor();
    expect(await whole.locator('main > *').count()).toBe(2); // replaced, not added
    const expected = await head(whole);
    expect(expected).toMatchObject([{}, { text: 'Total' }, { text: '$1,234.56' }, { text: '.56' }]);
    expect(scene.complaints).toEqual([]);

    // The same build without the popup's main code.
    const assets = join(extension, 'assets');
    const [main = ''] = readdirSync(assets).filter((name) => name.startsWith('main-'));
    writeFileSync(join(assets, main), '');
    const first = await scene.chromium.open('popup');
    await expect.poll(() => head(first), SOON).toEqual(expected);
    expect(await first.evaluate(() => document.querySelector('main')?.innerText)).not.toContain('Cash');
  };
  await inChromium(inFirstFrame, { extension }).finally(() =>
    rmSync(join(extension, '..'), { recursive: true }),
  );
});
