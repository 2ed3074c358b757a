// A hundred thousand installations around an outage, a rate limit and two hours of maintenance: is there a request
// spike, and how soon is every installation current? Clocks and network are simulated; requests are decided by
// the extension's own code (src/domain/polling/backoff.ts).
//   npm run load-simulation [-- --installs N --seed S]
import { pathToFileURL } from 'node:url';
import {
  areHoldingsDue,
  INITIAL_BACKOFF,
  NO_ATTEMPT,
  type PollTrigger,
} from '../src/domain/polling/backoff.ts';
import type { Outcome } from '../src/domain/polling/outcome.ts';
import { type Memory, pollOnce } from '../tests/fakes/poll-once.ts';
import { seeded } from '../tests/fakes/random.ts';

const MINUTE = 60;

/** How many of a hundred have which period, seconds. */
const PERIODS: [period: number, share: number][] = [
  [30, 15],
  [60, 60],
  [300, 15],
  [900, 10],
];

/** Positions, orders, settlements, deposits, withdrawals, markets. */
const HOLDINGS_REQUESTS = 6;

type Weather = 'fine' | 'down' | 'busy' | 'maintenance';

/** The phases, seconds from the start; in between there is no fault. */
const TROUBLES: { weather: Weather; from: number; to: number }[] = [
  { weather: 'down', from: 40 * MINUTE, to: 43 * MINUTE },
  { weather: 'busy', from: 60 * MINUTE, to: 61 * MINUTE },
  { weather: 'maintenance', from: 90 * MINUTE, to: 210 * MINUTE },
];
const END = 250 * MINUTE;

interface Install extends Memory {
  period: number;
  /** When it last had a good answer, seconds. */
  fresh: number;
  /** Whether its key may read holdings, and when they were last requested, milliseconds. */
  holdings: { at: number; readable: boolean };
}

export interface Crowd {
  /** Requests a second, by minute. */
  curve: number[];
  /** In fine weather. */
  mean: number;
  /** The most in any ten seconds, requests a second, and when that was, seconds. */
  peak: number;
  peakAt: number;
  /** For each trouble: the longest anybody needed after its end, in periods of its own. */
  recovered: { weather: Weather; periods: number }[];
}

function weatherAt(t: number): Weather {
  return TROUBLES.find(({ from, to }) => t >= from && t < to)?.weather ?? 'fine';
}

function balanceIn(weather: Weather): Outcome {
  if (weather === 'fine') return { kind: 'ok' };
  return weather === 'busy' ? { kind: 'rate-limited' } : { kind: 'exchange-error', status: 503 };
}

/** Runs the whole time, second by second. */
export function simulate(installs: number, seed: number): Crowd {
  const random = seeded(seed);
  /** By period: which installations have their alarm at which second of it. */
  const alarmsByPeriod = new Map<number, Install[][]>();
  const installations: Install[] = [];
  for (const [period, share] of PERIODS) {
    const phases: Install[][] = Array.from({ length: period }, () => []);
    for (let i = 0; i < (installs * share) / 100; i++) {
      const install: Install = {
        period,
        pollState: { ...INITIAL_BACKOFF, ...NO_ATTEMPT },
        outcome: null,
        fresh: -1,
        holdings: { at: -random() * 1_800_000, readable: i % 2 === 0 },
      };
      phases[Math.floor(random() * period)]?.push(install);
      installations.push(install);
    }
    alarmsByPeriod.set(period, phases);
  }

  const perSecond = new Float64Array(END);
  const recovered = TROUBLES.map(({ weather }) => ({ weather, periods: 0 }));
  const poll = (install: Install, why: PollTrigger, t: number, weather: Weather) => {
    const now = t * 1000;
    const periodMs = install.period * 1000;
    const maintenance = weather === 'maintenance' ? ({ kind: 'maintenance' } as const) : null;
    const exchange = { balance: balanceIn(weather), status: maintenance };
    const polled = pollOnce(install, exchange, periodMs, why, now, random);
    if (!polled) return;
    Object.assign(install, polled.after);
    perSecond[t] = (perSecond[t] ?? 0) + polled.requests;
    const { outcome } = polled.after;
    if (outcome.kind === 'ok') {
      // The first good answer since the latest trouble.
      const index = TROUBLES.findLastIndex(({ to }) => to <= t);
      const [trouble, ended] = [recovered[index], TROUBLES[index]?.to ?? 0];
      if (trouble && install.fresh < ended) {
        trouble.periods = Math.max(trouble.periods, (t - ended) / install.period);
      }
      install.fresh = t;
      if (
        install.holdings.readable &&
        areHoldingsDue(install.holdings, { periodMs, trigger: why, now, random: random() })
      ) {
        perSecond[t] = (perSecond[t] ?? 0) + HOLDINGS_REQUESTS;
        install.holdings.at = now;
      }
    }
  };

  for (let t = 0; t < END; t++) {
    const weather = weatherAt(t);
    for (const [period, phases] of alarmsByPeriod) {
      for (const install of phases[t % period] ?? []) poll(install, 'alarm', t, weather);
    }
    // One in six thousand clicks in any second; while something is wrong, four times as many.
    const clicks = Math.round((installations.length / 6000) * (weather === 'fine' ? 1 : 4));
    for (let i = 0; i < clicks; i++) {
      const install = installations[Math.floor(random() * installations.length)];
      if (install) poll(install, 'manual', t, weather);
    }
  }

  const sum = (from: number, to: number) => perSecond.subarray(from, to).reduce((all, each) => all + each, 0);
  const mean = sum(20 * MINUTE, 40 * MINUTE) / (20 * MINUTE);
  let peak = 0;
  let peakAt = 0;
  for (let t = 20 * MINUTE; t + 10 <= END; t++) {
    const rate = sum(t, t + 10) / 10;
    if (rate > peak) [peak, peakAt] = [rate, t];
  }
  const curve = Array.from(
    { length: END / MINUTE },
    (_, minute) => sum(minute * MINUTE, (minute + 1) * MINUTE) / MINUTE,
  );
  return { curve, mean, peak, peakAt, recovered };
}

function print({ curve, mean, peak, peakAt, recovered }: Crowd, installs: number): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say(`${installs} installs; in fine weather ${mean.toFixed(0)} requests a second`);
  say('');
  for (const [minute, rate] of curve.entries()) {
    const weather = weatherAt(minute * MINUTE);
    const steady = minute % 10 !== 0 && weather === weatherAt((minute - 3) * MINUTE);
    if (minute < 20 || steady) continue;
    const ratio = rate / mean;
    say(
      `${String(minute).padStart(4)} min  ${ratio.toFixed(2)}×  ${'█'.repeat(Math.round(ratio * 30))} ${weather === 'fine' ? '' : weather}`,
    );
  }
  say('');
  say(
    `the most in any ten seconds: ${(peak / mean).toFixed(2)}× the mean, at ${(peakAt / MINUTE).toFixed(1)} min`,
  );
  for (const { weather, periods } of recovered) {
    say(`after “${weather}” the last one is fresh again within ${periods.toFixed(2)} periods`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const argument = (name: string, fallback: number) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? fallback : Number(process.argv[at + 1]);
  };
  const installs = argument('--installs', 100_000);
  print(simulate(installs, argument('--seed', 1)), installs);
}
