// Has Firefox's zip of release/ signed by AMO, unlisted: release Firefox keeps no add-on without that signature.
// Without the owner's credentials it says what is missing, and the release goes on without a signed file.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { giveUp, ROOT, say } from './setup.js';

const NEEDED = ['AMO_JWT_ISSUER', 'AMO_JWT_SECRET'];
const release = join(ROOT, 'release');
const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const zip = join(release, `${name}-${version}-firefox.zip`);

const missing = NEEDED.filter((variable) => !process.env[variable]);
if (!existsSync(zip)) giveUp('There is nothing to sign: run `npm run package` first.');
if (missing.length > 0) {
  say(`Not signed: ${missing.join(' and ')} not set.`);
  say('The credentials are made at https://addons.mozilla.org/developers/addon/api/key/.');
  say(
    'Without a signature, Firefox ESR, Developer Edition and Nightly alone can keep the extension (see README.md).',
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), 'sign-'));
  for (const [path, content] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  // web-ext takes the credentials from its own environment, so that they are on no command line.
  const env = {
    ...process.env,
    WEB_EXT_API_KEY: process.env.AMO_JWT_ISSUER,
    WEB_EXT_API_SECRET: process.env.AMO_JWT_SECRET,
  };
  const args = ['sign', '--channel', 'unlisted', '--source-dir', folder, '--artifacts-dir', release];
  const source = ['--upload-source-code', join(release, `${name}-${version}-source.zip`)];
  const { status } = spawnSync(join(ROOT, 'node_modules', '.bin', 'web-ext'), [...args, ...source], {
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) giveUp('AMO did not sign the extension; what it said is above.');
  if (!readdirSync(release).some((file) => file.endsWith('.xpi'))) giveUp('AMO gave no signed file back.');
}
