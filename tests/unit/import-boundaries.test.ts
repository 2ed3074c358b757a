// The import boundaries of src/: one table, and each of its rules shown to fail. CONTRIBUTING describes the folders.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toolScript } from '../../scripts/setup.js';

/** Folder of src/ → the folders that it may import, itself excepted. A folder that is not here may not exist. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  browser: [],
  kalshi: ['domain'],
  view: ['domain'],
  commands: ['domain', 'browser'],
  storage: ['domain', 'browser', 'view'],
  vault: ['domain', 'storage'],
  background: ['domain', 'browser', 'kalshi', 'view', 'commands', 'storage', 'vault'],
  pages: ['domain', 'browser', 'kalshi', 'view', 'commands', 'storage'],
};

/** Packages → the only folders that may import them. */
const PACKAGES: Record<string, readonly string[]> = {
  'webextension-polyfill': ['browser'],
  idb: ['storage', 'vault'],
  preact: ['pages'],
};

/** Modules that pages may not import although they may import the folder: the background alone writes stored state. */
const WRITERS = ['storage/write-state.ts'];

const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** The imports of a file that break the table, one sentence each. @param path from src/, e.g. `kalshi/client.ts` */
function violations(path: string, code: string): string[] {
  const [folder = ''] = path.split('/');
  const allowed = MAY_IMPORT[folder];
  if (!allowed) return [`${folder}/ is not in the table`];
  return [...code.matchAll(IMPORT)].flatMap(([, from = '']) => {
    const target = from.startsWith('.') ? posix.join(dirname(path), from) : from;
    if (target.startsWith('..')) return []; // outside src/: the messages
    const [other = ''] = target.split('/');
    if (!from.startsWith('.')) {
      return (PACKAGES[other]?.includes(folder) ?? true) ? [] : [`${path} imports ${other}`];
    }
    if (other !== folder && !allowed.includes(other)) return [`${path} imports ${other}/`];
    return folder === 'pages' && WRITERS.includes(target) ? [`${path} imports ${target}`] : [];
  });
}

test('every file of src/ keeps to the table', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => name.replaceAll('\\', '/')).filter((name) => /\.tsx?$/.test(name));
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => violations(file, readFileSync(join('src', file), 'utf8')));
  expect(found).toEqual([]);
});

