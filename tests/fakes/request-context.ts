// The context of signed requests, answered by a member of the simulated exchange without a network.
import type { RequestContext } from '../../src/kalshi/client.ts';
import { importPrivateKey } from '../../src/vault/import-key.ts';
import { makeKey } from '../exchange/keys.ts';
import type { Member } from '../exchange/member.ts';

/** Answers instead of the member; undefined for its own answer. */
export type Spoil = (path: string, url: URL) => Response | undefined;

export interface Requests {
  context: RequestContext;
  /** Every request so far. */
  requests: URL[];
}

/** @param now unix milliseconds, by both clocks */
export async function contextOf(
  member: Member,
  now: () => number,
  spoil: Spoil = () => undefined,
): Promise<Requests> {
  const imported = await importPrivateKey(makeKey('Ed25519').pem);
  if (typeof imported === 'string') throw new Error(imported);
  const requests: URL[] = [];
  const transport = {
    fetch: async (address: string) => {
      const url = new URL(address);
      requests.push(url);
      const instead = spoil(url.pathname, url);
      if (instead) return instead;
      const { status, body } = member.answer(url.pathname, url.searchParams, now());
      return new Response(JSON.stringify(body), { status });
    },
    now,
    timeout: () => new AbortController().signal,
  };
  const signer = { keyId: 'id', key: imported.key };
  return {
    context: { transport, environment: 'production', host: 'recommended', signer, clockOffset: 0 },
    requests,
  };
}

/** A response with this body. */
export function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}
