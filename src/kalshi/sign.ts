// Kalshi's request signature: `timestamp + METHOD + path`, without the query and without the host.

import { METHOD, type Path } from './endpoints.ts';

/** A key for signing, with its ID. */
export interface Signer {
  /** Kalshi's API key ID. */
  keyId: string;
  /** RSA-PSS or Ed25519, usage `sign`. */
  key: CryptoKey;
}

/**
 * The three headers that authenticate one GET.
 * RSA keys sign with RSA-PSS, SHA-256, salt length 32; Ed25519 keys sign the same bytes without a pre-hash
 * (https://docs.kalshi.com/getting_started/api_keys).
 * @param timestamp unix milliseconds by the exchange's clock
 * @throws what `crypto.subtle.sign` throws: the key is not one of the two kinds, or may not sign
 */
export async function signedHeaders(
  signer: Signer,
  path: Path,
  timestamp: number,
): Promise<Record<string, string>> {
  const time = String(Math.trunc(timestamp));
  const text = new TextEncoder().encode(time + METHOD + path);
  const signature = await crypto.subtle.sign(algorithmOf(signer.key), signer.key, text);
  return {
    'KALSHI-ACCESS-KEY': signer.keyId,
    'KALSHI-ACCESS-TIMESTAMP': time,
    'KALSHI-ACCESS-SIGNATURE': btoa(String.fromCharCode(...new Uint8Array(signature))),
  };
}

function algorithmOf(key: CryptoKey): AlgorithmIdentifier | RsaPssParams {
  return key.algorithm.name === 'RSA-PSS' ? { name: 'RSA-PSS', saltLength: 32 } : { name: 'Ed25519' };
}
