// Information about the browser, for the diagnostics.

import { browser } from './browser.ts';
import { i18n } from './i18n.ts';
import { hasHostPermission } from './permissions.ts';

/** Reads it. @param origins the hosts whose permissions are of interest, by name */
export async function readBrowserInfo(origins: Readonly<Record<string, string>>) {
  const hosts = Object.entries(origins);
  const granted = await Promise.all(hosts.map(([, origin]) => hasHostPermission(`${origin}/*`)));
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  return {
    version: browser.runtime.getManifest().version,
    userAgent: navigator.userAgent,
    locale: i18n.locale,
    access: Object.fromEntries(hosts.map(([environment], index) => [environment, granted[index] === true])),
    bytes: estimate?.usage ?? null,
  };
}
