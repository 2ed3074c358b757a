// The background's source as one script, built once per process: importing its ninety modules again for every start of the
// background took 20 ms each time.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { build, type Rolldown } from 'vite';
import type { WorkerLifetime } from '../../fakes/browser.ts';

/** Tells `vitest --changed` that these tests depend on the source. */
export const importSource = () => import('../../../src/background/index.ts');

const entry = fileURLToPath(new URL('../../../src/background/index.ts', import.meta.url));
async function buildSource(): Promise<string> {
  const outputs = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      lib: { entry, formats: ['cjs'] },
      write: false,
      minify: false,
      target: 'esnext',
      rolldownOptions: { external: ['webextension-polyfill'] },
    },
  })) as Rolldown.RolldownOutput[];
  return outputs[0]?.output[0].code ?? '';
}

/** Where a process that runs these tests again and again keeps the script: the mutation tests, whose source stays the same. */
const kept = process.env.BACKGROUND_BUNDLE;
const code = kept && existsSync(kept) ? readFileSync(kept, 'utf8') : await buildSource();
if (kept) writeFileSync(kept, code);

const GLOBALS = ['fetch', 'setTimeout', 'indexedDB', 'navigator'] as const;
const run = compileFunction(code, ['require', 'exports', 'module', ...GLOBALS], {
  filename: entry.replace('index.ts', 'bundle.js'),
});

type Call = (...args: unknown[]) => unknown;
const never: Call = () => new Promise(() => undefined);

/** The global as it is at each use; once the background has ended, calls do nothing and never return. */
function whileAlive(name: (typeof GLOBALS)[number], lifetime: WorkerLifetime): unknown {
  const call = (of: Record<string, unknown>, method: string): unknown => {
    const value = lifetime.ended ? never : of[method];
    return typeof value === 'function' ? value.bind(of) : value;
  };
  if (typeof globalThis[name] === 'function') {
    return (...args: unknown[]) => (call(globalThis, name) as Call)(...args);
  }
  return new Proxy({}, { get: (_, method) => call(globalThis[name] as never, String(method)) });
}

/**
 * Runs the background with this as the extension API, as a browser does that starts it: without memory. One that has ended
 * while it awaited something else must not go on with the globals of the next.
 */
export function runBackground(api: unknown, lifetime: WorkerLifetime): void {
  const module = { exports: {} };
  run(() => api, module.exports, module, ...GLOBALS.map((name) => whileAlive(name, lifetime)));
}
