// The numbers of alert rules as the user types them, and back.

import { parseDollars } from '../../domain/money.ts';
import { decimal, exact } from '../../domain/quantity.ts';

/** What a number stands for: dollars, percent, cents of a price, whole minutes, or a time of day. */
export type RuleUnit = 'dollars' | 'percent' | 'cents' | 'minutes' | 'time';

/**
 * A number as the user typed it; null for an empty field.
 * @returns micro-dollars for dollars and cents, millionths, minutes, or minutes after midnight; undefined if it is not a number that is allowed here
 */
export function parseRule(text: string, unit: RuleUnit): number | null | undefined {
  const typed = text.trim().replace(/[$%¢\s]/g, '');
  if (typed === '') return null;
  if (unit === 'time') return parseTime(typed);
  const parsed = parseDollars(typed.replace(',', '.'));
  if (parsed === undefined) return undefined;
  if (unit === 'dollars') return parsed;
  if (parsed <= 0) return undefined;
  // A hundredth of a dollar is 10 000 micro-dollars, and a hundredth of an amount 10 000 millionths.
  if (unit === 'percent' || unit === 'cents') {
    const most = unit === 'cents' ? 100 : 10_000;
    return Math.trunc(parsed / 1_000_000) < most ? Math.trunc(parsed / 100) : undefined;
  }
  return parsed % 1_000_000 === 0 ? parsed / 1_000_000 : undefined;
}

/** The stored number as the field shows it. */
export function formatRule(value: number | null, unit: RuleUnit): string {
  if (value === null) return '';
  if (unit === 'minutes') return String(value);
  if (unit === 'time') return formatTime(value);
  const quantity = exact(unit === 'dollars' ? value : value * 100);
  return quantity === undefined ? '' : decimal(quantity).replace(/\.00$/, '');
}

/** Minutes after midnight as the value of a time field, e.g. `09:30`. */
function formatTime(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function parseTime(text: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
