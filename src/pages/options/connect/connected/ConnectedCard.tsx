// Shown once after a key was connected: the balance, and what is left to do so that it stays in view.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { i18n } from '../../../../browser/i18n.ts';
import { type Snapshot, total } from '../../../../domain/balance/snapshot.ts';
import { Button } from '../../../shared/Button.tsx';
import { useMoney } from '../../../shared/hooks/use-money.ts';
import { PinPicture } from './PinPicture.tsx';

interface Props {
  snapshot: Snapshot;
  /** Whether the icon is on the toolbar; undefined if the browser does not say it. */
  onToolbar: boolean | undefined;
  /** The choice of what the badge shows. */
  children: ComponentChildren;
  onDone: () => void;
}

export function ConnectedCard({ snapshot: { figures }, onToolbar, children, onDone }: Props) {
  const money = useMoney();
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []); // scrolls to it too
  return (
    <section class="section connected" tabIndex={-1} ref={card}>
      <h2>{i18n.message('connectedHeading')}</h2>
      {figures && (
        <p class="big">
          <small>{i18n.message('total')}</small>
          <b>{money(total(figures))}</b>
        </p>
      )}
      {onToolbar ? (
        <p>{i18n.message('allSet')}</p>
      ) : (
        <div class="how">
          <div class="stack">
            <h3>{i18n.message(onToolbar === false ? 'pinHeading' : 'stepPin')}</h3>
            <p>{i18n.message('pinHint')}</p>
          </div>
          <PinPicture />
        </div>
      )}
      {children}
      <div class="row">
        <Button main onClick={onDone}>
          {i18n.message('done')}
        </Button>
      </div>
    </section>
  );
}
