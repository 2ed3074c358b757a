// The English messages, without a browser.
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { I18n } from '../../src/view/texts/translate.ts';

export const english: I18n = {
  locale: 'en-US',
  message: (key, ...fill) =>
    messages[key].message.replaceAll(/\$(\d)/g, (_, index) => fill[Number(index) - 1] ?? ''),
};
