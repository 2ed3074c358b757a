// What is stored: the history as a file, a backup, and deleting.

import { i18n } from '../../../browser/i18n.ts';
import type { ReadyState } from '../../../domain/accounts/state.ts';
import { Section } from '../Section.tsx';
import { BackupForm } from './BackupForm.tsx';
import { HistoryExport } from './HistoryExport.tsx';
import { RestoreBackup } from './RestoreBackup.tsx';

export function DataSection({ state: { accounts, installation } }: { state: ReadyState }) {
  return (
    <Section icon="data" title={i18n.message('dataHeading')}>
      <h3>{i18n.message('backupHeading')}</h3>
      <BackupForm accounts={accounts} installation={installation} />
      <RestoreBackup />
      <h3>{i18n.message('historyHeading')}</h3>
      <HistoryExport accounts={accounts} />
    </Section>
  );
}
