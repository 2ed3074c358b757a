// Every field that is read exists in the models of the official SDK. The compiler checks it: a field that a model lacks fails
// `npm run types`. Perps ("margin") are not in the SDK; recorded/perps.ts has their recorded response.
import type {
  ApiKey,
  Deposit,
  EventData,
  EventPosition,
  ExchangeStatus,
  Fill,
  GetBalanceResponse,
  GetHistoricalCutoffResponse,
  IntraExchangeInstanceTransfer,
  Market,
  MarketPosition,
  Order,
  Settlement,
  Withdrawal,
} from 'kalshi-typescript';
import type { GenericSchema, InferInput } from 'valibot';
import { expectTypeOf, test } from 'vitest';
import type { balanceSchema } from '../../src/kalshi/decode-balance.ts';
import type { statusSchema } from '../../src/kalshi/exchange-status.ts';
import type { perpsTransferRowSchema, transferRowSchema } from '../../src/kalshi/fetch-transfers.ts';
import type { eventRowSchema } from '../../src/kalshi/holdings/fetch-events.ts';
import type { marketRowSchema } from '../../src/kalshi/holdings/fetch-markets.ts';
import type { orderRowSchema } from '../../src/kalshi/holdings/fetch-orders.ts';
import type { eventPositionRowSchema, positionRowSchema } from '../../src/kalshi/holdings/fetch-positions.ts';
import type { settlementRowSchema } from '../../src/kalshi/holdings/fetch-settlements.ts';
import type { apiKeyRowSchema } from '../../src/kalshi/key-scopes.ts';
import type { cutoffSchema, fillRowSchema } from '../../src/kalshi/trades/fetch-fills.ts';

/** The fields of a schema that a model lacks. */
type Lacking<Schema extends GenericSchema, Model> = Exclude<keyof InferInput<Schema>, keyof Model>;

test('no model lacks a field that is read', () => {
  expectTypeOf<Lacking<typeof balanceSchema, GetBalanceResponse>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof apiKeyRowSchema, ApiKey>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof statusSchema, ExchangeStatus>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof positionRowSchema, MarketPosition>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof eventPositionRowSchema, EventPosition>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof orderRowSchema, Order>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof settlementRowSchema, Settlement>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof fillRowSchema, Fill>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof cutoffSchema, GetHistoricalCutoffResponse>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof marketRowSchema, Market>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof eventRowSchema, EventData>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof transferRowSchema, Deposit>>().toEqualTypeOf<never>();
  expectTypeOf<Lacking<typeof transferRowSchema, Withdrawal>>().toEqualTypeOf<never>();
  expectTypeOf<
    Lacking<typeof perpsTransferRowSchema, IntraExchangeInstanceTransfer>
  >().toEqualTypeOf<never>();
});

test('the check itself finds a field that a model lacks', () => {
  expectTypeOf<Lacking<typeof marketRowSchema, Omit<Market, 'result'>>>().toEqualTypeOf<'result'>();
});
