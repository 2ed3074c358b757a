// Zips that are the same bytes wherever and whenever they are made: names in order, no times, one compressor.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';

/** The earliest time that a zip can store; read as local time, so the same bytes in every time zone. */
const NO_TIME = new Date(1980, 0, 1);

/** The contents of files by their names in the archive, with `/` in between. */
export type Files = Record<string, Uint8Array | string>;

/** All files in a folder and below it. */
export function filesIn(folder: string): Files {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(join(folder, '/').length).replaceAll('\\', '/'), readFileSync(path)];
      }),
  );
}

/** A zip of these files. */
export function archive(files: Files): Uint8Array {
  const sorted: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const content = files[name] ?? '';
    sorted[name] = [
      typeof content === 'string' ? strToU8(content) : content,
      { mtime: NO_TIME, level: 9, os: 3 },
    ];
  }
  return zipSync(sorted);
}
