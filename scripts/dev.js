// `npm run dev`: sets up whatever is missing, then hot reload in a loaded Chromium. See dev-browser.ts.
import { spawn } from 'node:child_process';
import { ROOT, setUp } from './setup.js';

setUp();
process.on('SIGINT', () => {}); // the child closes its browser and ends; this process ends with it
const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo/dev-browser.ts'], {
  cwd: ROOT,
  stdio: 'inherit',
});
child.once('exit', (code) => {
  process.exitCode = code ?? 0;
});
