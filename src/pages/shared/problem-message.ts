// The message for a problem that a command returned.

import type { Problem } from '../../commands/problem.ts';
import type { KeyFileError, KeyIdError } from '../../domain/accounts/account.ts';
import type { BackupError } from '../../domain/accounts/backup.ts';
import { powerOf } from '../../domain/accounts/key-scopes.ts';
import { MIN_LENGTH, type PassphraseError } from '../../domain/accounts/passphrase.ts';
import { describeScopes } from '../../view/texts/key-scopes.ts';
import { outcomeMessage } from '../../view/texts/outcome-message.ts';
import type { I18n, MessageKey } from '../../view/texts/translate.ts';

const KEY_ID: Record<KeyIdError, MessageKey> = {
  missing: 'keyIdMissing',
  malformed: 'keyIdMalformed',
  'is-a-private-key': 'keyIdIsPrivateKey',
  several: 'keyIdSeveral',
};

const KEY_FILE: Record<KeyFileError, MessageKey> = {
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

const PASSPHRASE: Record<PassphraseError, MessageKey> = {
  short: 'passphraseShort',
  blank: 'passphraseBlank',
  repeated: 'passphraseRepeated',
  common: 'passphraseCommon',
};

const BACKUP: Record<BackupError, MessageKey> = {
  'not-a-backup': 'backupNotOne',
  newer: 'backupNewer',
  damaged: 'backupDamaged',
  'passphrase-needed': 'backupPassphraseNeeded',
  'passphrase-wrong': 'backupPassphraseWrong',
  locked: 'backupLocked',
};

/** A problem of a command, or one that a form finds before it sends the command. */
export type FormProblem = Problem | { kind: 'passphrase-differs' };

/** The message for a problem: what is wrong and what to do. */
export function problemMessage(problem: FormProblem, i18n: I18n): string {
  switch (problem.kind) {
    case 'key-id':
      return i18n.message(KEY_ID[problem.fault]);
    case 'key-file':
      return i18n.message(KEY_FILE[problem.fault]);
    case 'exchange':
      return outcomeMessage(problem.failure, i18n, Date.now());
    case 'can-act':
      return powerOf(problem.scopes) === 'unknown'
        ? i18n.message('problemUnknownScopes')
        : i18n.message('problemCanAct', describeScopes(problem.scopes, i18n));
    case 'other-member':
      return i18n.message('problemOtherMember');
    case 'passphrase-refused':
      return i18n.message(PASSPHRASE[problem.fault], String(MIN_LENGTH));
    case 'passphrase-wrong':
      return i18n.message('passphraseWrong');
    case 'passphrase-differs':
      return i18n.message('passphraseDiffers');
    case 'backup':
      return i18n.message(BACKUP[problem.fault]);
    case 'no-store':
      return i18n.message('problemNoStore');
    case 'unreadable':
      return i18n.message('problemUnreadable');
    case 'settings-unreadable':
      return i18n.message('settingsUnreadable');
    case 'interrupted':
      return i18n.message('problemInterrupted');
    case 'not-deleted':
      return i18n.message('problemNotDeleted');
    case 'locked':
      return i18n.message('problemLocked');
    case 'storage':
      return i18n.message('problemStorage');
    case 'internal':
      return i18n.message('problemInternal');
  }
}
