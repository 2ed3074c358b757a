// Information about the browser, for the diagnostics.

import { ORIGINS } from '../kalshi/endpoints.ts';
import type { BrowserInfo } from '../view/diagnostics.ts';
import { browser } from './browser.ts';
import { i18n } from './i18n.ts';
import { hasHostPermission } from './permissions.ts';

/** Reads it. */
export async function readBrowserInfo(): Promise<BrowserInfo> {
  const hosts = Object.entries(ORIGINS);
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
