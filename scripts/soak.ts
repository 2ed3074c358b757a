// The shipped build in a real Chromium for hours, with faults coming and going and no debugger attached: an attached one
// keeps the worker alive. At the end: is the figure right, how often did the worker start, does memory grow?
//   npm run soak [-- --minutes N]     default 120
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { argumentsFor, Chromium, EXTENSION_ID, ORIGIN } from '../tests/browser/drivers/chromium.ts';
import { Exchange } from '../tests/exchange/exchange.ts';
import type { Fault } from '../tests/exchange/faults.ts';
import { makeKey } from '../tests/exchange/keys.ts';
import { findChromium } from './setup.js';

const PERIOD_S = 60; // longer than the idle limit of a worker, so that it restarts for every poll
const minutes = Number(process.argv[process.argv.indexOf('--minutes') + 1] ?? '') || 120;
const say = (text: string) => process.stdout.write(`${text}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const FAULTS: Fault[] = [
  { kind: 'hang' },
  { kind: 'drop' },
  { kind: 'truncate' },
  { kind: 'html' },
  { kind: 'delay', ms: 4_000 },
  { kind: 'answer', status: 429, body: { error: 'too many requests' } },
  { kind: 'answer', status: 500 },
  { kind: 'large', bytes: 50_000_000 },
  { kind: 'maintenance', until: Date.now() + 3_600_000 },
];

const exchange = await Exchange.start();
const member = exchange.addMember({ cash: '1000.00' });
const key = makeKey('Ed25519');
const keyId = member.addKey(key.publicKey);

/** Connects as a person does, in a browser of its own that is closed again. */
async function prepare(): Promise<string> {
  const browser = await Chromium.launch({ exchange });
  const page = await browser.welcome();
  await page.getByRole('textbox', { name: 'API key ID' }).fill(keyId);
  await page.getByRole('textbox', { name: 'Private key' }).fill(key.pem);
  await page.getByRole('button', { name: 'Check key' }).click();
  await page.getByRole('button', { name: 'Save key' }).click();
  await page.getByRole('button', { name: 'Forget key' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Badge' }).click();
  await page.getByRole('combobox', { name: 'Check every' }).selectOption(String(PERIOD_S));
  await browser.close();
  return browser.profile;
}

/** Resident memory of all processes of the browser, megabytes; 0 without /proc. */
function memoryOf(profile: string): number {
  if (!existsSync('/proc/self/status')) return 0;
  let kilobytes = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) continue;
      const [, resident = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      kilobytes += Number(resident);
    } catch {
      // It ended meanwhile.
    }
  }
  return Math.round(kilobytes / 1024);
}

/** The ids of the extension's workers that run now. Only listed, without attaching to them. */
async function workersAt(port: string): Promise<string[]> {
  const listed = (await fetch(`http://127.0.0.1:${port}/json/list`).then((answer) => answer.json())) as {
    id: string;
    type: string;
    url: string;
  }[];
  return listed
    .filter(({ type, url }) => type === 'service_worker' && url.includes(EXTENSION_ID))
    .map(({ id }) => id);
}

const profile = await prepare();
const binary = findChromium();
if (!binary) throw new Error('no Chromium found: run `npm test` once, which installs one');
rmSync(join(profile, 'DevToolsActivePort'), { force: true });
const browser = spawn(
  binary,
  [
    ...argumentsFor(exchange, resolve('dist/chrome')),
    `--user-data-dir=${profile}`,
    '--headless=new',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    'about:blank',
  ],
  { stdio: 'ignore' },
);
const portFile = join(profile, 'DevToolsActivePort');
while (!existsSync(portFile) || !readFileSync(portFile, 'utf8').includes('\n')) await pause(50);
const [port = ''] = readFileSync(portFile, 'utf8').split('\n');

const began = Date.now();
const end = began + minutes * 60_000;
const memory: number[] = [];
const seen = new Set<string>();
let running: string[] = [];
let starts = 0;
let fault: Fault | undefined;
let faultEnds = began + 60_000;
let faults = 0;
let cents = 100_000;
let nextReport = began + 60_000;
const before = exchange.journal.length;

while (Date.now() < end) {
  await pause(500);
  const now = await workersAt(port);
  // A worker that starts again may keep its target's id: a start is one that was not running a moment ago.
  starts += now.filter((id) => !running.includes(id)).length;
  for (const id of now) seen.add(id);
  running = now;
  cents += Math.round(Math.random() * 200 - 100);
  member.setCash((cents / 100).toFixed(2));
  if (Date.now() > faultEnds) {
    // As long without a fault as with one; a fault lasts from half a minute to three.
    fault = fault ? undefined : FAULTS[faults++ % FAULTS.length];
    exchange.setFault(fault);
    faultEnds = Date.now() + 30_000 + Math.random() * 150_000;
  }
  if (Date.now() > nextReport) {
    nextReport += 60_000;
    memory.push(memoryOf(profile));
    const minute = Math.round((Date.now() - began) / 60_000);
    say(
      `minute ${minute}: ${exchange.journal.length - before} requests, ${starts} worker starts, ` +
        `${memory.at(-1)} MB${fault ? `, now: ${fault.kind}` : ''}`,
    );
  }
}

// Whatever the last fault was, within two periods everything is right again.
exchange.setFault();
member.setCash('4321.09');
const good = () =>
  exchange.journal.filter(({ path, verdict }) => path.endsWith('/balance') && verdict === 'ok').length;
const goodBefore = good();
const healedBy = Date.now() + (2 * PERIOD_S + 15) * 1000;
while (good() === goodBefore && Date.now() < healedBy) await pause(200);
await pause(1_000);

const attached = await playwright.connectOverCDP(`http://127.0.0.1:${port}`);
const page = (await attached.contexts()[0]?.newPage()) ?? (await attached.newPage());
await page.goto(`${ORIGIN}/src/pages/popup/index.html`);
const badge = await page.evaluate(() => chrome.action.getBadgeText({}));
const shown = await page.getByText('$4,321.09').count();
const stored = await page.evaluate(() => chrome.storage.local.get(null));
const log = Object.entries(stored).find(([name]) => name.startsWith('account/'))?.[1] as
  | { data: { pollLog: { lifetimes: number; entries: { kind: string; times: number }[] } } }
  | undefined;
await attached.close();
browser.kill();
await new Promise((resolve) => browser.once('exit', resolve));
await exchange.stop();
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });

const mean = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
const third = Math.max(1, Math.floor(memory.length / 3));
const [early, late] = [mean(memory.slice(0, third)), mean(memory.slice(-third))];
const requests = exchange.journal.length - before;
const twice = exchange.journal.filter(({ concurrent }) => concurrent).length;
const refused = exchange.journal.filter(({ verdict }) => verdict !== 'ok').length;
const right = badge === '4.3k' && shown > 0;

say('');
say(`ran ${minutes} minutes by the wall clock, a poll due every ${PERIOD_S} s, ${faults} faults`);
say(`figures at the end: ${right ? 'right' : `WRONG (badge ${badge})`}`);
say(`worker: started ${starts} times; lifetimes with a poll: ${log?.data.pollLog.lifetimes ?? 0}`);
say(
  `requests: ${requests} (${(requests / minutes).toFixed(2)} a minute), two at once: ${twice}, refused: ${refused}`,
);
say(`outcomes: ${log?.data.pollLog.entries.map(({ kind, times }) => `${kind} ×${times}`).join(', ')}`);
say(
  `memory of the whole browser: ${early} MB in the first third, ${late} MB in the last (${(late / early).toFixed(2)})`,
);
process.exitCode = right && twice === 0 && refused === 0 ? 0 : 1;
