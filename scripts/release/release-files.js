// The names and addresses of the files of a release. Plain JavaScript: signing uses it where no package is installed.
import { createHash } from 'node:crypto';

/** Firefox's file of updates, beside the files of the latest release. */
export const UPDATES = 'updates.json';

/**
 * The address of the project: `repository` of package.json, which the owner fills in once (RELEASE.md).
 * @param {{ name: string, repository?: unknown }} pkg package.json; npm writes `repository` as a string or as `{ type, url }`
 * @returns {string | undefined} without `git+` and `.git`; undefined if there is none. Throws if it is no https address
 */
export function repositoryOf({ repository }) {
  if (repository === undefined) return undefined;
  const url =
    typeof repository === 'object' && repository && 'url' in repository ? repository.url : repository;
  const address = /^(?:git\+)?(https:\/\/[^\s?#]+?)(?:\.git)?\/?$/.exec(String(url))?.[1];
  if (!address) throw new Error('"repository" in package.json is not an https address');
  return address;
}

/** The page of the releases. @param {string} repository the address of the project */
export function releasesUrl(repository) {
  return `${repository}/releases`;
}

/** The address at which Firefox looks for its file of updates. @param {string} repository the address of the project */
export function updatesUrl(repository) {
  return `${releasesUrl(repository)}/latest/download/${UPDATES}`;
}

/**
 * What Firefox reads at that address (https://extensionworkshop.com/documentation/manage/updating-your-extension/): the newest
 * version, where it is, and the hash that it must have.
 * @param {{ id: string, version: string, minVersion: string, repository: string, file: string, bytes: Uint8Array }} release
 */
export function updateManifest({ id, version, minVersion, repository, file, bytes }) {
  const update = {
    version,
    update_link: `${releasesUrl(repository)}/download/v${version}/${file}`,
    update_hash: `sha256:${sha256(bytes)}`,
    applications: { gecko: { strict_min_version: minVersion } },
  };
  return `${JSON.stringify({ addons: { [id]: { updates: [update] } } }, null, 2)}\n`;
}

/** @param {Uint8Array} bytes @returns {string} in hexadecimal digits */
export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The line of SHA256SUMS for a file. @param {string} name @param {Uint8Array} bytes */
export function sumLine(name, bytes) {
  return `${sha256(bytes)}  ${name}\n`;
}
