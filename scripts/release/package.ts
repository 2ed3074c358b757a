// `npm run package`: what a release is made of, into release/. The same bytes wherever and whenever it is made.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../manifest.json' with { type: 'json' };
import pkg from '../../package.json' with { type: 'json' };
import { archive, type Files, filesIn } from './archive.ts';
import { sumLine, UPDATES, updateManifest } from './release-files.js';

interface Component {
  'bom-ref': string;
}

interface Dependency {
  ref: string;
  dependsOn: string[];
}

/** Not part of the source: what is made from it, and what is fetched. */
const MADE = /^(node_modules|dist|release|pictures|\.git)\//;

/** The project's own files. Out of git where there is one; an unpacked source zip has only those. */
export function sourceFiles(): Files {
  if (!existsSync('.git')) {
    return Object.fromEntries(Object.entries(filesHere('')).filter(([name]) => !MADE.test(name)));
  }
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error('git ls-files failed');
  const names = stdout.split('\0').filter((name) => name && existsSync(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(name)]));
}

function filesHere(folder: string): Files {
  const found: Files = {};
  for (const entry of readdirSync(join('.', folder), { withFileTypes: true })) {
    const name = folder + entry.name;
    if (entry.isFile()) found[name] = readFileSync(name);
    else if (entry.isDirectory() && !MADE.test(`${name}/`)) Object.assign(found, filesHere(`${name}/`));
  }
  return found;
}

/**
 * The packages whose code is in the product, by name and version: read from the licence file that the bundler writes
 * into each build, which has one heading for each package that it took something from. The one place that counts them.
 */
export function shippedPackages(): string[] {
  const named = ['chrome', 'firefox'].flatMap((target) => {
    const text = readFileSync(join('dist', target, 'licences.txt'), 'utf8');
    return [...text.matchAll(/^## (\S+) - (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
  });
  return [...new Set(named)].sort();
}

/**
 * The same as CycloneDX has it: without the time, the number and the folder's name, which npm would put in and which
 * make every run differ. What is not shipped is left out here, as `npm sbom --omit dev` (npm 11) also leaves out what
 * is shipped and required by a package that is not.
 */
export function bill(): string {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { stdout, stderr, status } = spawnSync('npm', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  const { serialNumber: _, metadata, components, dependencies, ...rest } = JSON.parse(stdout);
  const { timestamp: __, tools: ___, ...described } = metadata;
  const component = { ...described.component, type: 'application', name: pkg.name };
  const shipped = shippedPackages();
  const bill = {
    ...rest,
    metadata: { ...described, component },
    components: components.filter((each: Component) => shipped.includes(each['bom-ref'])),
    dependencies: dependencies
      .filter(({ ref }: Dependency) => ref === component['bom-ref'] || shipped.includes(ref))
      .map(({ ref, dependsOn }: Dependency) => ({
        ref,
        dependsOn: dependsOn.filter((on) => shipped.includes(on)),
      })),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** Firefox's file of updates, if the address of the project is known. Signing replaces it (sign.js). */
function updates(file: string): Record<string, Uint8Array> {
  const { REPOSITORY: repository } = process.env;
  if (!repository) return {};
  const { id, strict_min_version: minVersion } = manifest.browser_specific_settings.gecko;
  const bytes = archive(filesIn('dist/firefox'));
  const text = updateManifest({ id, version: pkg.version, minVersion, repository, file, bytes });
  return { [UPDATES]: Buffer.from(text) };
}

/** The files of a release by their names. The two builds have to be in dist/. */
export function release(): Record<string, Uint8Array> {
  const name = `${pkg.name}-${pkg.version}`;
  const files: Record<string, Uint8Array> = {
    [`${name}-chromium.zip`]: archive(filesIn('dist/chrome')),
    [`${name}-firefox.zip`]: archive(filesIn('dist/firefox')),
    [`${name}-source.zip`]: archive(sourceFiles()),
    [`${name}.cdx.json`]: Buffer.from(bill()),
    ...updates(`${name}-firefox.zip`),
  };
  const sums = Object.entries(files).map(([name, bytes]) => sumLine(name, bytes));
  return { ...files, SHA256SUMS: Buffer.from(sums.join('')) };
}

if (process.argv[1]?.endsWith('package.ts')) {
  const files = release();
  rmSync('release', { recursive: true, force: true });
  mkdirSync('release');
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join('release', name), bytes);
    process.stdout.write(`${String(bytes.length).padStart(9)}  release/${name}\n`);
  }
  process.stdout.write(`\n${Buffer.from(files.SHA256SUMS ?? []).toString()}`);
}
