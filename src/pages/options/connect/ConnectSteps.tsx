// The numbered steps of connecting a key.

import type { ComponentChildren } from 'preact';

/** `done`: a tick instead of the number · `waiting`: not possible yet. */
interface StepProps {
  title: string;
  state: 'done' | 'current' | 'waiting';
  children?: ComponentChildren;
}

export function ConnectSteps({ children }: { children: ComponentChildren }) {
  return <ol class="guide">{children}</ol>;
}

export function ConnectStep({ title, state, children }: StepProps) {
  return (
    <li class={state} {...(state === 'current' && { 'aria-current': 'step' as const })}>
      <h3>{title}</h3>
      {children}
    </li>
  );
}
