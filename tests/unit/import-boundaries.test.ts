// The import boundaries: each lint rule fails when it is broken.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const use = (from: string) => `import { thing } from '${from}';\nthing();\n`;

const IMPORTS = [
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
];

const GLOBALS = [
  ['kalshi/: fetch', 'src/kalshi/x.ts', "fetch('/');"],
  ['kalshi/: the clock', 'src/kalshi/x.ts', 'export const now = Date.now();'],
  ['portfolio/: the clock', 'src/portfolio/x.ts', 'export const now = new Date();'],
  ['portfolio/: storage', 'src/portfolio/x.ts', 'indexedDB.open("x");'],
  ['kalshi/: chrome', 'src/kalshi/x.ts', 'chrome.runtime.reload();'],
  ['ui/: chrome', 'src/ui/x.ts', 'chrome.runtime.reload();'],
  ['vault/: browser', 'src/vault/x.ts', 'browser.runtime.reload();'],
  ['background/: chrome', 'src/background/x.ts', 'chrome.runtime.reload();'],
];

const ALLOWED = ['an allowed import', 'src/background/x.ts', use('../vault/key-store.ts')];

interface Diagnostic {
  category: string;
  location: { path: string | { file: string } };
}

/** The violated rules of each case, by its name: one run of the project's lint rules for all of them. */
function lint(cases: string[][]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    copyFileSync('biome.json', join(folder, 'biome.json'));
    const names = new Map<string, string>();
    for (const [index, [name = '', path = '', code = '']] of cases.entries()) {
      const own = path.replace('/x.', `/x${index}.`);
      names.set(own, name);
      mkdirSync(dirname(join(folder, own)), { recursive: true });
      writeFileSync(join(folder, own), code);
    }
    const args = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.'];
    const { stdout } = spawnSync(resolve('node_modules/.bin/biome'), args, { cwd: folder, encoding: 'utf8' });
    const found = new Map<string, string[]>([...names.values()].map((name) => [name, []]));
    for (const { category, location } of (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics) {
      const path = typeof location.path === 'string' ? location.path : location.path.file;
      found.get(names.get(path.replace(/^\.\//, '')) ?? '')?.push(category);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the lint rules', () => {
  const found = lint([...IMPORTS, ...GLOBALS, ALLOWED]);

  test.each(IMPORTS)('%s: imports', (name) => {
    expect(found.get(name)).toContain('lint/style/noRestrictedImports');
  });

  test.each(GLOBALS)('%s: globals', (name) => {
    expect(found.get(name)).toContain('lint/style/noRestrictedGlobals');
  });

  test('an allowed import passes', () => {
    expect(found.get('an allowed import')?.filter((rule) => rule.includes('noRestricted'))).toEqual([]);
  });
});
