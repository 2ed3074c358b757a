// Amounts as the API writes and reads them. Its own arithmetic on purpose: an exchange that shared the extension's could not
// reveal its mistakes.

/** Micro-dollars from dollars as decimal text. */
export function micros(dollars: string): bigint {
  const negative = dollars.startsWith('-');
  const [whole = '0', part = ''] = dollars.replace('-', '').split('.');
  const magnitude = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return negative ? -magnitude : magnitude;
}

/** Dollars with four to six decimals, from micro-dollars. */
export function decimal(amount: bigint): string {
  const magnitude = amount < 0n ? -amount : amount;
  const part = String(magnitude % 1_000_000n)
    .padStart(6, '0')
    .replace(/0{1,2}$/, '');
  return `${amount < 0n ? '-' : ''}${magnitude / 1_000_000n}.${part}`;
}

/** A count of contracts in hundredths, as `*_fp` fields have it. */
export function hundredths(count: bigint): string {
  const magnitude = count < 0n ? -count : count;
  return `${count < 0n ? '-' : ''}${magnitude / 100n}.${String(magnitude % 100n).padStart(2, '0')}`;
}

/** Cents, with decimals, as micro-dollars. */
export function centsOf(cents: number): bigint {
  return BigInt(Math.round(cents * 10_000));
}

/** Unix milliseconds as RFC 3339, and as unix seconds. */
export const iso = (at: number) => new Date(at).toISOString();
export const seconds = (at: number) => Math.trunc(at / 1000);
