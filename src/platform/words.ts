// The words of the user's language, from public/_locales.

import type { Words } from '../portfolio/words.ts';
import { browser } from './browser.ts';

/** The browser's language and its sentences. */
export const words: Words = {
  get locale() {
    return browser.i18n.getUILanguage();
  },
  say: (key, ...fill) => browser.i18n.getMessage(key, fill),
};
