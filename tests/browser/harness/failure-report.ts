// What is kept of a failed browser test: what pages, background and exchange said, a picture of each page, and a trace of what
// the test did. Nothing of it contains a key, a passphrase or a signature.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import { getCurrentTest } from 'vitest/suite';
import { REPORTS } from '../../../scripts/setup.js';
import type { Entry } from '../../exchange/exchange.ts';
import type { Scene } from './chromium-scene.ts';
import type { FirefoxScene } from './firefox-scene.ts';

/** Does the work of a test. Reports it if it throws, and if it goes on when the test's time is up, of which it does not hear. */
export async function reportFailureOf(
  work: () => Promise<void>,
  report: (test: string) => Promise<void>,
): Promise<void> {
  const test = expect.getState().currentTestName ?? '';
  let running = true;
  const end = async (failed: boolean) => {
    const isFirst = running;
    running = false;
    if (isFirst && failed) await report(test);
  };
  if (getCurrentTest()) onTestFailed(() => end(true)); // not in a hook for all tests of a file
  try {
    await work();
    await end(false);
  } catch (error) {
    await end(true);
    throw error;
  }
}

/** The text without keys, signatures, key IDs, and what was typed into a box. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/-----BEGIN[\s\S]*?-----END[A-Z ]*-----/g, '(key)')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '(id)')
    .replace(/[A-Za-z0-9+/_-]{40,}={0,2}/g, '(bytes)')
    .replace(/("method":"fill".*?"value":)"(?:[^"\\]|\\.)*"/g, '$1"(typed)"')
    .replace(/(type\([^,]*, )"(?:[^"\\]|\\.)*"/g, '$1"(typed)"');
}

/** A folder for the report of this test, empty. */
function folderFor(test: string): string {
  const folder = join(REPORTS, test.replace(/[^\w]+/g, '-').slice(0, 100));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

const journalText = (journal: readonly Entry[]) =>
  journal.map(({ method, path, query, verdict }) => `${method} ${path}${query} ${verdict}`);

/** Prints a report and writes it beside the pictures. */
function write(folder: string, parts: Record<string, string[]>): void {
  const text = Object.entries(parts)
    .map(([title, lines]) => `## ${title}\n${lines.join('\n') || '(nothing)'}\n`)
    .join('\n');
  const report = withoutSecrets(text);
  writeFileSync(join(folder, 'report.txt'), report);
  process.stderr.write(`${report}\nPictures and trace: ${folder}\n`);
}

const unreachable = (error: unknown) => `(cannot be read: ${error})`;

async function pageText(page: Page): Promise<string> {
  const text = await page.evaluate(() => document.body.innerText).catch(unreachable);
  return `# ${page.url()}\n${text}`;
}

/** What decides whether and when the background polls, and the badge. Runs in a page of the extension. */
async function pollingState(): Promise<string[]> {
  type Account = { data?: { backoff?: unknown; snapshot?: { outcome?: { kind: string } | null } } };
  const [local, session, alarms, badge, permissions, locks] = await Promise.all([
    chrome.storage.local.get<Record<string, Account>>(null),
    chrome.storage.session.get(null),
    chrome.alarms.getAll(),
    chrome.action.getBadgeText({}),
    chrome.permissions.getAll(),
    navigator.locks.query(),
  ]);
  const named = (items: Record<string, unknown>, prefix: string) =>
    Object.entries(items).filter(([name]) => name.startsWith(prefix));
  return [
    `time ${Date.now()}, badge ${badge}, permissions ${JSON.stringify(permissions)}`,
    `locks ${JSON.stringify(locks)}`,
    ...alarms.map((alarm) => `alarm ${JSON.stringify(alarm)}`),
    ...named(session, 'attempt/').map(([name, attempt]) => `${name} ${JSON.stringify(attempt)}`),
    ...named(local, 'account/').map(([name, item]) => {
      const { backoff, snapshot } = (item as Account).data ?? {};
      return `${name} ${snapshot?.outcome?.kind} ${JSON.stringify(backoff)}`;
    }),
  ];
}

/** Whether a message starts the background, or reaches it, and is answered: anything but silence is an answer. */
function backgroundAnswers(): Promise<string> {
  const asked = Date.now();
  const answered = () => `after ${Date.now() - asked} ms`;
  const silent = new Promise<string>((resolve) => setTimeout(resolve, 5_000, 'not within 5 s'));
  return Promise.race([chrome.runtime.sendMessage({ command: 'none' }).then(answered, answered), silent]);
}

/** Reports a failed test in Chromium. What cannot be had, of a browser that has crashed, is named. */
export async function reportChromium(test: string, scene: Scene): Promise<void> {
  const folder = folderFor(test);
  const { chromium, complaints, exchange } = scene;
  const pages = (chromium as typeof chromium | undefined)?.context.pages() ?? [];
  const texts = await Promise.all(pages.map(pageText));
  const page = scene.page as Page | undefined;
  const state = await page?.evaluate(pollingState).catch((error) => [unreachable(error)]);
  const running = page && (await chromium.isWorkerRunning(page).catch(unreachable));
  const answers = await page?.evaluate(backgroundAnswers).catch(unreachable);
  for (const [index, page] of pages.entries()) {
    await page
      .screenshot({ path: join(folder, `page-${index + 1}.png`), timeout: 5_000 })
      .catch(() => undefined);
  }
  const trace = join(folder, 'trace.zip');
  await scene
    .saveTrace(trace)
    .then(() => withoutSecretsInTrace(trace))
    .catch(() => rmSync(trace, { force: true }));
  write(folder, {
    pages: texts,
    console: complaints,
    background: [`running: ${running}; answers: ${answers}`, ...(state ?? [])],
    'requests to the exchange': journalText(exchange.journal),
  });
}

/** Removes secrets from the texts of a trace; `npx playwright show-trace` opens it. */
function withoutSecretsInTrace(path: string): void {
  const files = unzipSync(readFileSync(path));
  for (const [name, bytes] of Object.entries(files)) {
    if (/\.(png|jpeg)$/.test(name)) continue;
    files[name] = Buffer.from(withoutSecrets(Buffer.from(bytes).toString()));
  }
  writeFileSync(path, zipSync(files));
}

/** Reports a failed test in Firefox: its trace is the list of what the test asked of the browser. */
export async function reportFirefox(test: string, scene: FirefoxScene): Promise<void> {
  const folder = folderFor(test);
  const { firefox, exchange } = scene;
  if (!(firefox as typeof firefox | undefined)) return; // it did not start: the error says so
  const [texts, pictures] = await Promise.all([
    firefox.pageTexts().catch((error) => [unreachable(error)]),
    firefox.pictures().catch(() => []),
  ]);
  for (const [index, picture] of pictures.entries())
    writeFileSync(join(folder, `page-${index + 1}.png`), picture);
  writeFileSync(join(folder, 'trace.txt'), withoutSecrets(firefox.trace.join('\n')));
  write(folder, {
    pages: texts,
    console: firefox.console,
    'requests to the exchange': journalText(exchange.journal),
  });
}
