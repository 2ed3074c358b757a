// A section of the options page: an icon, a heading, and what belongs to it.

import type { ComponentChildren } from 'preact';

/** The icons, in the text colour. They are decorative: the heading beside one has the name. */
const ICONS = {
  key: (
    <>
      <circle cx="8" cy="15" r="4" />
      <path d="M11 12 20 3M16 7l3 3" />
    </>
  ),
  badge: (
    <>
      <path d="M4 5h16v10H4z" />
      <path d="M12 15v4M8 19h8" />
    </>
  ),
  alerts: <path d="M6 17V11a6 6 0 0 1 12 0v6M4 17h16M10 20h4" />,
  privacy: <path d="M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6z" />,
  data: (
    <>
      <ellipse cx="12" cy="6" rx="7" ry="3" />
      <path d="M5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3" />
    </>
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.2" />
    </>
  ),
};

export type SectionIcon = keyof typeof ICONS;

interface Props {
  icon: SectionIcon;
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
        <svg viewBox="0 0 24 24" aria-hidden="true">
          {ICONS[icon]}
        </svg>
        {title}
      </h2>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
