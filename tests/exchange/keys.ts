// Keys in every form that users may have, generated at run time: no file of this project contains a key.
import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { makeCertificate } from './certificate.ts';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
  /** The private key as in the exchange's file. */
  pem: string;
}

/** The forms of Kalshi's keys. */
export const KEY_FORMS = ['RSA PKCS#1', 'RSA PKCS#8', 'Ed25519'] as const;
export type KeyForm = (typeof KEY_FORMS)[number];

/** Generates a key of one of the accepted forms. */
export function makeKey(form: KeyForm): KeyPair {
  const { publicKey, privateKey } =
    form === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const type = form === 'RSA PKCS#1' ? 'pkcs1' : 'pkcs8';
  return { publicKey, privateKey, pem: String(privateKey.export({ type, format: 'pem' })) };
}

/** A private key of any kind node can make, as PEM. */
function pemOf(privateKey: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' = 'pkcs8'): string {
  return String(privateKey.export({ type, format: 'pem' }));
}

function publicPem(publicKey: KeyObject, type: 'spki' | 'pkcs1' = 'spki'): string {
  return String(publicKey.export({ type, format: 'pem' }));
}

/** PEM armour around arbitrary bytes: for kinds that are recognised by their label alone. */
function armoured(label: string): string {
  const body = randomBytes(96)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n');
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

/** Texts that are not usable keys, each with the name of its message. */
export async function wrongKeys(): Promise<{ what: string; text: string; sentence: string }[]> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ed = generateKeyPairSync('ed25519');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pkcs8 = pemOf(rsa.privateKey);
  const cipher = { cipher: 'aes-256-cbc', passphrase: randomUUID() };
  const { cert } = await makeCertificate(['example.com']);
  const wrong = (what: string, text: string, sentence: string) => ({ what, text, sentence });
  return [
    wrong('nothing', '  \n', 'keyEmpty'),
    wrong('a key ID', randomUUID(), 'keyIdOnly'),
    wrong('a public RSA key', publicPem(rsa.publicKey), 'keyPublic'),
    wrong('a public RSA key in PKCS#1', publicPem(rsa.publicKey, 'pkcs1'), 'keyPublic'),
    wrong('a public Ed25519 key', publicPem(ed.publicKey), 'keyPublic'),
    wrong(
      'a public SSH key',
      `ssh-ed25519 ${randomBytes(51).toString('base64').replace(/^.{4}/, 'AAAA')} me`,
      'keyPublic',
    ),
    wrong('a certificate', cert, 'keyCertificate'),
    wrong('a certificate labelled as a key', cert.replaceAll('CERTIFICATE', 'PRIVATE KEY'), 'keyCertificate'),
    wrong('a certificate request', armoured('CERTIFICATE REQUEST'), 'keyCertificateRequest'),
    wrong('an EC key', pemOf(ec.privateKey), 'keyEc'),
    wrong('an EC key in SEC1', pemOf(ec.privateKey, 'sec1'), 'keyEc'),
    wrong('an OpenSSH key', armoured('OPENSSH PRIVATE KEY'), 'keyOpenssh'),
    wrong('a PuTTY key', `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n`, 'keyPutty'),
    wrong(
      'an encrypted key',
      String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher })),
      'keyEncrypted',
    ),
    wrong(
      'an encrypted key in PKCS#1',
      String(rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...cipher })),
      'keyEncrypted',
    ),
    wrong('an X25519 key', pemOf(generateKeyPairSync('x25519').privateKey), 'keyOther'),
    wrong('an Ed448 key', pemOf(generateKeyPairSync('ed448').privateKey), 'keyOther'),
    wrong(
      'a short RSA key',
      pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
      'keyRsaSize',
    ),
    wrong('two keys', pkcs8 + pemOf(ed.privateKey), 'keySeveral'),
    wrong('half a key', pkcs8.slice(0, 800), 'keyDamaged'),
    wrong('a key with a line missing', pkcs8.replace(/\n.*\n/, '\n'), 'keyDamaged'),
    wrong('a key with a foreign character', pkcs8.replace(/(\n.{9})./, '$1*'), 'keyDamaged'),
    wrong('a letter', 'Dear Kalshi, here is my key.', 'keyNotAKey'),
  ];
}
