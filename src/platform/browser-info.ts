// What the browser says of itself, for diagnostics.

import { ORIGINS } from '../kalshi/hosts.ts';
import type { Surroundings } from '../view/diagnostics.ts';
import { browser } from './browser.ts';
import { words } from './i18n.ts';
import { hasAccess } from './permissions.ts';

/** Asks for all of it. */
export async function readSurroundings(): Promise<Surroundings> {
  const hosts = Object.entries(ORIGINS);
  const granted = await Promise.all(hosts.map(([, origin]) => hasAccess(`${origin}/*`)));
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  return {
    version: browser.runtime.getManifest().version,
    userAgent: navigator.userAgent,
    locale: words.locale,
    access: Object.fromEntries(hosts.map(([environment], index) => [environment, granted[index] === true])),
    bytes: estimate?.usage ?? null,
  };
}
