// The import boundaries: each lint rule fails when it is broken.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
copyFileSync('biome.json', join(folder, 'biome.json'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The output of the project's lint rules for a file with this content at this path. */
function lint(path: string, code: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
  const args = ['lint', '--vcs-enabled=false', path];
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/biome'), args, {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const use = (from: string) => `import { thing } from '${from}';\nthing();\n`;

test.each([
  ['kalshi/ from background/', 'src/kalshi/x.ts', use('../background/polling/poll.ts')],
  ['kalshi/ from ui/', 'src/kalshi/x.ts', use('../ui/Icon.tsx')],
  ['kalshi/ from platform/', 'src/kalshi/x.ts', use('../platform/clock.ts')],
  ['kalshi/ from storage/', 'src/kalshi/x.ts', use('../storage/state.ts')],
  ['view/ from storage/', 'src/view/x.ts', use('../storage/state.ts')],
  ['storage/ from vault/', 'src/storage/x.ts', use('../vault/key-store.ts')],
  ['kalshi/ from vault/', 'src/kalshi/x.ts', use('../vault/key-store.ts')],
  ['kalshi/ from the polyfill', 'src/kalshi/x.ts', use('webextension-polyfill')],
  ['portfolio/ from popup/', 'src/portfolio/x.ts', use('../popup/Popup.tsx')],
  ['portfolio/ from kalshi/', 'src/portfolio/x.ts', use('../kalshi/client.ts')],
  ['portfolio/ from view/', 'src/portfolio/x.ts', use('../view/translate.ts')],
  ['portfolio/ from options/', 'src/portfolio/x.ts', use('../options/Options.tsx')],
  ['vault/ from background/', 'src/vault/x.ts', use('../background/polling/poll.ts')],
  ['vault/ from the polyfill', 'src/vault/x.ts', use('webextension-polyfill')],
  ['popup/ from background/', 'src/popup/x.ts', use('../background/polling/poll.ts')],
  ['options/ from vault/', 'src/options/x.ts', use('../vault/key-store.ts')],
  ['ui/ from vault/', 'src/ui/x.ts', use('../vault/key-store.ts')],
  ['platform/ from vault/', 'src/platform/x.ts', use('../vault/key-store.ts')],
  ['options/ from the writer of state', 'src/options/x.ts', use('../storage/write-state.ts')],
  ['popup/ from the browser', 'src/popup/x.ts', use('../platform/browser.ts')],
  ['background/ from popup/', 'src/background/x.ts', use('../popup/Popup.tsx')],
])('%s: imports', (_, path, code) => expect(lint(path, code)).toContain('noRestrictedImports'));

test.each([
  ['kalshi/: fetch', 'src/kalshi/x.ts', "fetch('/');"],
  ['kalshi/: the clock', 'src/kalshi/x.ts', 'export const now = Date.now();'],
  ['portfolio/: the clock', 'src/portfolio/x.ts', 'export const now = new Date();'],
  ['portfolio/: storage', 'src/portfolio/x.ts', 'indexedDB.open("x");'],
  ['kalshi/: chrome', 'src/kalshi/x.ts', 'chrome.runtime.reload();'],
  ['ui/: chrome', 'src/ui/x.ts', 'chrome.runtime.reload();'],
  ['vault/: browser', 'src/vault/x.ts', 'browser.runtime.reload();'],
  ['background/: chrome', 'src/background/x.ts', 'chrome.runtime.reload();'],
])('%s: globals', (_, path, code) => expect(lint(path, code)).toContain('noRestrictedGlobals'));

test('an allowed import passes', () => {
  const found = lint('src/background/x.ts', use('../vault/key-store.ts'));
  expect(found).not.toContain('noRestricted');
});
