// Budgets in bytes for what ships, compressed as it travels. A budget that is exceeded is a decision to be made, not a
// number to be raised.
//
// Decisions: background 26 → 30, options 26.5 → 28 and packed 102 → 114 for perps, transfers, events with returned collateral
// and orders beside positions, each with its decoder. The popup kept its budget: its holdings are loaded after the figures.
// Then background 30 → 33, options 28 → 29 (shared files) and packed 114 → 130 for the results: their store, the reading of
// fills and settlements, and a page. The popup loads them with its holdings.
// Then background 33 → 36.5, popup 26 → 26.6, options 29 → 30.2 and packed 130 → 139.5 for the alerts: twelve kinds, their texts
// in two languages, and their form.
// Then background 36.5 → 38.8 for backups; popup 26.6 → 27.7 for its menu; options 30.2 → 34.8 for the guided form, the preview
// of the badge, backups and the version; packed 139.5 → 164 for these, a third language, and the changelog.
// Then popup 27.7 → 28.1 and options 34.8 → 35.2 because every alert that is stored is checked when it is read: a backup may
// have been changed, and an amount or a time that is none must not be shown.
// Then packed 164 → 173 for eighteen icons in two sizes instead of four in three; background 38.8 → 39.1 and options 35.2 →
// 35.5 for the direction and the percentage on the badge and in its preview.
// Then popup 28.1 → 33.5 and the first frame 3.2 → 3.3: the chart that mouse and keyboard reach at once, its captions, and the
// change of its range are in the popup's own code, instead of a picture that was replaced when it was touched.
import { describe, expect, test } from 'vitest';
import { archive, filesIn } from '../../../scripts/release/archive.ts';
import { neededByPage, sizeOf, wholePopup, worker } from '../../../scripts/release/sizes.ts';

const KB = 1000;

describe.each(['chrome', 'firefox'])('%s', (target) => {
  const root = `dist/${target}`;

  test('packed', () => {
    expect(archive(filesIn(root)).length).toBeLessThanOrEqual(173 * KB);
  });

  test('bytes before the first frame: a script and the style sheet', async () => {
    const needed = neededByPage(root, 'src/pages/popup/index.html');
    expect(needed.filter((path) => path.endsWith('.js'))).toHaveLength(1);
    expect(await sizeOf(root, needed)).toBeLessThanOrEqual(3.3 * KB);
  });

  test('the popup with all its figures, without the holdings', async () => {
    expect(await sizeOf(root, wholePopup(root))).toBeLessThanOrEqual(33.5 * KB);
  });

  test('the background', async () => {
    expect(worker(root)).toEqual(['background.js']);
    expect(await sizeOf(root, worker(root))).toBeLessThanOrEqual(39.1 * KB);
  });

  test('the options page', async () => {
    expect(await sizeOf(root, neededByPage(root, 'src/pages/options/index.html'))).toBeLessThanOrEqual(
      35.5 * KB,
    );
  });
});
