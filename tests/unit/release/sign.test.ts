// Signing for Firefox, against a simulated addons.mozilla.org: the requests of its API in their order, each with a
// token of its own; and the output when something is missing or refused. It runs in a folder without packages, as in the job
// that publishes.
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };

const SECRET = 'made up for this test';
const GUID = encodeURIComponent('kalshi-balance-badge@balance-badge');
const name = `${pkg.name}-${pkg.version}`;
const REPOSITORY = 'https://example.org/project';
const hash = (content: string) => createHash('sha256').update(content).digest('hex');

let folder: string;
const released = (file: string) => join(folder, 'release', file);
let server: Server;
let requests: string[];
let tokens: string[];
/** How often the answer is "not yet" before it is the final one. */
let pending: number;
let valid: boolean;
/** The version as AMO has it. */
let version: { approval_notes: string; source: string | null; status: string } | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-'));
  for (const each of ['scripts/release', 'release']) mkdirSync(join(folder, each), { recursive: true });
  const own = [
    'scripts/setup.js',
    'scripts/release/sign.js',
    'scripts/release/release-files.js',
    'manifest.json',
  ];
  for (const file of own) copyFileSync(file, join(folder, file));
  project({ repository: REPOSITORY });
  writeFileSync(released(`${name}-firefox.zip`), 'zip');
  writeFileSync(released(`${name}-source.zip`), 'source');
  writeFileSync(released('SHA256SUMS'), `aa  ${name}-source.zip\n`);
  [requests, tokens, pending, valid, version] = [[], [], 2, true, undefined];
  server = createServer((request, response) => {
    const url = request.url ?? '';
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('latin1');
      const files = [...body.matchAll(/filename="([^"]+)"/g)].map(([, file]) => file);
      requests.push([request.method, url, ...files].join(' '));
      tokens.push(String(request.headers.authorization));
      const answer = (value: object) => response.end(JSON.stringify(value));
      if (url === '/signed.xpi') return response.end('signed bytes');
      if (url.endsWith('/upload/')) return answer({ uuid: 'u1' });
      if (url.includes('/upload/'))
        return answer({ processed: pending-- < 1, valid, validation: 'a reason' });
      if (request.method === 'PUT') {
        const { upload, approval_notes } = JSON.parse(body).version;
        expect(upload).toBe('u1');
        version = { approval_notes, source: null, status: 'public' };
        return answer({ version: { id: 7 } });
      }
      if (!version) return response.writeHead(404).end();
      if (request.method === 'PATCH') version.source = 'source.zip';
      const { port } = server.address() as AddressInfo;
      const { status, ...rest } = version;
      return answer({ id: 7, ...rest, file: { status, url: `http://127.0.0.1:${port}/signed.xpi` } });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** The project's package.json, with these entries of its own. */
function project(entries: object) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...pkg, ...entries }));
}

async function sign(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, ['scripts/release/sign.js'], {
    cwd: folder,
    env: {
      ...process.env,
      AMO_API: `http://127.0.0.1:${port}/api/v5/addons`,
      AMO_INTERVAL_MS: '1',
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

const CREDENTIALS = { AMO_JWT_ISSUER: 'user:1:2', AMO_JWT_SECRET: SECRET };
const API = '/api/v5/addons';
const VERSION = `${API}/addon/${GUID}/versions`;

test('uploads, adds the version with its source, waits, and saves the signed file', async () => {
  const { code, output } = await sign(CREDENTIALS);
  expect(output).toContain(`${name}.xpi`);
  expect(code).toBe(0);
  expect(requests).toEqual([
    `GET ${VERSION}/v${pkg.version}/`,
    `POST ${API}/upload/ ${name}-firefox.zip`,
    ...Array(3).fill(`GET ${API}/upload/u1/`),
    `PUT ${API}/addon/${GUID}/`,
    `PATCH ${VERSION}/7/ ${name}-source.zip`,
    `GET ${VERSION}/7/`,
    'GET /signed.xpi',
  ]);
  expect(readFileSync(released(`${name}.xpi`), 'utf8')).toBe('signed bytes');
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) {
    const [, text = '', signature] = /^JWT (.+)\.([^.]+)$/.exec(token) ?? [];
    expect(signature).toBe(createHmac('sha256', SECRET).update(text).digest('base64url'));
    const claims = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'user:1:2', exp: claims.iat + 60 });
  }
  expect(output).not.toContain(SECRET);
});

