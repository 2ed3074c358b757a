// Starts a page: sets its language and title, reads the stored state once and renders it.

import { type ComponentType, render } from 'preact';
import { i18n } from '../../browser/i18n.ts';
import type { State } from '../../domain/accounts/state.ts';
import { readState } from '../../storage/state.ts';
import type { MessageKey } from '../../view/texts/translate.ts';

/** Renders a page into `<main>`. It waits for neither the background nor the network. */
export async function mount(Page: ComponentType<{ stored: State }>, title: MessageKey): Promise<void> {
  const stored = await readState();
  document.documentElement.lang = i18n.message('language'); // of the messages; numbers follow the browser's locale
  document.title = i18n.message(title);
  const main = document.querySelector('main');
  if (main) render(<Page stored={stored} />, main);
}
