// A button that stays focusable while its work is under way, so that nobody loses their place.

import type { ComponentChildren } from 'preact';

interface Props {
  children: ComponentChildren;
  onClick: () => void;
  /** The one thing to do on this page. */
  main?: boolean;
  busy?: boolean;
  /** Something has to be done first, which stands beside it. */
  unavailable?: boolean;
}

export function Button({ children, onClick, main = false, busy = false, unavailable = false }: Props) {
  const off = busy || unavailable;
  return (
    <button
      type="button"
      class={main ? 'button main' : 'button'}
      aria-disabled={off}
      onClick={off ? undefined : onClick}
    >
      {children}
    </button>
  );
}

/** A button that is only an icon; `name` is what it is called. */
export function IconButton({
  icon,
  name,
  onClick,
  busy = false,
}: {
  icon: ComponentChildren;
  name: string;
  onClick: () => void;
  busy?: boolean;
}) {
  return (
    <button
      type="button"
      class="icon"
      aria-label={name}
      title={name}
      aria-disabled={busy}
      onClick={busy ? undefined : onClick}
    >
      {icon}
    </button>
  );
}
