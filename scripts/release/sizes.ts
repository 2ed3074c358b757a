// How many bytes are loaded between a click, or an alarm, and the figure: the imports of the built files, followed to the end.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';

/** Scripts that a script needs before it runs. What it loads later with `import()` is not included. */
function neededBy(root: string, path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const text = readFileSync(join(root, path), 'utf8');
  for (const [, name = ''] of text.matchAll(
    /(?:^|[;}\n])\s*import(?:[^'"`;()]*from)?\s*["'`]([^"'`]+)["'`]/g,
  )) {
    neededBy(root, posix.join(dirname(path), name), found);
  }
  return found;
}

/** The scripts and style sheets that a page's HTML names, and what those need. */
export function neededByPage(root: string, page: string): string[] {
  const html = readFileSync(join(root, page), 'utf8');
  const scripts = [...html.matchAll(/<script[^>]* src="\/([^"]+)"/g)].map(([, path = '']) => path);
  const styles = [...html.matchAll(/<link rel="stylesheet"[^>]* href="\/([^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  return [...styles, ...scripts.flatMap((path) => [...neededBy(root, path)])];
}

/** The popup's own code, which its first frame does not wait for; without the holdings. */
export function wholePopup(root: string): string[] {
  const first = neededByPage(root, 'src/pages/popup/index.html');
  const later = first
    .map((path) => /"?assets\/(main-[\w-]+\.js)"?/.exec(readFileSync(join(root, path), 'utf8'))?.[1])
    .find(Boolean);
  if (!later) throw new Error('the popup has no second part: has it been renamed?');
  return [...new Set([...first, ...neededBy(root, `assets/${later}`)])];
}

/** What the worker runs when it wakes. */
export function worker(root: string): string[] {
  return [...neededBy(root, 'background.js')];
}

/** Bytes of files, each compressed by itself with brotli; `raw` as they are. */
export async function sizeOf(root: string, paths: readonly string[], raw = false): Promise<number> {
  const files = paths.map((path) => join(root, path));
  const [result] = await sizeLimit([filePlugin], { checks: [{ files, brotli: !raw, gzip: false }] });
  return result?.size ?? Number.NaN;
}
