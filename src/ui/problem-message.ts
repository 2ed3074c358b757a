// What to say of a problem that a command came back with.

import type { Problem } from '../platform/messages.ts';
import type { KeyFault, KeyIdFault } from '../portfolio/account.ts';
import { POWER_NAMES, powerOf } from '../portfolio/key-scopes.ts';
import { MIN_LENGTH, type PassphraseFault } from '../portfolio/passphrase.ts';
import { explain } from '../view/outcome-message.ts';
import type { MessageKey, Words } from '../view/translate.ts';

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

const PASSPHRASE: Record<PassphraseFault, MessageKey> = {
  short: 'passphraseShort',
  blank: 'passphraseBlank',
  repeated: 'passphraseRepeated',
  common: 'passphraseCommon',
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
      return powerOf(problem.scopes) === 'unknown'
        ? words.say('problemUnknownScopes')
        : words.say('problemCanAct', words.say(POWER_NAMES[powerOf(problem.scopes)]));
    case 'passphrase-refused':
      return words.say(PASSPHRASE[problem.fault], String(MIN_LENGTH));
    case 'passphrase-wrong':
      return words.say('passphraseWrong');
    case 'no-store':
      return words.say('problemNoStore');
    case 'unreadable':
      return words.say('problemUnreadable');
    case 'settings-unreadable':
      return words.say('settingsUnreadable');
    case 'interrupted':
      return words.say('problemInterrupted');
    case 'too-often':
      return words.say('problemTooOften', String(Math.ceil(problem.waitMs / 1000)));
    case 'storage':
      return words.say('problemStorage');
    case 'internal':
      return words.say('problemInternal');
  }
}
