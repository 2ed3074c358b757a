// The popup before any key is connected.

import { i18n } from '../platform/i18n.ts';
import { Button } from '../ui/Button.tsx';

export function NotConnected({ onConnect }: { onConnect: () => void }) {
  return (
    <section class="welcome">
      <h1>{i18n.say('popupConnectTitle')}</h1>
      <p>{i18n.say('popupConnectText')}</p>
      <Button main onClick={onConnect}>
        {i18n.say('connectKey')}
      </Button>
      <small>{i18n.say('cannotTrade')}</small>
    </section>
  );
}
