// `npm start`: sets up whatever is missing, builds, and shows the extension at work. See demo.ts for what it does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { giveUp, ROOT, runTool, say, setUp } from './setup.js';

setUp();
say('Building…');
if (!runTool('vite', ['build', '--mode', 'chrome', '--logLevel', 'warn'])) {
  giveUp('The build failed; the reason is above.');
}
const demo = [join('scripts', 'demo', 'demo.ts'), ...process.argv.slice(2)];
process.on('SIGINT', () => {}); // the demonstration closes its browser and ends; this process ends with it
const { status } = spawnSync(process.execPath, ['--import', 'tsx', ...demo], { cwd: ROOT, stdio: 'inherit' });
process.exitCode = status ?? 1;
