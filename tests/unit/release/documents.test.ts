// Everything that the documents cite exists and is tracked by git: paths, files, scripts, commands and pictures.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };
import { sourceFiles } from '../../../scripts/release/package.ts';

const FOLDER = '.github';
const DOCUMENTS = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(FOLDER, name.replaceAll('\\', '/')))
    .filter((name) => /\.(md|ya?ml)$/.test(name)),
];

/** The files tracked by git; in an unpacked source zip, every file. */
const tracked = existsSync('.git')
  ? spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).stdout.split('\0').filter(Boolean)
  : Object.keys(sourceFiles());
const files = new Set(tracked.filter((name) => existsSync(name)));
const folders = new Set([...files].flatMap(parents));

/** Folders created by the project's own commands; git ignores them. */
const MADE = readFileSync('.gitignore', 'utf8')
  .split('\n')
  .filter((line) => line.endsWith('/'))
  .map((line) => line.replace(/^\//, ''));

function parents(name: string): string[] {
  const parent = dirname(name);
  return parent === '.' ? [] : [parent, ...parents(parent)];
}

/** Base folders of paths: documents omit src/ and tests/, and cite files of the product. */
const ROOTS = ['', 'src', 'tests', 'public'];

function isThere(path: string): boolean {
  if (MADE.some((folder) => path.startsWith(folder))) return true;
  const name = path.replace(/\/$/, '');
  if (ROOTS.some((root) => files.has(posix.join(root, name)) || folders.has(posix.join(root, name))))
    return true;
  // A file named without its folder, as in a list of files of one folder.
  return !name.includes('/') && [...files].some((file) => file.endsWith(`/${name}`));
}

/** The texts in which a document cites files: code spans and blocks, links, and the commands of a workflow. */
function namesIn(document: string): { paths: string[]; commands: string[] } {
  const text = readFileSync(document, 'utf8');
  const paths: string[] = [];
  const commands: string[] = [];
  if (/ya?ml$/.test(document)) {
    commands.push(...[...text.matchAll(/\brun: (.+)$/gm)].map(([, command = '']) => command));
    paths.push(...[...text.matchAll(/\b(?:[A-Z]{4,}\.md)\b/g)].map(([name]) => name));
    return { paths, commands };
  }
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (!/^(https?:|#)/.test(target)) paths.push(target.replace(/#.*/, ''));
  }
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  for (const block of blocks) {
    for (const line of block.split('\n')) commands.push(...line.split('&&').map((part) => part.trim()));
    paths.push(...treeIn(block));
  }
  for (const [, code = ''] of text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)) {
    if (/^(npm|npx|node|bash) /.test(code)) commands.push(code);
    else if (isPath(code)) paths.push(code);
  }
  return { paths, commands };
}

/** Whether a code span is a path of this project: letters, dots and slashes, with a folder or a known ending. */
function isPath(code: string): boolean {
  if (!/^[\w.@{}*-]+(\/[\w.@{}*-]+)*\/?$/.test(code) || /^\d/.test(code)) return false;
  return (
    /\.(tsx?|js|json|md|ya?ml|css|html|png|txt)$/.test(code) ||
    /^[\w.-]+\/$/.test(code) ||
    /^(src|tests|public|\.github)\//.test(code)
  );
}

/** The folders and files of a drawn tree: each line begins with its name, indented by two blanks a level. */
function treeIn(block: string): string[] {
  const found: string[] = [];
  const above: string[] = [];
  for (const line of block.split('\n')) {
    const [, blanks, names] = /^( *)((?:[\w.-]+\/?)(?: {2,}[\w.-]+\/)*)(?: {2,}|$)/.exec(line) ?? [];
    if (blanks === undefined || !names || !/\/$|\.(json|ts)$/.test(names)) continue;
    const depth = blanks.length / 2;
    for (const name of names.split(/ {2,}/)) {
      above.length = depth;
      found.push([...above, name].join(''));
      if (name.endsWith('/')) above[depth] = name;
    }
  }
  return found;
}

/** The error in a command; undefined if everything that it cites exists. */
function faultOf(command: string): string | undefined {
  const [, script] = /^npm (?:run )?([\w-]+)/.exec(command) ?? [];
  if (script && !['ci', 'install', 'run', 'sbom'].includes(script) && !(script in pkg.scripts))
    return `no script ${script}`;
  const [, program] = /\bnode ([\w./-]+\.js)/.exec(command) ?? [];
  if (program && !files.has(program)) return `no ${program}`;
  const [, shell] = /\bbash ([\w./-]+)/.exec(command) ?? [];
  if (shell && !files.has(shell)) return `no ${shell}`;
  const [, project] = /--project (\w+)/.exec(command) ?? [];
  if (project && !readFileSync('vitest.config.ts', 'utf8').includes(`name: '${project}'`))
    return `no project ${project}`;
  return undefined;
}

test.each(DOCUMENTS)('%s cites only files that exist and are tracked', (document) => {
  const { paths, commands } = namesIn(document);
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
  expect(commands.map(faultOf).filter(Boolean)).toEqual([]);
});

test('the documents cite enough files for this test to be meaningful', () => {
  const all = DOCUMENTS.map(namesIn);
  expect(all.flatMap(({ paths }) => paths).length).toBeGreaterThan(100);
  expect(all.flatMap(({ commands }) => commands).length).toBeGreaterThan(20);
});

test.each([
  ['tests/unit/release/nothing.test.ts'],
  ['.github/pictures/nothing.png'],
  ['src/nothing/'],
  ['nothing.ts'],
])('%s would be found to be missing', (path) => {
  expect(isThere(path)).toBe(false);
});

test('ignore patterns apply at the top level only, so no deeper folder is left out of git', () => {
  for (const line of readFileSync('.gitignore', 'utf8').split('\n')) {
    if (line.endsWith('/')) expect(line).toMatch(/^\/|^node_modules\/$/);
  }
});

test('every picture of the documents is small', () => {
  const pictures = [...files].filter((name) => name.startsWith('.github/pictures/'));
  expect(pictures.length).toBeGreaterThan(0);
  for (const name of pictures) expect(readFileSync(name).length, name).toBeLessThan(200_000);
});
