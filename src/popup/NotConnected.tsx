// The popup before any key is connected.

import { words } from '../platform/i18n.ts';
import { Button } from '../ui/Button.tsx';

export function Welcome({ onConnect }: { onConnect: () => void }) {
  return (
    <section class="welcome">
      <h1>{words.say('popupConnectTitle')}</h1>
      <p>{words.say('popupConnectText')}</p>
      <Button main onClick={onConnect}>
        {words.say('connectKey')}
      </Button>
      <small>{words.say('cannotTrade')}</small>
    </section>
  );
}
