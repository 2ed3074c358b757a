// The numbers of alert rules as the user types them, and back.

import { decimal, type Micros, parseDollars } from '../portfolio/money.ts';

/** What a number stands for: dollars, percent, or whole minutes. */
export type RuleUnit = 'dollars' | 'percent' | 'minutes';

/**
 * A number as the user typed it; null for an empty field.
 * @returns micro-dollars, millionths, or minutes; undefined if it is not a number that is allowed here
 */
export function parseRule(text: string, unit: RuleUnit): number | null | undefined {
  const typed = text.trim().replace(/[$%\s]/g, '');
  if (typed === '') return null;
  const parsed = parseDollars(typed.replace(',', '.'));
  if (parsed === undefined) return undefined;
  if (unit === 'dollars') return parsed;
  if (parsed <= 0) return undefined;
  if (unit === 'percent')
    return Math.trunc(parsed / 1_000_000) < 10_000 ? Math.trunc(parsed / 100) : undefined;
  return parsed % 1_000_000 === 0 ? parsed / 1_000_000 : undefined;
}

/** The stored number as the field shows it. */
export function writeRule(value: number | null, unit: RuleUnit): string {
  if (value === null) return '';
  if (unit === 'minutes') return String(value);
  const text = unit === 'percent' ? decimal((value * 100) as Micros) : decimal(value as Micros);
  return text.replace(/\.00$/, '');
}

/** Minutes after midnight as the value of a time field, e.g. `09:30`; empty for null. */
export function writeTime(minutes: number | null): string {
  if (minutes === null) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The value of a time field as minutes after midnight; null if it is empty. */
export function parseTime(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
