// The supply chain: a fixed list of packages with exact versions and hashes; none of
// their install scripts run; and the job that publishes installs none.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };
import lock from '../../../package-lock.json' with { type: 'json' };
import { bill, shippedPackages } from '../../../scripts/release/package.ts';

/** The packages whose code ships. */
const SHIPPED = [
  'd3-array@3.2.5',
  'd3-time@3.1.1',
  'idb@8.0.4',
  'preact@11.2.0',
  'valibot@1.5.0',
  'webextension-polyfill@0.12.0',
];

type Locked = { version?: string; integrity?: string; dev?: boolean };
const locked = Object.entries(lock.packages as Record<string, Locked>).filter(([path]) => path);

test('exactly these packages ship, in these versions', () => {
  expect(shippedPackages()).toEqual(SHIPPED);
});

test('the bill of materials lists exactly what ships', () => {
  const { components, dependencies } = JSON.parse(bill());
  expect(components.map((each: { 'bom-ref': string }) => each['bom-ref']).sort()).toEqual(SHIPPED);
  const refs = dependencies.map(({ ref }: { ref: string }) => ref);
  expect(refs).toContain(`${pkg.name}@${pkg.version}`);
});

test('all package versions are exact, and the lockfile has their hashes', () => {
  for (const version of Object.values({ ...pkg.dependencies, ...pkg.devDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
  for (const name of SHIPPED) {
    const [, id, version] = /^(.+)@(.+)$/.exec(name) ?? [];
    const found = locked.find(([path]) => path === `node_modules/${id}`)?.[1];
    expect(found, name).toMatchObject({ version });
    expect(found?.dev, name).toBeUndefined();
  }
});

test('no install script of a package runs', () => {
  expect(readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
  const scripts = pkg.scripts as Record<string, string>;
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
    expect(scripts[hook]).toBeUndefined();
  }
});

test('the license of every package is in the product', () => {
  for (const target of ['chrome', 'firefox']) {
    const text = readFileSync(`dist/${target}/licences.txt`, 'utf8');
    for (const name of SHIPPED) expect(text).toContain(`## ${name.replace(/@(?=[^@]*$)/, ' - ')} (`);
    expect(text).toContain('https://mozilla.org/MPL/2.0/');
  }
});

describe('the workflows', () => {
  const workflows = readdirSync('.github/workflows').map((name) => ({
    name,
    text: readFileSync(`.github/workflows/${name}`, 'utf8'),
  }));

  test.each(workflows)('$name: actions by their commit, images by their digest', ({ text }) => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const [, image] of text.matchAll(/^ *container: (\S+)/gm)) {
      expect(image).toMatch(/^[\w.-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    }
  });

  test.each(workflows)('$name: no credentials remain in the checkout', ({ text }) => {
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  test('the job that runs packages has no privileges, and the privileged job runs no package', () => {
    const text = readFileSync('.github/workflows/release.yml', 'utf8');
    const [top = '', build = '', publish = ''] = text.split(/^ {2}(?:build|publish):$/m);
    expect(top).toContain('permissions: {}');
    expect(build).toMatch(/permissions:\n {6}contents: read\n {4}steps:/);
    expect(build).not.toMatch(/secrets\.|github\.token|: write/);
    expect(build).toContain('npm test');
    expect(publish).toContain('id-token: write');
    expect(publish).toContain('needs: build');
    expect(publish).not.toMatch(/npm |npx |yarn|node_modules|apt-get/);
    const commands = [...publish.matchAll(/run: node (\S+)/g)].map(([, script]) => script);
    expect(commands).toEqual(['scripts/release/sign.js']);
  });

  test("scripts of the publishing job import only Node's modules and each other", () => {
    const own = ['../setup.js', './release-files.js'];
    for (const script of [
      'scripts/release/sign.js',
      'scripts/setup.js',
      'scripts/release/release-files.js',
    ]) {
      const imports = [...readFileSync(script, 'utf8').matchAll(/ from '([^']+)'/g)].map(([, from]) => from);
      expect(
        imports.filter((from) => !from?.startsWith('node:') && !own.includes(from ?? '')),
        script,
      ).toEqual([]);
    }
  });
});
