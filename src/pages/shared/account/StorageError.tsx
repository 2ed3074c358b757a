// Shown in place of a page when stored data cannot be read.

import type { ComponentChildren } from 'preact';
import { i18n } from '../../../browser/i18n.ts';
import { Alert } from '../Alert.tsx';

/** `readFailed`: the read itself failed and is repeated. Starting over is not offered then. */
export function StorageError({
  readFailed,
  children,
}: {
  readFailed: boolean;
  children?: ComponentChildren;
}) {
  return (
    <section class="welcome">
      <h1>{i18n.message('extensionName')}</h1>
      <Alert>
        {i18n.message(readFailed ? 'problemReadFailed' : 'problemUnreadable')}
        {children}
      </Alert>
    </section>
  );
}
