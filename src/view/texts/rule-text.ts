// The numbers of alert rules as the user types them, and back.

import type { Micros } from '../../domain/money.ts';
import { decimal, exact } from '../../domain/quantity.ts';
import { formatDollars } from './format-money.ts';
import { formatter } from './intl-cache.ts';
import { parseNumber } from './parse-number.ts';

/** What a number stands for: dollars, percent, cents of a price, whole minutes, or a time of day. */
export type RuleUnit = 'dollars' | 'percent' | 'cents' | 'minutes' | 'time';

/** A number as it is stored; null for an empty field; or why it is refused. `readings`: what it may mean, formatted. */
export type ParsedRule =
  | { ok: true; value: number | null }
  | { ok: false; readings: [string, string] | undefined };

const INVALID: ParsedRule = { ok: false, readings: undefined };

/**
 * A number as the user typed it.
 * @param locale a BCP 47 tag: the language decides which separator is for thousands
 * @returns micro-dollars for dollars and cents, millionths, minutes, or minutes after midnight
 */
export function parseRule(text: string, unit: RuleUnit, locale: string): ParsedRule {
  const typed = text.trim();
  if (typed === '') return { ok: true, value: null };
  if (unit === 'time') return result(parseTime(typed));
  const parsed = parseNumber(typed, locale);
  if (parsed === undefined) return INVALID;
  if (typeof parsed === 'number') return result(inUnit(parsed, unit));
  const [one, other] = parsed.map((reading) => inUnit(reading, unit));
  if (one === undefined || other === undefined) return result(one ?? other);
  return { ok: false, readings: [formatRule(one, unit, locale), formatRule(other, unit, locale)] };
}

function result(value: number | undefined): ParsedRule {
  return value === undefined ? INVALID : { ok: true, value };
}

/** @param millionths of the number that was typed @returns undefined if it is not allowed in the unit */
function inUnit(millionths: number, unit: Exclude<RuleUnit, 'time'>): number | undefined {
  if (unit === 'dollars') return millionths;
  if (millionths <= 0) return undefined;
  if (unit === 'minutes') return millionths % 1_000_000 === 0 ? millionths / 1_000_000 : undefined;
  // A cent is 10 000 micro-dollars, and a percent 10 000 millionths.
  const most = unit === 'cents' ? 100 : 10_000;
  return millionths < most * 1_000_000 ? Math.trunc(millionths / 100) : undefined;
}

/** The stored number as the field shows it, in the separators of the language, e.g. `$20,000`. */
export function formatRule(value: number | null, unit: RuleUnit, locale: string): string {
  if (value === null) return '';
  if (unit === 'time') return formatTime(value);
  if (unit === 'dollars') return formatDollars(value as Micros, locale, 'exact').replace(/[.,]00(?!\d)/, '');
  const millionths = unit === 'minutes' ? value * 1_000_000 : value * 100;
  const quantity = exact(millionths);
  if (quantity === undefined) return '';
  return formatter(Intl.NumberFormat, locale, AT_MOST_FOUR).format(decimal(quantity));
}

const AT_MOST_FOUR = { maximumFractionDigits: 4 } as const;

/** Minutes after midnight as the value of a time field, e.g. `09:30`. */
function formatTime(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function parseTime(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
