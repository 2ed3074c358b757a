// Has Firefox's zip of release/ signed by addons.mozilla.org (AMO), unlisted: release Firefox keeps no add-on without
// that signature. Without the owner's credentials it prints what is missing, and the release continues without a signed
// file. Plain JavaScript with nothing but Node's own modules: it runs where the owner's credentials are, and no package
// is installed there.
// The requests are those of AMO's add-ons API, version 5
// (https://mozilla.github.io/addons-server/topics/api/addons.html).
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { giveUp, ROOT, say } from '../setup.js';
import { sumLine, UPDATES, updateManifest } from './release-files.js';

const { AMO_JWT_ISSUER: issuer, AMO_JWT_SECRET: secret } = process.env;
const API = process.env.AMO_API ?? 'https://addons.mozilla.org/api/v5/addons';
/** How often to request the state at AMO, and for how long. Milliseconds. */
const EVERY = Number(process.env.AMO_INTERVAL_MS ?? 5_000);
const AT_MOST = 20 * 60_000;

const release = join(ROOT, process.env.RELEASE_FOLDER ?? 'release');
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8'));
const guid = manifest.browser_specific_settings.gecko.id;
const zip = join(release, `${name}-${version}-firefox.zip`);
const source = join(release, `${name}-${version}-source.zip`);

/** A token for one request (https://mozilla.github.io/addons-server/topics/api/auth.html). */
function token() {
  const now = Math.trunc(Date.now() / 1000);
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuer, jti: crypto.randomUUID(), iat: now, exp: now + 60 };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', String(secret)).update(text).digest('base64url')}`;
}

/**
 * One request. Ends the program if AMO refuses it.
 * @param {string} what what is being done, for the message
 * @param {string} url
 * @param {RequestInit} [init]
 */
async function request(what, url, init = {}) {
  const headers = { ...init.headers, Authorization: `JWT ${token()}`, Accept: 'application/json' };
  const response = await fetch(url, { ...init, headers, redirect: 'error' });
  if (!response.ok) giveUp(`${what} failed: AMO answered ${response.status} ${await response.text()}`);
  return response;
}

/** A form with files, read from disk. @param {Record<string, string>} files @param {Record<string, string>} fields */
function form(files, fields = {}) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  for (const [key, path] of Object.entries(files)) {
    body.set(key, new Blob([new Uint8Array(readFileSync(path))]), basename(path));
  }
  return body;
}

/**
 * Asks again and again until there is something.
 * @param {string} what
 * @param {string} url
 * @param {(answer: any) => string | undefined} find
 * @returns {Promise<string>}
 */
async function until(what, url, find) {
  for (const end = Date.now() + AT_MOST; Date.now() < end; ) {
    const found = find(await (await request(what, url)).json());
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  return giveUp(`${what} took longer than ${AT_MOST / 60_000} minutes.`);
}

/**
 * Firefox updates to the signed file, with its hash.
 * @param {string} file @param {Uint8Array} bytes @param {string} repository
 */
function replaceUpdates(file, bytes, repository) {
  const { strict_min_version: minVersion } = manifest.browser_specific_settings.gecko;
  const text = updateManifest({ id: guid, version, minVersion, repository, file, bytes });
  writeFileSync(join(release, UPDATES), text);
  const sums = join(release, 'SHA256SUMS');
  const others = readFileSync(sums, 'utf8')
    .split('\n')
    .filter((line) => line && !line.endsWith(`  ${UPDATES}`));
  const lines = [
    ...others.map((line) => `${line}\n`),
    sumLine(UPDATES, Buffer.from(text)),
    sumLine(file, bytes),
  ];
  writeFileSync(sums, lines.join(''));
}

async function sign() {
  say(`Uploading ${basename(zip)}…`);
  const body = form({ upload: zip }, { channel: 'unlisted' });
  const { uuid } = await (await request('The upload', `${API}/upload/`, { method: 'POST', body })).json();
  await until('The validation', `${API}/upload/${uuid}/`, (upload) => {
    if (!upload.processed) return undefined;
    return upload.valid ? uuid : giveUp(`AMO finds the zip invalid: ${JSON.stringify(upload.validation)}`);
  });
  const added = await request('Adding the version', `${API}/addon/${encodeURIComponent(guid)}/`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ version: { upload: uuid } }),
  });
  const { id } = (await added.json()).version;
  const url = `${API}/addon/${encodeURIComponent(guid)}/versions/${id}/`;
  await request('Adding the source', url, { method: 'PATCH', body: form({ source }) });
  say('Waiting for the signature…');
  const file = await until('The signing', url, ({ file }) =>
    file?.status === 'public' ? file.url : undefined,
  );
  const signed = await (await request('The download', file)).arrayBuffer();
  const path = join(release, `${name}-${version}.xpi`);
  writeFileSync(path, new Uint8Array(signed));
  say(basename(path));
  if (process.env.REPOSITORY) replaceUpdates(basename(path), new Uint8Array(signed), process.env.REPOSITORY);
}

if (!existsSync(zip)) giveUp('There is nothing to sign: run `npm run package` first.');
if (issuer && secret) await sign();
else {
  say('Not signed: AMO_JWT_ISSUER and AMO_JWT_SECRET are not both set.');
  say('The credentials are made at https://addons.mozilla.org/developers/addon/api/key/.');
  say(
    'Without a signature, only Firefox ESR, Developer Edition and Nightly keep the extension (see README.md).',
  );
}
