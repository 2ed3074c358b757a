// What to say of a problem that a command came back with.

import type { Problem } from '../platform/commands.ts';
import { type KeyFault, type KeyIdFault, MIN_PASSPHRASE } from '../portfolio/account.ts';
import { explain } from '../portfolio/explain.ts';
import { POWER_NAMES, powerOf } from '../portfolio/scopes.ts';
import type { MessageKey, Words } from '../portfolio/words.ts';

const KEY_ID: Record<KeyIdFault, MessageKey> = {
  missing: 'keyIdMissing',
  malformed: 'keyIdMalformed',
  'is-a-private-key': 'keyIdIsPrivateKey',
  several: 'keyIdSeveral',
};

const KEY_FILE: Record<KeyFault, MessageKey> = {
  empty: 'keyEmpty',
  'key-id-only': 'keyIdOnly',
  'public-key': 'keyPublic',
  certificate: 'keyCertificate',
  'certificate-request': 'keyCertificateRequest',
  'ec-key': 'keyEc',
  openssh: 'keyOpenssh',
  putty: 'keyPutty',
  encrypted: 'keyEncrypted',
  'other-algorithm': 'keyOther',
  'rsa-size': 'keyRsaSize',
  'several-keys': 'keySeveral',
  damaged: 'keyDamaged',
  'not-a-key': 'keyNotAKey',
};

/** The sentence for a problem: what is wrong and what to do. */
export function sayProblem(problem: Problem, words: Words): string {
  switch (problem.kind) {
    case 'key-id':
      return words.say(KEY_ID[problem.fault]);
    case 'key-file':
      return words.say(KEY_FILE[problem.fault]);
    case 'exchange':
      return explain(problem.failure, words, Date.now());
    case 'can-act':
      return words.say('problemCanAct', words.say(POWER_NAMES[powerOf(problem.scopes)]));
    case 'passphrase-short':
      return words.say('passphraseShort', String(MIN_PASSPHRASE));
    case 'passphrase-wrong':
      return words.say('passphraseWrong');
    case 'no-store':
      return words.say('problemNoStore');
    case 'unreadable':
      return words.say('problemUnreadable');
    case 'too-often':
      return words.say('problemTooOften', String(Math.ceil(problem.waitMs / 1000)));
    case 'storage':
      return words.say('problemStorage');
    case 'internal':
      return words.say('problemInternal');
  }
}
