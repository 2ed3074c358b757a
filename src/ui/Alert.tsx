// An error message with the next step below it.

import type { ComponentChildren } from 'preact';

/** `heals`: it resolves without the user, so it is shown less prominently. */
export function Alert({ children, heals = false }: { children: ComponentChildren; heals?: boolean }) {
  return (
    <div role="alert" class={heals ? 'alert heals' : 'alert'}>
      {children}
    </div>
  );
}
