// Firefox's badge clips what is too wide in the font that it uses, which the extension does not know: the widest counts.
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A browser in which a text has this width in each font, pixels. */
async function fits(protocol: string, widths: Record<string, number>): Promise<boolean> {
  const context = {
    font: '',
    measureText: () => ({ width: widths[context.font.replace(/^\S+ /, '')] }),
  };
  vi.stubGlobal('location', { protocol });
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => context;
    },
  );
  const { fitsBadge } = await import('../../../src/browser/badge-width.ts');
  return fitsBadge('1.2k');
}

test.each([
  [{ 'system-ui': 19, 'sans-serif': 18 }, true],
  [{ 'system-ui': 20, 'sans-serif': 18 }, false],
  [{ 'system-ui': 18, 'sans-serif': 20 }, false],
])('Firefox, %j: fits %s', async (widths, expected) => {
  expect(await fits('moz-extension:', widths)).toBe(expected);
});

test('Chromium shrinks the text', async () => {
  expect(await fits('chrome-extension:', { 'system-ui': 50, 'sans-serif': 50 })).toBe(true);
});
