// Pending payouts, resting orders and recent settlements. Each list opens with a click.

import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { PendingPayout } from '../../../domain/holdings/event-group.ts';
import type { Order } from '../../../domain/holdings/order.ts';
import type { Settlement } from '../../../domain/holdings/settlement.ts';
import { DOLLAR, type Micros } from '../../../domain/money.ts';
import { subtract } from '../../../domain/quantity.ts';
import { formatCents, formatCount, HIDDEN } from '../../../view/texts/format-money.ts';
import { formatMoment } from '../../../view/texts/translate.ts';
import { Hidden, useChange, useMoney } from '../../shared/hooks/use-money.ts';

export function PendingPayouts({ payouts, sum }: { payouts: readonly PendingPayout[]; sum: Micros }) {
  const money = useMoney();
  return (
    <Section title={i18n.message('pendingPayout')} count={payouts.length} amount={money(sum)}>
      {payouts.map(({ key, title, answer, amount }, index) => (
        <li key={`${key} ${index}`}>
          <b>{nameOf(title, answer)}</b>
          <span class="value">{money(amount)}</span>
        </li>
      ))}
    </Section>
  );
}

interface OrdersProps {
  orders: readonly Order[];
  sum: Micros;
  /** Cash minus `sum`, micro-dollars; undefined if it is unknown. */
  free: Micros | undefined;
  age: string | undefined;
}

export function Orders({ orders, sum, free, age }: OrdersProps) {
  const money = useMoney();
  return (
    <Section title={i18n.message('inOrders')} count={orders.length} amount={money(sum)} age={age}>
      {free !== undefined && (
        <li>
          <b>{i18n.message('freeAfterOrders')}</b>
          <span class="value">{money(free)}</span>
          <small>{i18n.message('freeAfterOrdersHint')}</small>
        </li>
      )}
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} />
      ))}
    </Section>
  );
}

/** An order that only closes a position is shown as what it is for its owner: a sale of the other side. */
function OrderRow({ order }: { order: Order }) {
  const { title, answer, side, count, price, closes, committed, brings } = order;
  const hidden = useContext(Hidden);
  const money = useMoney();
  const sells = closes === count;
  const each = sells ? subtract(DOLLAR, price) : price;
  const name = sells ? (side === 'yes' ? 'sellNo' : 'sellYes') : side;
  const detail = [
    i18n.message('orderDetail', formatCount(count, i18n.locale), formatCents(each ?? price, i18n.locale)),
    !sells && closes > 0 && i18n.message('orderCloses', formatCount(closes, i18n.locale)),
  ];
  return (
    <li>
      <b>{nameOf(title, answer)}</b>
      <span class="value">{sells ? i18n.message('orderBrings', money(brings)) : money(committed)}</span>
      <small>
        <span class="side">{i18n.message(name)}</span> {hidden ? HIDDEN : detail.filter(Boolean).join(' · ')}
      </small>
    </li>
  );
}

interface SettlementsProps {
  settlements: readonly Settlement[];
  now: number;
  age: string | undefined;
}

export function Settlements({ settlements, now, age }: SettlementsProps) {
  const change = useChange();
  return (
    <Section title={i18n.message('recentSettlements')} count={settlements.length} age={age}>
      {settlements.map(({ ticker, title, answer, result, value, net, at }) => (
        <li key={`${ticker} ${at}`}>
          <b>{nameOf(title, answer)}</b>
          <span class="value">{change(net)}</span>
          <small>
            {result && <span class="side">{i18n.message(result)}</span>}
            {value !== null && i18n.message('settledAt', formatCents(value, i18n.locale))}{' '}
            {formatMoment(at, now, i18n.locale, 'short')}
          </small>
        </li>
      ))}
    </Section>
  );
}

function nameOf(title: string, answer: string): string {
  return answer ? `${title} — ${answer}` : title;
}

interface Props {
  title: string;
  count: number;
  amount?: string;
  /** When the list was read, if that is earlier than the balance. */
  age?: string | undefined;
  children: ComponentChildren;
}

function Section({ title, count, amount, age, children }: Props) {
  return (
    <details>
      <summary>
        <span>
          {title} · {count}
          {age && ` · ${age}`}
        </span>
        <span>{amount}</span>
      </summary>
      <ul>{children}</ul>
    </details>
  );
}
