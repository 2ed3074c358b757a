// Holdings, below the figures. Loaded after the first frame from what is stored.

import { useEffect, useState } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import { type Holdings, pendingOf } from '../../portfolio/holdings/holdings.ts';
import { readHoldings } from '../../storage/holdings-store.ts';
import { readWhileUnlocked } from '../../storage/read-unlocked.ts';
import type { DisplayedAccount } from '../../view/displayed-account.ts';
import { Orders, PendingPayouts, Settlements } from './HoldingsLists.tsx';
import { Positions } from './Positions.tsx';

export function HoldingsSection({ shown, now }: { shown: DisplayedAccount; now: number }) {
  const holdings = useHoldings(shown);
  const { sums } = shown;
  if (sums && !sums.readable) return <p class="notice">{i18n.message('holdingsDenied')}</p>;
  if (!sums || !holdings) return null;
  const { positions, orders, settlements } = holdings;
  const minute = now - (now % 60_000); // rows show minutes at most, so hundreds of rows are not rendered every second
  const pending = pendingOf(positions);
  if (positions.length + orders.length + settlements.length === 0) {
    return <p class="notice">{i18n.message('holdingsNone')}</p>;
  }
  return (
    <div class="holdings">
      <Positions positions={positions} now={minute} />
      {pending.length > 0 && <PendingPayouts positions={pending} sum={sums.pending.amount} />}
      {orders.length > 0 && <Orders orders={orders} sum={sums.orders.amount} />}
      {settlements.length > 0 && <Settlements settlements={settlements} now={now} />}
    </div>
  );
}

/** The holdings of all displayed accounts, read again after each write. */
function useHoldings({ members, sums }: DisplayedAccount): Holdings | undefined {
  const [holdings, setHoldings] = useState<Holdings>();
  const ids = members.map(({ id }) => id).join();
  const at = sums?.at ?? 0;
  useEffect(() => {
    let current = true;
    // `at` is a dependency, so that a later write is read.
    const read =
      at === 0
        ? Promise.resolve([])
        : Promise.all(ids.split(',').map((id) => readWhileUnlocked(id, readHoldings).catch(() => null)));
    void read.then((all) => {
      const known = all.filter((each) => each !== null);
      if (current && known.length > 0) setHoldings(together(known));
    });
    return () => {
      current = false;
    };
  }, [ids, at]);
  return holdings;
}

function together(all: Holdings[]): Holdings {
  return {
    at: Math.min(...all.map(({ at }) => at)),
    positions: all.flatMap(({ positions }) => positions),
    orders: all.flatMap(({ orders }) => orders),
    settlements: all.flatMap(({ settlements }) => settlements).sort((a, b) => b.at - a.at),
  };
}
