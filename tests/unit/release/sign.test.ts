// Signing for Firefox, against a simulated addons.mozilla.org: the requests of its API in their order, each with a
// token of its own; and the output when something is missing or refused.
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import pkg from '../../../package.json' with { type: 'json' };

const SECRET = 'made up for this test';
const GUID = encodeURIComponent('kalshi-balance-badge@balance-badge');
const name = `${pkg.name}-${pkg.version}`;

let folder: string;
let server: Server;
let requests: string[];
let tokens: string[];
/** How often the answer is "not yet" before it is the final one. */
let pending: number;
let valid: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-'));
  [requests, tokens, pending, valid] = [[], [], 2, true];
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
        expect(JSON.parse(body)).toEqual({ version: { upload: 'u1' } });
        return answer({ version: { id: 7 } });
      }
      if (request.method === 'PATCH') return answer({});
      const { port } = server.address() as AddressInfo;
      return answer({ file: { status: 'public', url: `http://127.0.0.1:${port}/signed.xpi` } });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function sign(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, ['scripts/release/sign.js'], {
    env: {
      ...process.env,
      AMO_API: `http://127.0.0.1:${port}/api/v5/addons`,
      AMO_INTERVAL_MS: '1',
      RELEASE_FOLDER: relative('.', folder),
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

const CREDENTIALS = { AMO_JWT_ISSUER: 'user:1:2', AMO_JWT_SECRET: SECRET };
const files = () => {
  writeFileSync(join(folder, `${name}-firefox.zip`), 'zip');
  writeFileSync(join(folder, `${name}-source.zip`), 'source');
};

test('uploads, adds the version with its source, waits, and saves the signed file', async () => {
  files();
  const { code, output } = await sign(CREDENTIALS);
  expect(output).toContain(`${name}.xpi`);
  expect(code).toBe(0);
  const api = '/api/v5/addons';
  expect(requests).toEqual([
    `POST ${api}/upload/ ${name}-firefox.zip`,
    ...Array(3).fill(`GET ${api}/upload/u1/`),
    `PUT ${api}/addon/${GUID}/`,
    `PATCH ${api}/addon/${GUID}/versions/7/ ${name}-source.zip`,
    `GET ${api}/addon/${GUID}/versions/7/`,
    'GET /signed.xpi',
  ]);
  expect(readFileSync(join(folder, `${name}.xpi`), 'utf8')).toBe('signed bytes');
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) {
    const [, text = '', signature] = /^JWT (.+)\.([^.]+)$/.exec(token) ?? [];
    expect(signature).toBe(createHmac('sha256', SECRET).update(text).digest('base64url'));
    const claims = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'user:1:2', exp: claims.iat + 60 });
  }
  expect(output).not.toContain(SECRET);
});

test('Firefox updates to the signed file, whose hash replaces that of the zip', async () => {
  files();
  const sums = join(folder, 'SHA256SUMS');
  writeFileSync(sums, `aa  ${name}-source.zip\nbb  updates.json\n`);
  const repository = 'https://example.org/project';
  expect((await sign({ ...CREDENTIALS, REPOSITORY: repository })).code).toBe(0);
  const text = readFileSync(join(folder, 'updates.json'), 'utf8');
  const hash = (content: string) => createHash('sha256').update(content).digest('hex');
  expect(JSON.parse(text)).toEqual({
    addons: {
      'kalshi-balance-badge@balance-badge': {
        updates: [
          {
            version: pkg.version,
            update_link: `${repository}/releases/download/v${pkg.version}/${name}.xpi`,
            update_hash: `sha256:${hash('signed bytes')}`,
            applications: { gecko: { strict_min_version: '140.0' } },
          },
        ],
      },
    },
  });
  expect(readFileSync(sums, 'utf8')).toBe(
    `aa  ${name}-source.zip\n${hash(text)}  updates.json\n${hash('signed bytes')}  ${name}.xpi\n`,
  );
});

test('a zip rejected by AMO: prints the reason and adds nothing', async () => {
  files();
  valid = false;
  const { code, output } = await sign(CREDENTIALS);
  expect(code).toBe(1);
  expect(output).toContain('a reason');
  expect(requests.some((each) => each.startsWith('PUT'))).toBe(false);
});

test('without credentials: prints what is missing, and the release continues', async () => {
  files();
  const { code, output } = await sign({ AMO_JWT_ISSUER: '', AMO_JWT_SECRET: '' });
  expect(code).toBe(0);
  expect(output).toContain('AMO_JWT_ISSUER and AMO_JWT_SECRET');
  expect(requests).toEqual([]);
});

test('without a zip: prints how to create one', async () => {
  expect(await sign(CREDENTIALS)).toMatchObject({
    code: 1,
    output: expect.stringContaining('npm run package'),
  });
});
