// Whether the tag of a release may be published: it is the version, its commit is on main, and the builds have the address of
// the repository that publishes them. Plain JavaScript: the job that publishes runs it, where no package is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, ROOT, say } from '../setup.js';
import { repositoryOf } from './release-files.js';

const { GITHUB_REF_NAME: tag, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
const pkg = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

if (tag !== `v${pkg.version}`) giveUp(`The tag ${tag} is not v${pkg.version}, the version in package.json.`);
if (repositoryOf(pkg) !== `${server}/${name}`) {
  giveUp(`"repository" in package.json is not ${server}/${name}: browsers would look for updates elsewhere.`);
}
const { status, stderr } = spawnSync('git', ['merge-base', '--is-ancestor', 'HEAD', 'origin/main'], {
  cwd: ROOT,
  encoding: 'utf8',
});
if (status !== 0) giveUp(`The commit of ${tag} is not on main. ${stderr}`);
say(`${tag} is on main.`);
