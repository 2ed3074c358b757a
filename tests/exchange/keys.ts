// Keys in every form a person may arrive with, made at run time: no key is ever kept in a file of this project.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
  /** The private half as the exchange's file has it. */
  pem: string;
}

/** The forms in which Kalshi's keys come. */
export const KEY_FORMS = ['RSA PKCS#1', 'RSA PKCS#8', 'Ed25519'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

/** Makes a key of one of the forms that connect. */
export function makeKey(form: KeyForm): KeyPair {
  const { publicKey, privateKey } =
    form === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const type = form === 'RSA PKCS#1' ? 'pkcs1' : 'pkcs8';
  return { publicKey, privateKey, pem: String(privateKey.export({ type, format: 'pem' })) };
}
