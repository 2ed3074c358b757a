// The names and addresses of the files of a release. Plain JavaScript: signing uses it where no package is installed.
import { createHash } from 'node:crypto';

/** Firefox's file of updates, beside the files of the latest release. */
export const UPDATES = 'updates.json';

/** The address at which Firefox looks for it. @param {string} repository the address of the project */
export function updatesUrl(repository) {
  return `${repository}/releases/latest/download/${UPDATES}`;
}

/**
 * What Firefox reads at that address (https://extensionworkshop.com/documentation/manage/updating-your-extension/): the newest
 * version, where it is, and the hash that it must have.
 * @param {{ id: string, version: string, minVersion: string, repository: string, file: string, bytes: Uint8Array }} release
 */
export function updateManifest({ id, version, minVersion, repository, file, bytes }) {
  const update = {
    version,
    update_link: `${repository}/releases/download/v${version}/${file}`,
    update_hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    applications: { gecko: { strict_min_version: minVersion } },
  };
  return `${JSON.stringify({ addons: { [id]: { updates: [update] } } }, null, 2)}\n`;
}

/** The line of SHA256SUMS for a file. @param {string} name @param {Uint8Array} bytes */
export function sumLine(name, bytes) {
  return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`;
}
