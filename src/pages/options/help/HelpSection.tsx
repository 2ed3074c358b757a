// Help: the version and its age, what changed, and diagnostics.

import { i18n } from '../../../browser/i18n.ts';
import { extensionVersion, RELEASED_AT, RELEASES_PAGE, updatesItself } from '../../../browser/version.ts';
import { isOldVersion, versionAge } from '../../../domain/accounts/installation.ts';
import { Section } from '../Section.tsx';
import { Diagnostics } from './Diagnostics.tsx';

export function HelpSection() {
  return (
    <Section icon="help" title={i18n.message('helpHeading')}>
      <Version />
      <Diagnostics />
    </Section>
  );
}

function Version() {
  const age = versionAge(RELEASED_AT, Date.now());
  const version = extensionVersion();
  return (
    <>
      <p>
        {age === undefined
          ? i18n.message('version', version)
          : i18n.message('versionAge', version, String(age))}{' '}
        ·{' '}
        <a href="/changelog.txt" target="_blank" rel="noopener">
          {i18n.message('whatsNew')}
        </a>{' '}
        ·{' '}
        <a href="/licences.txt" target="_blank" rel="noopener">
          {i18n.message('licences')}
        </a>
      </p>
      {!updatesItself() && isOldVersion(age) && (
        <p class="hint">
          {i18n.message('versionOld')}{' '}
          {RELEASES_PAGE && (
            <a href={RELEASES_PAGE} target="_blank" rel="noopener noreferrer">
              {RELEASES_PAGE}
            </a>
          )}
        </p>
      )}
    </>
  );
}
