// The simulated exchange in a process of its own, so that what it takes is not taken from what is measured. Started by
// exchange.ts.
import { Exchange } from '../exchange/exchange.ts';
import { makeKey } from '../exchange/keys.ts';

/** Its message when it is ready. */
export interface Ready {
  port: number;
  spki: string;
  keyId: string;
  /** The private key of its one member. */
  pem: string;
}

/** Its input: the member's balance from now on. Its output: how long the previous response took, milliseconds. */
export interface Told {
  cash: string;
}

const exchange = await Exchange.start();
const member = exchange.addMember({ cash: '1' });
const key = makeKey('RSA PKCS#8');
// A key for the balance alone: one request a poll, as the bare worker's.
const keyId = member.addKey(key.publicKey, ['read::portfolio_balance']);

process.on('message', ({ cash }: Told) => {
  const took = exchange.journal.findLast(({ path }) => path.endsWith('/balance'))?.tookMs ?? 0;
  member.setCash(cash);
  process.send?.(took);
});
process.on('disconnect', () => process.exit());
process.send?.({
  port: exchange.port,
  spki: exchange.certificate.spki,
  keyId,
  pem: key.pem,
} satisfies Ready);
