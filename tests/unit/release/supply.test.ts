// The supply chain: a fixed list of packages with exact versions and hashes; none of
// their install scripts run; and the job that publishes installs none.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };
import lock from '../../../package-lock.json' with { type: 'json' };
import { bill, shippedPackages } from '../../../scripts/release/bill.ts';

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

describe('the bill of materials', () => {
  const own = `${pkg.name}@${pkg.version}`;

  test('lists exactly what ships, and what requires it', () => {
    const { metadata, components, dependencies } = JSON.parse(bill(lock, SHIPPED));
    expect(metadata.component).toMatchObject({ 'bom-ref': own, licenses: [{ expression: 'MIT' }] });
    expect(components.map((each: { 'bom-ref': string }) => each['bom-ref'])).toEqual(SHIPPED);
    const direct = SHIPPED.filter((ref) => ref.slice(0, ref.lastIndexOf('@')) in pkg.dependencies);
    expect(dependencies).toContainEqual({ ref: own, dependsOn: direct });
    expect(dependencies).toContainEqual({ ref: 'd3-time@3.1.1', dependsOn: ['d3-array@3.2.5'] });
  });

  test('describes a package with the hash of the lockfile, in hexadecimal digits', () => {
    const packages = {
      '': { license: 'MIT' },
      'node_modules/@a/b': { version: '1.0.0', license: 'ISC', integrity: 'sha512-AP+Q', resolved: 'x' },
    };
    const { components } = JSON.parse(bill({ name: 'own', version: '2.0.0', packages }, ['@a/b@1.0.0']));
    expect(components).toEqual([
      {
        type: 'library',
        'bom-ref': '@a/b@1.0.0',
        name: '@a/b',
        version: '1.0.0',
        licenses: [{ expression: 'ISC' }],
        purl: 'pkg:npm/%40a/b@1.0.0',
        hashes: [{ alg: 'SHA-512', content: '00ff90' }],
      },
    ]);
  });

  test('is not made with another version than that of the lockfile', () => {
    expect(() => bill(lock, ['idb@0.0.1'])).toThrow('idb@0.0.1');
  });
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
    expect(build).toMatch(/run: npm test -- --all\n {6}- run: npm run zip\n/); // what is tested is packed, not built again
    expect(publish).toContain('id-token: write');
    expect(publish).toContain('needs: build');
    expect(publish).toContain('environment: release');
    expect(publish).not.toMatch(/npm |npx |yarn|node_modules|apt-get/);
    const commands = [...publish.matchAll(/run: node (\S+)/g)].map(([, script]) => script);
    expect(commands).toEqual(['scripts/release/check-tag.js', 'scripts/release/sign.js']);
  });
});
