// `npm run bench`: measurements in the real browser on the shipped build, each beside a floor of the same run.
// Figures, no verdicts. The simulated exchange runs in a process of its own, and so do the
// browsers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureDecoding, measureSigning } from './code.ts';
import { measureHistory } from './history.ts';
import { table } from './measure.ts';
import { measurePopup } from './popup.ts';
import { requestsPerHour } from './requests.ts';
import { measureSizes } from './sizes.ts';
import { measureWorker } from './worker.ts';

const TIMES = Number(process.env.BENCH_TIMES ?? 30);
const say = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

/** One step after the other: what runs beside a measurement is part of it. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  say(`${what}…`);
  return work();
}

const sizes = await step('Sizes', measureSizes);
const popup = await step('Popup', () => measurePopup(TIMES));
const worker = await step('Worker', () => measureWorker(TIMES));
const history = await step('History', () => measureHistory(TIMES * 3));
const signing = await step('Signing', () => measureSigning(TIMES));
const decoding = await step('Decoding', () => measureDecoding(TIMES));
const requests = requestsPerHour();

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
const tables: [title: string, text: string][] = [
  ['Popup, timeOrigin → first frame with content', table(popup.frames)],
  ['The same, against ours when empty', table(popup.sizes)],
  ['One poll: worker woken → badge set, less the exchange’s own time', table(worker.asleep)],
  ['The same with a passphrase', table(worker.wrapped)],
  ['Processor time of one poll, worker awake (200 polls a run)', table(worker.awake)],
  ['One signature', table(signing)],
  ['1 000 positions and their markets', table(decoding)],
  ['One append and the badge', table(history.appends)],
  [
    'Bytes',
    lines(
      ['', 'bytes', 'to the floor'],
      sizes.map(([name, bytes, ratio]) => [name, String(bytes), ratio?.toFixed(2) ?? '']),
    ),
  ],
  [
    'Memory: JavaScript heap after collecting',
    lines(
      ['', 'heap'],
      Object.entries({ ...worker.heap, ...popup.heap }).map(([name, bytes]) => [name, megabytes(bytes)]),
    ),
  ],
  [
    'Requests an hour (counted)',
    lines(
      ['', 'requests'],
      requests.map(([who, count]) => [who, count.toFixed(1)]),
    ),
  ],
];
say(`\n${machine}; the exchange is the simulated one, in a process of its own.`);
for (const [title, text] of tables) say(`\n**${title}**\n\n${text}`);
const { median, worst, runs } = popup.scroll;
say(
  `\nScrolling through 500 positions: longest frame ${median.toFixed(0)} ms in the median of ${runs} scrolls, ${worst.toFixed(0)} ms in the worst.`,
);
say(`A year at 30 s on disk: ${megabytes(history.yearBytes)}.`);
mkdirSync('dist', { recursive: true });
const all = { machine, times: TIMES, sizes, popup, worker, history, signing, decoding, requests };
writeFileSync('dist/bench.json', JSON.stringify(all, null, 2));
say('dist/bench.json');

/** A table in Markdown. */
function lines(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
