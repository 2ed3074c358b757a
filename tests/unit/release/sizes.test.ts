// Budgets in bytes for what ships, compressed as it travels. A budget that is exceeded is a decision to be made, not a
// number to be raised.
//
// Decisions of the round that encrypts records: background 39.1 → 52 (record cipher and re-encryption, second hosts, archived
// results with Kalshi's own books, subaccounts, transfers dated by the cash, prices and beginnings of events, more key formats);
// options 35.5 → 45 (drop zone, success card with previews of the badge, sections, amounts in the language's notation); popup
// 28.1 → 35 and the first frame 3.2 → 3.3 (the chart is in the popup's own code and takes mouse and keyboard at once, instead of
// a picture that was replaced when it was touched); packed 164 → 212 (the same, three languages, eighteen icons in two sizes).
import { describe, expect, test } from 'vitest';
import { archive, filesIn } from '../../../scripts/release/archive.ts';
import { neededByPage, sizeOf, wholePopup, worker } from '../../../scripts/release/sizes.ts';

const KB = 1000;

describe.each(['chrome', 'firefox'])('%s', (target) => {
  const root = `dist/${target}`;

  test('packed', () => {
    expect(archive(filesIn(root)).length).toBeLessThanOrEqual(212 * KB);
  });

  test('bytes before the first frame: a script and the style sheet', async () => {
    const needed = neededByPage(root, 'src/pages/popup/index.html');
    expect(needed.filter((path) => path.endsWith('.js'))).toHaveLength(1);
    expect(await sizeOf(root, needed)).toBeLessThanOrEqual(3.3 * KB);
  });

  test('the popup with all its figures, without the holdings', async () => {
    expect(await sizeOf(root, wholePopup(root))).toBeLessThanOrEqual(35 * KB);
  });

  test('the background', async () => {
    expect(worker(root)).toEqual(['background.js']);
    expect(await sizeOf(root, worker(root))).toBeLessThanOrEqual(52 * KB);
  });

  test('the options page', async () => {
    expect(await sizeOf(root, neededByPage(root, 'src/pages/options/index.html'))).toBeLessThanOrEqual(
      45 * KB,
    );
  });
});
