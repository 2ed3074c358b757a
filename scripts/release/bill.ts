// The bill of materials in CycloneDX's format (https://cyclonedx.org/docs/1.5/json/), from package-lock.json alone: what
// `npm sbom` writes differs between versions of npm.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package-lock.json says about a package, itself among them. */
interface Locked {
  version?: string;
  integrity?: string;
  license?: string;
  dependencies?: Record<string, string>;
}

interface Lockfile {
  name: string;
  version: string;
  packages: Record<string, Locked>;
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
 * The bill without a time and a serial number, which would make every run differ.
 * @param shipped `name@version` of each package; throws if the lockfile has another version, or no SHA-512 of it
 */
export function bill(lock: Lockfile, shipped: readonly string[]): string {
  const packages = shipped.map((ref) => {
    const name = ref.slice(0, ref.lastIndexOf('@'));
    const { integrity = '', ...locked } = lock.packages[`node_modules/${name}`] ?? {};
    if (`${name}@${locked.version}` !== ref || !integrity.startsWith('sha512-')) {
      throw new Error(`package-lock.json has no hash of ${ref}`);
    }
    return { ...locked, ref, name, sha512: integrity.slice('sha512-'.length) };
  });
  const own = { ...lock.packages[''], ref: `${lock.name}@${lock.version}`, name: lock.name };
  const described = ({ ref, name, version, license }: Locked & { ref: string; name: string }) => ({
    'bom-ref': ref,
    name,
    version,
    ...(license && { licenses: [{ expression: license }] }),
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  });
  const requires = ({ ref, dependencies = {} }: Locked & { ref: string }) => ({
    ref,
    dependsOn: packages.filter(({ name }) => name in dependencies).map((each) => each.ref),
  });
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', ...described(own) } },
    components: packages.map((each) => ({
      type: 'library',
      ...described(each),
      hashes: [{ alg: 'SHA-512', content: Buffer.from(each.sha512, 'base64').toString('hex') }],
    })),
    dependencies: [own, ...packages].map(requires),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
