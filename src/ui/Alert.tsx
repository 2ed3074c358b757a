// What went wrong, with the next step beneath it.

import type { ComponentChildren } from 'preact';

/** `heals`: it gets better by itself, so it is said more quietly. */
export function Alert({ children, heals = false }: { children: ComponentChildren; heals?: boolean }) {
  return (
    <div role="alert" class={heals ? 'alert heals' : 'alert'}>
      {children}
    </div>
  );
}
