// Has Firefox's zip of release/ signed by addons.mozilla.org (AMO), unlisted: release Firefox keeps no add-on without
// that signature. With the signed file it makes Firefox's file of updates. Without the owner's credentials it prints what is
// missing, and the release continues without both. After a failure it can be run again: AMO takes a version only once, so it
// continues with the version that is there. Plain JavaScript with nothing but Node's own modules: it runs where the owner's credentials are, and no package
// is installed there.
// The requests are those of AMO's add-ons API, version 5
// (https://mozilla.github.io/addons-server/topics/api/addons.html).
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { giveUp, ROOT, say } from '../setup.js';
import { repositoryOf, sha256, sumLine, UPDATES, updateManifest } from './release-files.js';

const { AMO_JWT_ISSUER: issuer, AMO_JWT_SECRET: secret } = process.env;
const API = process.env.AMO_API ?? 'https://addons.mozilla.org/api/v5/addons';
/** How often to request the state at AMO, and for how long. Milliseconds. */
const EVERY = Number(process.env.AMO_INTERVAL_MS ?? 5_000);
const AT_MOST = 20 * 60_000;

const release = join(ROOT, 'release');
const pkg = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { name, version } = pkg;
const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8'));
const guid = manifest.browser_specific_settings.gecko.id;
const zip = join(release, `${name}-${version}-firefox.zip`);
const source = join(release, `${name}-${version}-source.zip`);
const addon = `${API}/addon/${encodeURIComponent(guid)}/`;

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
 * @param {number} [allowed] a status that is no refusal here
 */
async function request(what, url, init = {}, allowed = 200) {
  const headers = { ...init.headers, Authorization: `JWT ${token()}`, Accept: 'application/json' };
  const response = await fetch(url, { ...init, headers, redirect: 'error' });
  if (!response.ok && response.status !== allowed) {
    giveUp(`${what} failed: AMO answered ${response.status} ${await response.text()}`);
  }
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
  return giveUp(`${what} took longer than ${AT_MOST / 60_000} minutes. Run it again later.`);
}

/**
 * Adds files of the same release to SHA256SUMS.
 * @param {Record<string, Uint8Array>} files by their names
 */
function addSums(files) {
  const path = join(release, 'SHA256SUMS');
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const others = lines.filter((line) => !(line.slice(line.indexOf('  ') + 2) in files));
  const own = Object.entries(files).map(([file, bytes]) => sumLine(file, bytes));
  writeFileSync(path, [...others.map((line) => `${line}\n`), ...own].join(''));
}

/**
 * Saves the signed file, and the file with which Firefox updates to it, if the project has an address.
 * @param {Uint8Array} bytes
 */
function save(bytes) {
  const file = `${name}-${version}.xpi`;
  /** @type {Record<string, Uint8Array>} */
  const files = { [file]: bytes };
  const repository = repositoryOf(pkg);
  if (repository) {
    const { strict_min_version: minVersion } = manifest.browser_specific_settings.gecko;
    files[UPDATES] = Buffer.from(updateManifest({ id: guid, version, minVersion, repository, file, bytes }));
  }
  for (const [each, content] of Object.entries(files)) {
    writeFileSync(join(release, each), content);
    say(each);
  }
  addSums(files);
}

/**
 * The version as an earlier run added it to AMO. Ends the program if it was made from another zip.
 * @param {string} notes of the version that would be added
 * @returns {Promise<{ id: number, source: string | null } | undefined>}
 */
async function earlierVersion(notes) {
  const found = await request('Looking for the version', `${addon}versions/v${version}/`, {}, 404);
  if (found.status === 404) return undefined;
  const earlier = await found.json();
  if (earlier.approval_notes !== notes) {
    giveUp(`AMO has a version ${version} already, made from another zip. Set a new version in package.json.`);
  }
  say('AMO has this version from an earlier run.');
  return earlier;
}

/**
 * Uploads the zip and adds it as a version.
 * @param {string} notes
 * @returns {Promise<{ id: number, source: null }>}
 */
async function addVersion(notes) {
  say(`Uploading ${basename(zip)}…`);
  const body = form({ upload: zip }, { channel: 'unlisted' });
  const { uuid } = await (await request('The upload', `${API}/upload/`, { method: 'POST', body })).json();
  await until('The validation', `${API}/upload/${uuid}/`, (upload) => {
    if (!upload.processed) return undefined;
    return upload.valid ? uuid : giveUp(`AMO finds the zip invalid: ${JSON.stringify(upload.validation)}`);
  });
  const added = await request('Adding the version', addon, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ version: { upload: uuid, approval_notes: notes } }),
  });
  return { id: (await added.json()).version.id, source: null };
}

async function sign() {
  const notes = `SHA-256 of the uploaded file: ${sha256(readFileSync(zip))}`;
  const { id, source: added } = (await earlierVersion(notes)) ?? (await addVersion(notes));
  const url = `${addon}versions/${id}/`;
  if (!added) await request('Adding the source', url, { method: 'PATCH', body: form({ source }) });
  say('Waiting for the signature…');
  const file = await until('The signing', url, ({ file }) => {
    if (file?.status === 'disabled') giveUp(`AMO has disabled version ${version}; its mail says why.`);
    return file?.status === 'public' ? file.url : undefined;
  });
  save(new Uint8Array(await (await request('The download', file)).arrayBuffer()));
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