/** A cycle of folders in a graph, as the names along it; undefined if there is none. */
function cycleIn(graph: Map<string, Set<string>>): string[] | undefined {
  const visit = (path: string[]): string[] | undefined => {
    for (const next of graph.get(path.at(-1) ?? '') ?? []) {
      const found = path.includes(next) ? [...path, next] : visit([...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  return [...graph.keys()].map((folder) => visit([folder])).find(Boolean);
}

/** The folders inside of `parent`, and which of them imports which. @param read the code of a file, by its path */
function subfolderImports(parent: string, files: readonly string[], read: (file: string) => string) {
  const graph = new Map<string, Set<string>>();
  const folderOf = (file: string) =>
    file.startsWith(`${parent}/`)
      ? file
          .slice(parent.length + 1)
          .split('/')
          .slice(0, -1)[0]
      : undefined;
  for (const file of files) {
    const folder = folderOf(file);
    if (!folder) continue;
    const targets = [...read(file).matchAll(IMPORT)].map(([, from = '']) =>
      folderOf(join(dirname(file), from)),
    );
    const others = targets.filter((other) => other !== undefined && other !== folder);
    graph.set(folder, new Set([...(graph.get(folder) ?? []), ...(others as string[])]));
  }
  return graph;
}

test('the folders of background/ import each other in one direction', () => {
  const names = readdirSync('src/background', { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => `background/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'));
  const graph = subfolderImports('background', files, (file) => readFileSync(join('src', file), 'utf8'));
  expect([...graph.keys()]).toContain('polling');
  expect(cycleIn(graph)).toBeUndefined();
  const loop: Record<string, string> = {
    'background/a/x.ts': use('../b/y.ts'),
    'background/b/y.ts': use('../c/z.ts'),
    'background/c/z.ts': use('../a/x.ts'),
  };
  const seeded = subfolderImports('background', Object.keys(loop), (file) => loop[file] ?? '');
  expect(cycleIn(seeded)).toEqual(['a', 'b', 'c', 'a']);
});

/** State of a module: a variable, or a collection that is filled later. */
const MODULE_STATE = /^(?:export )?(?:let |const \w+(?:: [^=]+)? = new (?:Map|Set|WeakMap|Mutex)\b)/m;

test('no module of background/ has state of its own: a lifetime has one WorkerMemory', () => {
  const names = readdirSync('src/background', { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts'));
  expect(
    files.filter((name) => MODULE_STATE.test(readFileSync(join('src/background', name), 'utf8'))),
  ).toEqual([]);
  for (const code of [
    'let count = 0;',
    'const all = new Map<string, number>();',
    'export const m: Mutex = new Mutex();',
  ])
    expect(code).toMatch(MODULE_STATE);
});

const folders = Object.keys(MAY_IMPORT);
const use = (from: string) => `import { thing } from '${from}';\nthing();\n`;

describe('each rule fails when it is broken', () => {
  test.each(
    folders.flatMap((folder) =>
      folders
        .filter((other) => other !== folder && !MAY_IMPORT[folder]?.includes(other))
        .map((other) => [folder, other]),
    ),
  )('%s/ from %s/', (folder, other) => {
    expect(violations(`${folder}/deep/x.ts`, use(`../../${other}/y.ts`))).toHaveLength(1);
    expect(violations(`${folder}/x.ts`, `await import('../${other}/y.ts')`)).toHaveLength(1);
  });

  test.each(Object.entries(PACKAGES))('the package %s', (name, allowed) => {
    for (const folder of folders) {
      expect(violations(`${folder}/x.ts`, use(name))).toHaveLength(allowed.includes(folder) ? 0 : 1);
    }
  });

  test('pages from a writer of stored state; a folder without a rule; a type import', () => {
    expect(violations('pages/x.ts', use('../storage/write-state.ts'))).toHaveLength(1);
    expect(violations('background/x.ts', use('../storage/write-state.ts'))).toEqual([]);
    expect(violations('helpers/x.ts', '')).toHaveLength(1);
    expect(violations('domain/x.ts', use('../helpers/x.ts'))).toHaveLength(1);
    expect(violations('domain/x.ts', "import type { T } from '../view/x.ts';")).toHaveLength(1);
  });
});

const GLOBALS = [
  ['kalshi/: fetch', 'src/kalshi/x.ts', "fetch('/');"],
  ['kalshi/: the clock', 'src/kalshi/x.ts', 'export const now = Date.now();'],
  ['view/: the document', 'src/view/x.ts', 'document.title;'],
  ['domain/: the clock', 'src/domain/x.ts', 'export const now = new Date();'],
  ['domain/: storage', 'src/domain/x.ts', 'indexedDB.open("x");'],
  ['kalshi/: chrome', 'src/kalshi/x.ts', 'chrome.runtime.reload();'],
  ['pages/: chrome', 'src/pages/shared/x.ts', 'chrome.runtime.reload();'],
  ['commands/: browser', 'src/commands/x.ts', 'browser.runtime.reload();'],
  ['storage/: browser', 'src/storage/x.ts', 'browser.runtime.reload();'],
  ['vault/: browser', 'src/vault/x.ts', 'browser.runtime.reload();'],
  ['background/: chrome', 'src/background/x.ts', 'chrome.runtime.reload();'],
];

test('lint refuses globals of the browser where they are passed in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    copyFileSync('biome.json', join(folder, 'biome.json'));
    for (const [index, [, path = '', code = '']] of GLOBALS.entries()) {
      const file = join(folder, path.replace('/x.', `/x${index}.`));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, code);
    }
    const args = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.'];
    const { stdout } = spawnSync(process.execPath, [toolScript('biome'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: object[] };
    const text = JSON.stringify(
      diagnostics.filter((each) => JSON.stringify(each).includes('noRestrictedGlobals')),
    ).replaceAll(/\\+/g, '/'); // the paths of Windows
    const missed = GLOBALS.filter(
      ([, path = ''], index) => !text.includes(path.replace('/x.', `/x${index}.`)),
    );
    expect(missed).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
