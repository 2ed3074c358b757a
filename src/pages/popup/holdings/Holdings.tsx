// Holdings, below the figures. Loaded after the first frame from what is stored.

import { useMemo } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { MINUTE_MS } from '../../../domain/durations.ts';
import { pendingPayouts } from '../../../domain/holdings/event-group.ts';
import { type Holdings, LISTS, type ListName } from '../../../domain/holdings/holdings.ts';
import { oldest } from '../../../domain/polling/freshness.ts';
import { subtract } from '../../../domain/quantity.ts';
import { readHoldings } from '../../../storage/records/holdings.ts';
import { openRecordsOf } from '../../../storage/records/open-records.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { isPortfolioReadable } from '../../../view/portfolio-readable.ts';
import { eventViews } from '../../../view/position-rows.ts';
import { ageIfOlder } from '../../../view/texts/translate.ts';
import { useUnlockedRecords } from '../../shared/hooks/use-unlocked-records.ts';
import { Orders, PendingPayouts, Settlements } from './HoldingsLists.tsx';
import { Positions } from './Positions.tsx';
import { SettlingStrip } from './SettlingStrip.tsx';

interface Props {
  shown: DisplayedAccount;
  /** Unix milliseconds. */
  now: number;
}

export function HoldingsSection({ shown, now }: Props) {
  const all = useHoldings(shown);
  const { sums, snapshot, environment } = shown;
  const events = useMemo(() => eventViews(all ?? [], environment), [all, environment]);
  const denied = !isPortfolioReadable(shown) && <p class="notice">{i18n.message('holdingsDenied')}</p>;
  if (!sums?.readable || !all) return denied || null;
  const pending = all.flatMap(({ positions, events }) => pendingPayouts(positions, events));
  const orders = all.flatMap((each) => each.orders);
  const settlements = all.flatMap((each) => each.settlements).sort((a, b) => b.at - a.at);
  const minute = now - (now % MINUTE_MS); // rows show minutes at most, so hundreds of rows are not rendered every second
  const unreadable = all.reduce((sum, each) => sum + unreadableRows(each), 0);
  const ageOf = (list: ListName) =>
    ageIfOlder(oldest(all.map(({ readAt }) => readAt[list])), snapshot.figures?.at ?? now, now, i18n);
  const isRead = all.every(({ readAt }) => LISTS.every((list) => readAt[list] !== null));
  const isEmpty = isRead && events.length + pending.length + orders.length + settlements.length === 0;
  return (
    <div class="lists holdings">
      {denied}
      {unreadable > 0 && <p class="notice">{i18n.message('rowsUnreadable', String(unreadable))}</p>}
      {isEmpty && unreadable === 0 && <p class="notice">{i18n.message('holdingsNone')}</p>}
      {pending.length > 0 && <PendingPayouts payouts={pending} sum={sums.pending.amount} />}
      <SettlingStrip events={events} now={minute} />
      <Positions events={events} now={minute} age={ageOf('positions') ?? ageOf('markets')} />
      {orders.length > 0 && (
        <Orders
          orders={orders}
          sum={sums.orders.amount}
          free={snapshot.figures ? subtract(snapshot.figures.cash, sums.orders.amount) : undefined}
          age={ageOf('orders')}
        />
      )}
      {settlements.length > 0 && (
        <Settlements settlements={settlements} now={now} age={ageOf('settlements')} />
      )}
    </div>
  );
}

function unreadableRows({ unreadable }: Holdings): number {
  return LISTS.reduce((sum, list) => sum + unreadable[list], 0);
}

const readHoldingsOf = (accountId: string) => openRecordsOf(accountId).then(readHoldings);

/** The holdings of all displayed accounts, read again after each write. */
function useHoldings({ members, sums }: DisplayedAccount): Holdings[] | undefined {
  const ids = members.map(({ id }) => id);
  const records = useUnlockedRecords(ids, `${sums?.readAt} ${sums?.pricesAt}`, readHoldingsOf);
  return useMemo(() => {
    const known = Array.isArray(records) ? records.filter((each) => each !== null) : [];
    return known.length > 0 ? known : undefined;
  }, [records]);
}
