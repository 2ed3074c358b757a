// A section of the options page: an icon, a heading, and what belongs to it.

import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../shared/Icon.tsx';

interface Props {
  icon: IconName;
  title: ComponentChildren;
  /** One sentence under the heading. */
  hint?: string;
  class?: string;
  children?: ComponentChildren;
}

export function Section({ icon, title, hint, class: name = '', children }: Props) {
  return (
    <section class={`section ${name}`}>
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