test('Firefox updates to the signed file; a second run writes the same', async () => {
  for (const run of ['first', 'second']) {
    expect((await sign(CREDENTIALS)).code, run).toBe(0);
    const text = readFileSync(released('updates.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({
      addons: {
        'kalshi-balance-badge@balance-badge': {
          updates: [
            {
              version: pkg.version,
              update_link: `${REPOSITORY}/releases/download/v${pkg.version}/${name}.xpi`,
              update_hash: `sha256:${hash('signed bytes')}`,
              applications: { gecko: { strict_min_version: '140.0' } },
            },
          ],
        },
      },
    });
    expect(readFileSync(released('SHA256SUMS'), 'utf8')).toBe(
      `aa  ${name}-source.zip\n${hash('signed bytes')}  ${name}.xpi\n${hash(text)}  updates.json\n`,
    );
  }
});

test('a project without an address: the signed file, and no file of updates', async () => {
  project({ repository: undefined });
  expect((await sign(CREDENTIALS)).code).toBe(0);
  expect(existsSync(released(`${name}.xpi`))).toBe(true);
  expect(existsSync(released('updates.json'))).toBe(false);
  expect(readFileSync(released('SHA256SUMS'), 'utf8')).toContain(`  ${name}.xpi\n`);
});

const NOTES = `SHA-256 of the uploaded file: ${hash('zip')}`;

test.each([
  ['before its source', null, [`PATCH ${VERSION}/7/ ${name}-source.zip`]],
  ['after its source', 'source.zip', []],
])('after a run that failed %s was added, it continues with that version', async (_, source, added) => {
  version = { approval_notes: NOTES, source, status: 'public' };
  expect((await sign(CREDENTIALS)).code).toBe(0);
  expect(requests).toEqual([
    `GET ${VERSION}/v${pkg.version}/`,
    ...added,
    `GET ${VERSION}/7/`,
    'GET /signed.xpi',
  ]);
  expect(readFileSync(released(`${name}.xpi`), 'utf8')).toBe('signed bytes');
});

test.each([
  [
    'was made from another zip',
    { approval_notes: NOTES.replace(/.$/, '?'), status: 'public' },
    'another zip',
  ],
  ['is disabled by AMO', { approval_notes: NOTES, status: 'disabled' }, 'disabled'],
])('a version that %s: prints that and saves nothing', async (_, earlier, sentence) => {
  version = { source: 'source.zip', ...earlier };
  const { code, output } = await sign(CREDENTIALS);
  expect(code).toBe(1);
  expect(output).toContain(sentence);
  expect(requests.some((each) => !each.startsWith('GET'))).toBe(false);
  expect(existsSync(released(`${name}.xpi`))).toBe(false);
});

test('a zip rejected by AMO: prints the reason and adds nothing', async () => {
  valid = false;
  const { code, output } = await sign(CREDENTIALS);
  expect(code).toBe(1);
  expect(output).toContain('a reason');
  expect(requests.some((each) => each.startsWith('PUT'))).toBe(false);
});

test('without credentials: prints what is missing, and the release continues', async () => {
  const { code, output } = await sign({ AMO_JWT_ISSUER: '', AMO_JWT_SECRET: '' });
  expect(code).toBe(0);
  expect(output).toContain('AMO_JWT_ISSUER and AMO_JWT_SECRET');
  expect(requests).toEqual([]);
  expect(existsSync(released('updates.json'))).toBe(false);
});

test('without a zip: prints how to create one', async () => {
  rmSync(released(`${name}-firefox.zip`));
  expect(await sign(CREDENTIALS)).toMatchObject({
    code: 1,
    output: expect.stringContaining('npm run package'),
  });
});
