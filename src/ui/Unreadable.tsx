// What is stored cannot be read: the only thing that a page can still say, and what can be done about it.

import type { ComponentChildren } from 'preact';
import { words } from '../platform/words.ts';
import { Alert } from './Alert.tsx';

export function Unreadable({ children }: { children: ComponentChildren }) {
  return (
    <section class="welcome">
      <h1>{words.say('extensionName')}</h1>
      <Alert>
        {words.say('problemUnreadable')}
        {children}
      </Alert>
    </section>
  );
}
