// The popup's entry script: renders the first frame from stored text, then loads the rest, which replaces it.

import { readPopupPreview } from '../../storage/popup-preview.ts';
import type { PopupPreview } from '../../view/popup-preview.ts';

/** Where no frame is painted, as in a hidden tab, the rest is loaded after this time. */
const MAX_WAIT_MS = 50;

function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The script is `async`, so that it does not wait for the style sheet. It may run before the body is parsed. */
async function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
}

/** The same elements as in Popup.tsx and Headline.tsx, so that the layout does not shift when those replace them. */
function draw({ name, label, amount: [dollars, cents], fresh }: PopupPreview): void {
  const figure = element('dd', '', dollars, element('span', 'small', cents));
  document
    .querySelector('main')
    ?.append(
      element('header', '', element('div', 'who', element('h1', '', name))),
      element('div', `account ${fresh}`, element('dl', 'hero', element('dt', 'sr', label), figure)),
    );
}

/** Resolves after the next frame has been painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, MAX_WAIT_MS);
  });
}

async function begin(): Promise<void> {
  const [frame] = await Promise.all([readPopupPreview(), parsed()]);
  if (frame) {
    draw(frame);
    await painted();
  }
  await import('./main.tsx');
}

// Beside the page or as a tab, it is as wide as there is room (popup.css, platform/popup-view.ts).
if (location.search) document.documentElement.className = 'panel';
void begin();
