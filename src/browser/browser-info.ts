// Information about the browser, for the diagnostics.

import { browser } from './browser.ts';
import { i18n } from './i18n.ts';
import { hasHostPermission } from './permissions.ts';

/** Reads it. @param hosts whose permissions are of interest: name and match pattern */
export async function readBrowserInfo(hosts: readonly (readonly [name: string, pattern: string])[]) {
  const granted = await Promise.all(hosts.map(([, pattern]) => hasHostPermission(pattern)));
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  return {
    version: browser.runtime.getManifest().version,
    userAgent: navigator.userAgent,
    locale: i18n.locale,
    access: Object.fromEntries(hosts.map(([name], index) => [name, granted[index] === true])),
    bytes: estimate?.usage ?? null,
  };
}
