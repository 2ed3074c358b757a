// The popup's entry: paints the figure as the background left it, then fetches the rest, which draws over it.

import { readPopupPreview } from '../storage/popup-preview.ts';
import type { PopupPreview } from '../view/popup-preview.ts';

/** Where no frame comes, as in a tab that nobody sees, the rest is not kept waiting for it. */
const LONGEST_MS = 50;

function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The entry is `async`, so that it does not wait for the style sheet; it may be there before the page is. */
async function parsed(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
}

/** The same elements as Popup.tsx and Hero.tsx draw, so that nothing moves when those take over. */
function draw({ name, label, amount: [dollars, cents], fresh }: PopupPreview): void {
  const figure = element('dd', '', dollars, element('span', 'small', cents));
  document
    .querySelector('main')
    ?.append(
      element('header', '', element('div', 'who', element('h1', '', name))),
      element('div', `account ${fresh}`, element('dl', 'hero', element('dt', '', label), figure)),
    );
}

/** After the next frame has been handed over for painting. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_MS);
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

void begin();
