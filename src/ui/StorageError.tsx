// What is stored cannot be read: the only thing that a page can still say, and what can be done about it.

import type { ComponentChildren } from 'preact';
import { i18n } from '../platform/i18n.ts';
import { Alert } from './Alert.tsx';

/** `readFailed`: the read itself failed, and is repeated; nothing may be removed for that. */
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
