// The sections of the options page at its side, one of which is open. The address names it, e.g. `#alerts`.

import { useEffect, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Icon, type IconName } from '../../shared/Icon.tsx';

const SECTIONS = {
  accounts: { icon: 'key', name: 'accountsHeading' },
  badge: { icon: 'badge', name: 'badgeHeading' },
  alerts: { icon: 'alerts', name: 'alertsHeading' },
  privacy: { icon: 'privacy', name: 'privacyHeading' },
  data: { icon: 'data', name: 'dataHeading' },
  help: { icon: 'help', name: 'helpHeading' },
} as const satisfies Record<string, { icon: IconName; name: MessageKey }>;

export type SectionId = keyof typeof SECTIONS;

/** The section in the address of the page; the accounts if it names none. */
export function useOpenSection(): SectionId {
  const [open, setOpen] = useState(sectionInAddress);
  useEffect(() => {
    const update = () => setOpen(sectionInAddress());
    window.addEventListener('hashchange', update);
    return () => window.removeEventListener('hashchange', update);
  }, []);
  return open;
}

function sectionInAddress(): SectionId {
  const name = location.hash.slice(1);
  return Object.hasOwn(SECTIONS, name) ? (name as SectionId) : 'accounts';
}

export function Rail({ open }: { open: SectionId }) {
  return (
    <nav class="rail" aria-label={i18n.message('sections')}>
      {Object.entries(SECTIONS).map(([id, { icon, name }]) => (
        <a key={id} href={`#${id}`} {...(id === open && { 'aria-current': 'page' as const })}>
          <Icon name={icon} />
          {i18n.message(name)}
        </a>
      ))}
    </nav>
  );
}
