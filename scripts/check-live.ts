// Checks every assumption about Kalshi's API with one account: GET requests only, one a second, at most 60, sent by the
// extension's own client. Prints a line for each, and writes check-live.json, which contains no amount, ticker, title, ID or
// key.
//   npm run check-live -- --key-id ID --key-file FILE [--demo]
// Exits with 0 whatever differs, with 1 if it could not run.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { HOST_NAMES } from '../src/domain/polling/host-choice.ts';
import { importPrivateKey } from '../src/vault/import-key.ts';
import { Probe } from './check-live/probe.ts';
import { checkAll, tableOf } from './check-live/run.ts';

const FILE = 'check-live.json';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'key-id': { type: 'string' }, 'key-file': { type: 'string' }, demo: { type: 'boolean' } },
  });
  const { 'key-id': keyId, 'key-file': keyFile, demo = false } = values;
  if (!keyId || !keyFile) throw new Error('Use: npm run check-live -- --key-id ID --key-file FILE [--demo]');
  const imported = await importPrivateKey(readFileSync(keyFile, 'utf8'));
  if (typeof imported === 'string') throw new Error(`The file contains no usable private key: ${imported}`);
  const context = {
    transport: {
      fetch: (url: string, init: RequestInit) => fetch(url, init),
      now: () => Date.now(),
      timeout: (ms: number) => AbortSignal.timeout(ms),
    },
    environment: demo ? ('demo' as const) : ('production' as const),
    host: HOST_NAMES[0],
    signer: { keyId: keyId.trim().toLowerCase(), key: imported.key },
    clockOffset: 0,
  };
  const report = await checkAll(new Probe(context, (ms) => wait(ms)));
  if (report.requests.every(({ status }) => status === 0)) throw new Error('No host could be reached.');
  writeFileSync(FILE, `${JSON.stringify(report, null, 1)}\n`);
  process.stdout.write(`${tableOf(report)}\nWritten to ${FILE}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
