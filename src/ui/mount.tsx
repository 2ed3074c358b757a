// How each page starts: the language, the title, then everything stored in one read and the first frame from it.

import { type ComponentType, render } from 'preact';
import { i18n } from '../platform/i18n.ts';
import { readState, type State } from '../storage/state.ts';
import type { MessageKey } from '../view/translate.ts';

/** Renders a page into `<main>`. Neither the background nor the network is waited for. */
export async function mount(Page: ComponentType<{ stored: State }>, title: MessageKey): Promise<void> {
  const stored = await readState();
  document.documentElement.lang = i18n.message('language'); // of the sentences; numbers follow the browser's own
  document.title = i18n.message(title);
  const main = document.querySelector('main');
  if (main) render(<Page stored={stored} />, main);
}
