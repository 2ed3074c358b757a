// Badge, tooltip, popup and CSV: all from the same micro-dollars, and they agree.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../src/domain/accounts/account.ts';
import { NO_DATA } from '../../../src/domain/accounts/account-data.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/accounts/settings.ts';
import { snapshotWithBalance, total } from '../../../src/domain/balance/snapshot.ts';
import { type Micros, parseDollars } from '../../../src/domain/money.ts';
import { badgeText } from '../../../src/view/badge/badge-text.ts';
import { badgeView } from '../../../src/view/badge/badge-view.ts';
import { displayedAccount } from '../../../src/view/displayed-account.ts';
import { historyCsv } from '../../../src/view/export/history-csv.ts';
import { formatDollars } from '../../../src/view/texts/format-money.ts';
import { english } from '../../fakes/english.ts';
import { readyState } from '../../fakes/state.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const account = { id: 'a', label: 'Main', environment: 'production', protection: 'none' } as Account;

/** `$1,234.5678` → micro-dollars. */
const read = (text: string | undefined) => parseDollars((text ?? '').replace(/[$,]/g, '').replace('−', '-'));

test('for any figures', () => {
  const amount = fc.integer({ min: -4e15, max: 4e15 }).map((value) => value as Micros);
  const small = fc.integer({ min: -1e14, max: 1e14 }).map((value) => value as Micros);
  fc.assert(
    fc.property(amount, amount, fc.option(small, { nil: undefined }), (cash, positions, perps) => {
      const figures = { cash, positions, ...(perps !== undefined && { perps }), at: NOW };
      const sum = total(figures);
      const snapshot = snapshotWithBalance(figures);
      const known = readyState({
        accounts: [account],
        data: { [account.id]: { ...NO_DATA, snapshot } },
      });
      const shown = displayedAccount(known, null, english);
      if (!shown) throw new Error('no account');
      const { text, title } = badgeView(shown, DEFAULT_SETTINGS, english, { now: NOW, midnight: NOW });
      const [, row = ''] = historyCsv([[{ ...figures, gap: false }]]).split('\r\n');
      const [, ...columns] = row.split(',');
      for (const [index, [label, exact]] of (
        [
          ['Cash', cash],
          ['Positions', positions],
          ['Perps', perps],
          ['Total', sum],
        ] as const
      ).entries()) {
        if (exact === undefined) {
          expect(columns[index]).toBe('');
          continue;
        }
        expect(read(new RegExp(`${label} (.*)`).exec(title)?.[1]), 'tooltip').toBe(exact);
        expect(parseDollars(columns[index] ?? ''), 'CSV').toBe(exact);
        // The popup shows cents, rounded down; less than a cent below zero is zero.
        const popup = read(formatDollars(exact, 'en-US')) ?? Number.NaN;
        expect(popup <= exact || (popup === 0 && exact > -10_000)).toBe(true);
        expect(Math.abs(exact - popup)).toBeLessThan(10_000);
      }
      expect(text).toBe(badgeText(cash));
    }),
  );
});
