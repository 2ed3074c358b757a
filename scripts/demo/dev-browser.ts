// Vite's development server, and a Chromium that has its output loaded: what is saved in src/ appears at once.
// Its Kalshi is the simulated exchange; the key to connect with is printed.
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { Exchange } from '../../tests/exchange/exchange.ts';
import { makeKey } from '../../tests/exchange/keys.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const server = await createServer({ mode: 'chrome', clearScreen: false });
await server.listen();
server.printUrls();
// The plugin writes the files of the extension when the server has started; the manifest is the last of them.
const manifest = 'dist/dev/manifest.json';
while (!existsSync(manifest)) await new Promise((resolve) => setTimeout(resolve, 50));

const exchange = await Exchange.start();
const key = makeKey('Ed25519');
const keyId = exchange.addMember({ cash: '765.4025' }).addKey(key.publicKey);
const display = process.env.DISPLAY ?? (process.platform === 'linux' ? undefined : '');
const chromium = await Chromium.launch({ exchange, extension: 'dist/dev', display });
await chromium.allowReload();
await chromium.welcome();

const file = join(chromium.profile, 'generated-key.txt'); // goes with the profile
writeFileSync(file, `${keyId}\n${key.pem}`);
say(`Connect with the generated key in ${file}. Press Ctrl-C to stop.`);

const closed = new Promise((resolve) => chromium.context.once('close', resolve));
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), closed]);
await chromium.dispose();
await exchange.stop();
await server.close();
