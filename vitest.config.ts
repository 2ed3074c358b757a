// Three kinds of tests: `unit` in node, `pages` in happy-dom, `browser` on the shipped build in real browsers.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const preact = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } } };

/** Tests in node import the extension API of a fake browser. */
const fakeApi = fileURLToPath(new URL('tests/fakes/webextension-polyfill.ts', import.meta.url));

export default defineConfig({
  test: {
    // `slow`: what a change seldom breaks and takes long; `npm run test:slow` (CONTRIBUTING.md).
    tags: [{ name: 'slow', description: 'left out of npm test' }],
    maxWorkers: 2, // as many browsers at once as the smallest machine has cores
    projects: [
      {
        ...preact,
        resolve: { alias: { 'webextension-polyfill': fakeApi } },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts', 'tests/exchange/**/*.test.ts'],
          testTimeout: 60_000, // simulated days and years: a slow machine decides nothing
        },
      },
      {
        ...preact,
        test: { name: 'pages', environment: 'happy-dom', include: ['tests/pages/**/*.test.tsx'] },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          isolate: false, // files of one worker share a browser (shared-chromium.ts)
          globalSetup: ['tests/browser/harness/end-browsers.ts'],
          testTimeout: 300_000, // each wait has its own limit, and says what it waited for: this ends what hangs otherwise
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
