// The words of the user's language, from public/_locales.

import type { Words } from '../portfolio/words.ts';
import { browser } from './browser.ts';

/** The sentences in the browser's language, if there are any, and numbers and dates to go with them. */
export const words: Words = {
  get locale() {
    const [browsers, sentences] = [browser.i18n.getUILanguage(), browser.i18n.getMessage('language')];
    return browsers.startsWith(sentences) ? browsers : sentences;
  },
  say: (key, ...fill) => browser.i18n.getMessage(key, fill),
};
