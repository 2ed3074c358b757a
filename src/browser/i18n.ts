// The messages of the user's language, from public/_locales.

import { browser } from './browser.ts';

let locale: string | undefined;

/**
 * The messages in the browser's language if it is supported, and the locale for numbers and dates. The language is read
 * once: every amount needs it, and it changes only when the browser restarts.
 */
export const i18n = {
  get locale(): string {
    locale ??= localeOf(browser.i18n.getUILanguage(), browser.i18n.getMessage('language'));
    return locale;
  },
  message: (key: string, ...fill: string[]): string => browser.i18n.getMessage(key, fill),
};

function localeOf(browsers: string, sentences: string): string {
  return browsers.startsWith(sentences) ? browsers : sentences;
}
