// The CSV format of all exports: UTC times, exact decimals, and no text that a spreadsheet reads as a formula.

import { decimal, type Quantity } from '../../domain/quantity.ts';

/** A CSV file (RFC 4180). The fields come from `csvTime`, `csvNumber` and `csvText`, or are constants. */
export function csv(header: string, rows: readonly (readonly string[])[]): string {
  return [header, ...rows.map((row) => row.join(',')), ''].join('\r\n');
}

/** @param at unix milliseconds */
export function csvTime(at: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats a time, does not read the clock
  return new Date(at).toISOString();
}

/** Exact. @param quantity undefined for an unknown one, whose field is empty */
export function csvNumber(quantity: Quantity | undefined): string {
  return quantity === undefined ? '' : decimal(quantity);
}

/**
 * A text from outside as one field. A text that a spreadsheet would read as a formula gets an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvText(value: string): string {
  const oneLine = value.replaceAll(/[\r\n\t]+/g, ' ');
  const harmless = /^[\s]*[=+\-@|]/.test(oneLine) ? `'${oneLine}` : oneLine;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/**
 * A file name for each account: letters and digits of its name, and its position if another account has the same.
 * @param names the names of all accounts, in order
 */
export function csvName(names: readonly string[], index: number): string {
  const slug = (name: string) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
  const own = slug(names[index] ?? '');
  const isUnique = names.filter((name) => slug(name) === own).length === 1;
  return ['kalshi', own, isUnique && own ? '' : String(index + 1)].filter(Boolean).join('-').concat('.csv');
}
