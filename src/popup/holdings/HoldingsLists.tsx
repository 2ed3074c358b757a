// Pending payouts, resting orders and recent settlements. Each list opens with a click.

import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import type { Order, Position, Settlement } from '../../portfolio/holdings/holdings.ts';
import type { Micros } from '../../portfolio/money.ts';
import { Hidden, useChange, useMoney } from '../../ui/hooks/use-money.ts';
import { formatCents, formatCount, HIDDEN } from '../../view/format-money.ts';
import { formatMoment } from '../../view/translate.ts';

export function PendingPayouts({ positions, sum }: { positions: readonly Position[]; sum: Micros }) {
  const money = useMoney();
  return (
    <Section title={i18n.message('pendingPayout')} count={positions.length} amount={money(sum)}>
      {positions.map(({ ticker, title, answer, payout }) => (
        <li key={ticker}>
          <b>{answer ? `${title} — ${answer}` : title}</b>
          <span class="value">{payout === null ? '—' : money(payout)}</span>
        </li>
      ))}
    </Section>
  );
}

export function Orders({ orders, sum }: { orders: readonly Order[]; sum: Micros }) {
  const hidden = useContext(Hidden);
  const money = useMoney();
  return (
    <Section title={i18n.message('inOrders')} count={orders.length} amount={money(sum)}>
      {orders.map(({ id, title, side, count, price, committed }) => (
        <li key={id}>
          <b>{title}</b>
          <span class="value">{money(committed)}</span>
          <small>
            <span class="side">{i18n.message(side)}</span>{' '}
            {hidden
              ? HIDDEN
              : i18n.message('orderDetail', formatCount(count, i18n.locale), formatCents(price, i18n.locale))}
          </small>
        </li>
      ))}
    </Section>
  );
}

export function Settlements({ settlements, now }: { settlements: readonly Settlement[]; now: number }) {
  const change = useChange();
  return (
    <Section title={i18n.message('recentSettlements')} count={settlements.length}>
      {settlements.map(({ ticker, title, net, at }) => (
        <li key={`${ticker} ${at}`}>
          <b>{title}</b>
          <span class="value">{change(net)}</span>
          <small>{formatMoment(at, now, i18n.locale, 'short')}</small>
        </li>
      ))}
    </Section>
  );
}

interface Props {
  title: string;
  count: number;
  amount?: string;
  children: ComponentChildren;
}

function Section({ title, count, amount, children }: Props) {
  return (
    <details>
      <summary>
        <span>
          {title} · {count}
        </span>
        <span>{amount}</span>
      </summary>
      <ul>{children}</ul>
    </details>
  );
}
