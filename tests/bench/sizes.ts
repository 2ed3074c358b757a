// Bytes: what the popup and the worker load, compared with their libraries alone, and the package.
import { archive, filesIn } from '../../scripts/release/archive.ts';
import { neededByPage, sizeOf, wholePopup, worker } from '../../scripts/release/sizes.ts';
import { bundled } from './bundle.ts';

/** Preact with hooks and the polyfill, bundled alone and compressed with brotli. Bytes. */
function librariesAlone(): Promise<number> {
  return bundled('libraries-entry.ts', (folder, file) => sizeOf(folder, [file]));
}

/** Name, bytes, and the ratio to the libraries alone where that is meaningful. */
export async function measureSizes(): Promise<[name: string, bytes: number, ratio?: number][]> {
  const root = 'dist/chrome';
  const floor = await librariesAlone();
  const first = await sizeOf(root, neededByPage(root, 'src/pages/popup/index.html'));
  const whole = await sizeOf(root, wholePopup(root));
  const background = await sizeOf(root, worker(root));
  return [
    ['preact and polyfill alone, brotli (floor)', floor, 1],
    ['popup before its first frame, brotli', first, first / floor],
    ['popup without the large chart and the holdings, brotli', whole, whole / floor],
    ['worker, brotli', background, background / floor],
    ['packed extension', archive(filesIn(root)).length],
  ];
}
