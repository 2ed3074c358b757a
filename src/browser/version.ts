// The version of the extension: when it was released, and where newer ones are.

import { browser } from './browser.ts';

/** Both are set by the build (vite.config.ts): the date in CHANGELOG.md, and the address of the project. */
declare const __RELEASED_AT__: number | null | undefined;
declare const __RELEASES_PAGE__: string | null | undefined;

/** When this version was released, unix milliseconds; undefined if it was not. */
export const RELEASED_AT: number | undefined =
  typeof __RELEASED_AT__ === 'undefined' ? undefined : (__RELEASED_AT__ ?? undefined);

/** The page of the releases; undefined if the project has none yet. */
export const RELEASES_PAGE: string | undefined =
  typeof __RELEASES_PAGE__ === 'undefined' ? undefined : (__RELEASES_PAGE__ ?? undefined);

/** The version, as in manifest.json. */
export function extensionVersion(): string {
  return browser.runtime.getManifest().version;
}

/**
 * Whether the browser looks for newer versions by itself: an extension from a store, or with an update address. Chromium does
 * not do so for a folder that was loaded by hand.
 */
export function updatesItself(): boolean {
  const { update_url, browser_specific_settings } = browser.runtime.getManifest() as {
    update_url?: string;
    browser_specific_settings?: { gecko?: { update_url?: string } };
  };
  return Boolean(update_url ?? browser_specific_settings?.gecko?.update_url);
}
