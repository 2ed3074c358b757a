// One signed GET request.

import type { Environment } from '../portfolio/account.ts';
import { type Extra, get, type Reply, type Transport } from './client.ts';
import type { Path } from './endpoints.ts';
import { type Signer, signedHeaders } from './sign.ts';

/**
 * Signs and sends one GET.
 * @param clockOffset the exchange's time minus ours, milliseconds
 * @throws only what signing throws, which is an error of the key
 */
export async function signedGet(
  transport: Transport,
  environment: Environment,
  signer: Signer,
  path: Path,
  clockOffset: number,
  extra?: Extra,
): Promise<Reply> {
  if (transport.ended?.aborted) return { kind: 'timeout' };
  const headers = await signedHeaders(signer, path, transport.now() + clockOffset);
  return get(transport, environment, path, headers, extra);
}
