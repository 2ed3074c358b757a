// What the documents cite exists and is tracked by git: files, folders, links, npm scripts and programs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };
import { sourceFiles } from '../../../scripts/release/package.ts';

const markdownIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => name.endsWith('.md'));
const DOCUMENTS = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...markdownIn('.github'),
  ...markdownIn('tests'),
];

/** The files tracked by git; in an unpacked source zip, every file. */
const tracked = existsSync('.git')
  ? spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).stdout.split('\0').filter(Boolean)
  : Object.keys(sourceFiles());
const files = new Set(tracked.filter((name) => existsSync(name)));
const parents = (name: string): string[] => {
  const parent = dirname(name);
  return parent === '.' ? [] : [parent, ...parents(parent)];
};
const folders = new Set([...files].flatMap(parents));
/** Folders created by the project's own commands; git ignores them. */
const MADE = ['dist/', 'release/', 'pictures/', 'test-reports/'];
/** Base folders of paths: documents omit src/ and tests/, and cite files of the product. */
const ROOTS = ['', 'src', 'src/pages', 'tests', 'public'];

function isThere(path: string, document = ''): boolean {
  if (MADE.some((folder) => path.startsWith(folder))) return true;
  const name = path.replace(/\/$/, '');
  const candidates = [...ROOTS, dirname(document)].map((root) => posix.join(root, name));
  if (candidates.some((each) => files.has(each) || folders.has(each))) return true;
  // A file named without its folder, as in a list of files of one folder.
  return !name.includes('/') && [...files].some((file) => file.endsWith(`/${name}`));
}

/** Whether a code span is a path of this project: with a folder or a known ending. */
const isPath = (code: string) =>
  /^[\w.@{}-]+(\/[\w.@{}-]+)*\/?$/.test(code) &&
  /\.(tsx?|js|json|md|ya?ml|css|html|png|txt)$|^[A-Za-z][\w./-]*\/$|^(src|tests|scripts|public|\.github)\//.test(
    code,
  );

/** The paths and commands that a document cites in code spans, code blocks and links. */
function namesIn(document: string): { paths: string[]; commands: string[] } {
  const text = readFileSync(document, 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*/, ''));
  const lines = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const spans = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(
    ([, code = '']) => code,
  );
  return {
    paths: [...links.filter((target) => target && !/^https?:/.test(target)), ...spans.filter(isPath)],
    commands: [...spans, ...lines.flatMap((line) => line.split('&&'))].map((command) => command.trim()),
  };
}

/** What a command cites and does not exist; undefined if all does. */
function missingIn(command: string): string | undefined {
  const [, script = 'ci'] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? [];
  if (!['ci', 'install', 'run', 'sbom'].includes(script) && !(script in pkg.scripts)) return script;
  const [, program] = /^(?:node|bash) ([\w./-]+)/.exec(command) ?? [];
  return program && !files.has(program) ? program : undefined;
}

test.each(DOCUMENTS)('%s cites only what exists and is tracked', (document) => {
  const { paths, commands } = namesIn(document);
  expect(paths.filter((path) => !isThere(path, document))).toEqual([]);
  expect(commands.map(missingIn).filter(Boolean)).toEqual([]);
});

test('a file, a folder, a picture and a script that do not exist are found', () => {
  for (const path of ['tests/unit/release/nothing.test.ts', '.github/pictures/nothing.png', 'src/nothing/']) {
    expect(isPath(path) && !isThere(path), path).toBe(true);
  }
  expect(missingIn('npm run nothing')).toBe('nothing');
  expect(missingIn('node scripts/nothing.js')).toBe('scripts/nothing.js');
});
