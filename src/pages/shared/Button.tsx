// A button that keeps its focus while it is busy.

import type { ComponentChildren } from 'preact';

interface Props {
  children: ComponentChildren;
  onClick: () => void;
  /** The main action of the page. */
  main?: boolean;
  /** Deletes something. */
  danger?: boolean;
  busy?: boolean;
  /** Another step, named beside the button, comes first. */
  unavailable?: boolean;
}

export function Button({
  children,
  onClick,
  main = false,
  danger = false,
  busy = false,
  unavailable = false,
}: Props) {
  const off = busy || unavailable;
  return (
    <button
      type="button"
      class={main ? 'button main' : danger ? 'button danger' : 'button'}
      aria-disabled={off}
      onClick={off ? undefined : onClick}
    >
      {children}
    </button>
  );
}

/** A button with an icon only; `name` is its accessible name. */
export function IconButton({
  icon,
  name,
  onClick,
  busy = false,
  expanded,
}: {
  icon: ComponentChildren;
  name: string;
  onClick: () => void;
  busy?: boolean;
  /** Whether the menu that the button opens is open. */
  expanded?: boolean;
}) {
  return (
    <button
      type="button"
      class="icon"
      aria-label={name}
      title={name}
      aria-disabled={busy}
      {...(expanded !== undefined && { 'aria-haspopup': 'menu', 'aria-expanded': expanded })}
      onClick={busy ? undefined : onClick}
    >
      {icon}
    </button>
  );
}
