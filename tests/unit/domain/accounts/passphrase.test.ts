// Which passphrases are refused and which are called weak.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakPassphrase, passphraseError } from '../../../../src/domain/accounts/passphrase.ts';

test.each([
  ['', 'short'],
  ['1234567', 'short'],
  ['seven77', 'short'],
  ['👍👍👍👍', 'short'], // four characters, eight code units
  ['        ', 'blank'],
  ['\u00a0\u2003  \t    \u3000', 'blank'],
  ['aaaaaaaa', 'repeated'],
  ['aAaAaAaAaA', 'repeated'],
  ['1 1 1 1 1 1 1', 'repeated'],
  ['password', 'common'],
  ['Pass Word', 'common'],
  ['ＰＡＳＳＷＯＲＤ', 'common'], // full width letters
  ['12345678', 'common'],
  ['QWERTYUIOP', 'common'],
  ['correct horse battery staple', 'common'],
  ['four words or more', null],
  ['mañana llueve en Bogotá', null],
  ['tr0ub4dor', null],
])('%j: %s', (passphrase, fault) => {
  expect(passphraseError(passphrase)).toBe(fault);
});

test.each([
  ['tr0ub4dor', true],
  ['abcabcabcabcabcabc', true],
  ['four words or more', false],
])('%j is weak: %s', (passphrase, weak) => {
  expect(isWeakPassphrase(passphrase)).toBe(weak);
});

test('neither Unicode composition nor surrounding spaces make a refused passphrase acceptable', () => {
  fc.assert(
    fc.property(fc.constantFrom('password', '12345678', 'aaaaaaaa'), fc.nat(5), (base, spaces) => {
      const spaced = ' '.repeat(spaces) + base.split('').join(' '.repeat(spaces));
      return passphraseError(spaced.normalize('NFD')) !== null;
    }),
  );
});
