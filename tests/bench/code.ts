// Single pieces of the extension's code, in Node: signing beside the bare signature, decoding beside JSON.parse.

import { EMPTY_HOLDINGS } from '../../src/domain/holdings/holdings.ts';
import type { Transport } from '../../src/kalshi/client.ts';
import { fetchHoldings } from '../../src/kalshi/holdings/fetch-holdings.ts';
import { signedHeaders } from '../../src/kalshi/sign.ts';
import { Member } from '../exchange/member.ts';
import { interleave, type Row, rowsAgainst } from './measure.ts';

const POSITIONS = 1_000;
const PATH = '/trade-api/v2/portfolio/balance';

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** One signature with its headers, a hundred at a time. */
export async function measureSigning(times: number): Promise<Row[]> {
  const algorithm = {
    name: 'RSA-PSS',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  };
  const { privateKey: key } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const text = new TextEncoder().encode(`${Date.now()}GET${PATH}`);
  const hundred = (work: () => Promise<unknown>) => async () =>
    (await timed(async () => {
      for (let turn = 0; turn < 100; turn++) await work();
    })) / 100;
  const values = await interleave(
    {
      'crypto.subtle.sign': hundred(() => crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, key, text)),
      'with headers': hundred(() => signedHeaders({ keyId: 'k', key }, PATH, Date.now())),
    },
    times,
  );
  return rowsAgainst('crypto.subtle.sign', values, 'ms');
}

/** A thousand positions and their markets, from the text of the answers to what the popup lists. */
export async function measureDecoding(times: number): Promise<Row[]> {
  const member = new Member({
    positions: Array.from({ length: POSITIONS }, (_, index) => ({
      ticker: `KXHIGHNY-26NOV22-B${index}`,
      contracts: 10 + index,
      price: 1 + (index % 98),
    })),
  });
  const answers = new Map<string, string>();
  const transport = {
    now: () => Date.now(),
    timeout: () => new AbortController().signal,
    fetch: async (input: string) => {
      const url = new URL(input);
      const text =
        answers.get(input) ?? JSON.stringify(member.answer(url.pathname, url.searchParams, Date.now()).body);
      answers.set(input, text);
      return new Response(text);
    },
  } as unknown as Transport;
  const { privateKey: key } = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const fetchAll = () =>
    fetchHoldings(
      {
        transport,
        environment: 'production',
        host: 'recommended',
        signer: { keyId: 'k', key },
        clockOffset: 0,
      },
      EMPTY_HOLDINGS,
    );
  const first = await fetchAll();
  if (first.kind !== 'read' || first.holdings.positions.length !== POSITIONS) throw new Error('not decoded');
  const values = await interleave(
    {
      // What both have to do: a signature for each request, and its answer as text.
      'JSON.parse of the same text': () =>
        timed(async () => {
          for (const [url, text] of answers) {
            await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(url));
            JSON.parse(await new Response(text).text());
          }
        }),
      'positions, markets and all': () => timed(fetchAll),
    },
    times,
  );
  return rowsAgainst('JSON.parse of the same text', values, 'ms');
}
