// Quantities in tests, written as plain numbers of millionths.
import type { Micros } from '../../src/domain/money.ts';
import type { Quantity } from '../../src/domain/quantity.ts';

/** A type with plain numbers in place of quantities. */
export type Plain<T> = { [Name in keyof T]: T[Name] extends number ? number : T[Name] };

/** A number as a quantity of the unit that is expected. */
export const as = <Q extends Quantity = Micros>(millionths: number) => millionths as Q;
