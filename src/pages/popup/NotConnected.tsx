// The popup before any key is connected.

import { i18n } from '../../browser/i18n.ts';
import { Button } from '../shared/Button.tsx';

export function NotConnected({ onConnect }: { onConnect: () => void }) {
  return (
    <section class="welcome">
      <h1>{i18n.message('popupConnectTitle')}</h1>
      <p>{i18n.message('popupConnectText')}</p>
      <Button main onClick={onConnect}>
        {i18n.message('connectKey')}
      </Button>
      <small>{i18n.message('cannotTrade')}</small>
    </section>
  );
}
