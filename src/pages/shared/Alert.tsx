// An error message with the next step below it.

import type { ComponentChildren } from 'preact';

/** `recovers`: the problem ends without the user, so it is shown less prominently. */
export function Alert({ children, recovers = false }: { children: ComponentChildren; recovers?: boolean }) {
  return (
    <div role="alert" class={recovers ? 'alert recovers' : 'alert'}>
      {children}
    </div>
  );
}
