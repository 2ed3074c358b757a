// Before and after the browser tests: a folder for the profiles of all browsers; whoever still uses one of them is ended.
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The process that uses a profile: Chromium's and Firefox's locks are links that name it. */
function userOf(profile: string): number | undefined {
  for (const lock of ['SingletonLock', 'lock']) {
    try {
      const pid = Number(/\d+$/.exec(readlinkSync(join(profile, lock)))?.[0]);
      if (pid) return pid;
    } catch {
      // not this kind of browser, or it has ended
    }
  }
  return undefined;
}

let profiles = '';

export function setup(): void {
  profiles = mkdtempSync(join(tmpdir(), 'balance-badge-profiles-'));
  process.env.BROWSER_PROFILES = profiles;
}

/** Ends a process with its children, and waits until it is gone. */
async function end(pid: number): Promise<void> {
  const isGone = (signal: 'SIGKILL' | 0) => {
    try {
      process.kill(pid, signal);
      return false;
    } catch {
      return true;
    }
  };
  for (let gone = isGone('SIGKILL'); !gone; gone = isGone(0)) await setTimeout(20);
}

export async function teardown(): Promise<void> {
  for (const name of readdirSync(profiles)) {
    const pid = userOf(join(profiles, name));
    if (pid !== undefined) await end(pid);
  }
  // The browser's other processes end a moment after it and may still write.
  rmSync(profiles, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
}
