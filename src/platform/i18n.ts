// The words of the user's language, from public/_locales.

import type { I18n } from '../view/translate.ts';
import { browser } from './browser.ts';

let locale: string | undefined;

/**
 * The sentences in the browser's language, if there are any, and numbers and dates to go with them. The language is
 * asked for once: every amount needs it, and it changes only with the browser's restart.
 */
export const i18n: I18n = {
  get locale() {
    locale ??= localeOf(browser.i18n.getUILanguage(), browser.i18n.getMessage('language'));
    return locale;
  },
  say: (key, ...fill) => browser.i18n.getMessage(key, fill),
};

function localeOf(browsers: string, sentences: string): string {
  return browsers.startsWith(sentences) ? browsers : sentences;
}
