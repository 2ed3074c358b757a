// Which passphrases are refused, and which are called weak.

/** A shorter passphrase is refused, and one shorter than `GOOD_LENGTH` is called weak. Characters. */
export const MIN_LENGTH = 8;
const GOOD_LENGTH = 16;
/** A passphrase of fewer different characters is called weak, whatever its length. */
const GOOD_VARIETY = 6;

/** Why a passphrase is refused. */
export type PassphraseError = 'short' | 'blank' | 'repeated' | 'common';

/**
 * Passwords of eight characters and more that stand at the top of published lists of leaked passwords, and the ones
 * that explain how to choose one. Compared without spaces and in lower case.
 */
const COMMON = `password password1 password12 password123 passw0rd p@ssw0rd p@ssword passphrase mypassword changeme changeme1
  12345678 123456789 1234567890 12345678910 0123456789 987654321 87654321 9876543210 123123123 12341234 11223344
  147258369 123321123 123456789a a123456789 abc12345 abcd1234 abcdefgh abcdefghi 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
  q1w2e3r4 qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 qwertz123 asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123
  iloveyou iloveyou1 sunshine princess football baseball basketball superman batman123 trustno1 starwars whatever
  computer michelle jennifer jonathan mercedes corvette maverick midnight letmein1 letmein123 welcome1 welcome123
  admin123 administrator dragon123 monkey123 master123 shadow123 liverpool chelsea1 arsenal1 elizabeth charlie1
  samantha pokemon1 internet samsung1 freedom1 secret123 test1234 testtest password! kalshi123 kalshikalshi
  correcthorsebatterystaple contraseña contrasena`;

/** The same passphrase however it was composed by a keyboard. */
function normalise(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Why a passphrase protects nothing; null if it is accepted. */
export function passphraseError(passphrase: string): PassphraseError | null {
  const text = normalise(passphrase);
  const characters = [...text];
  if (text.trim() === '' && text !== '') return 'blank';
  if (characters.length < MIN_LENGTH) return 'short';
  if (new Set([...text.replaceAll(/\s/g, '').toLowerCase()]).size < 2) return 'repeated';
  return COMMON.split(/\s+/).includes(text.replaceAll(/\s/g, '').toLowerCase()) ? 'common' : null;
}

/** Whether an accepted passphrase could still be guessed: few characters, or few different ones. */
export function isWeakPassphrase(passphrase: string): boolean {
  const characters = [...normalise(passphrase)];
  return characters.length < GOOD_LENGTH || new Set(characters).size < GOOD_VARIETY;
}
