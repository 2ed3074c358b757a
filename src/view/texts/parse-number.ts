// Numbers as people type them: with or without a currency sign, and with the separators of their language.

import { parseDecimal } from '../../domain/quantity.ts';

/**
 * A number that was typed, in millionths. A separator that can only be read in one way is read that way in every language. A
 * single one before three digits separates thousands where the language does so; otherwise the number is ambiguous.
 * @param locale a BCP 47 tag
 * @returns both readings of an ambiguous number, the decimal one first; undefined for text that is no number
 */
export function parseNumber(text: string, locale: string): number | [number, number] | undefined {
  const plain = text
    .replace(/US\$|[$%¢]/g, '')
    .trim()
    .replace(/^[−-]\s*/, '-');
  const digits = /^-?\d{1,3}(?:\s\d{3})+(?:[.,]\d*)?$/.test(plain) ? plain.replace(/\s/g, '') : plain;
  if (!/\d/.test(digits)) return undefined;
  const separators = [...new Set(digits.match(/[.,]/g))];
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const asDecimal = parse(`${digits.slice(0, last)}.${digits.slice(last + 1)}`);
  if (separators.length === 0) return parse(digits);
  if (separators.length === 2) {
    const isGrouped = GROUPED.test(digits.slice(0, last)) && digits.indexOf(digits[last] ?? '') === last;
    return isGrouped ? parse(`${ungrouped(digits.slice(0, last))}.${digits.slice(last + 1)}`) : undefined;
  }
  if (!GROUPED.test(digits)) return digits.indexOf(separators[0] ?? '') === last ? asDecimal : undefined;
  const asGroups = parse(ungrouped(digits));
  const isRepeated = digits.indexOf(separators[0] ?? '') !== last;
  if (isRepeated || separators[0] === groupSeparator(locale)) return asGroups;
  return asDecimal === undefined || asGroups === undefined ? undefined : [asDecimal, asGroups];
}

/** Digits in groups of three. */
const GROUPED = /^-?[1-9]\d{0,2}(?:[.,]\d{3})+$/;

function ungrouped(digits: string): string {
  return digits.replace(/[.,]/g, '');
}

function parse(text: string): number | undefined {
  return parseDecimal(text.replace(/^(-?)\./, '$10.').replace(/\.$/, ''));
}

function groupSeparator(locale: string): string | undefined {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567);
  return parts.find(({ type }) => type === 'group')?.value;
}
