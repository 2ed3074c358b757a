// Builds one extension for two browsers: `--mode chrome` → dist/chrome, `--mode firefox` → dist/firefox,
// and `vite` (serve) → dist/dev. Everything that differs between them is in this file.
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import pkg from './package.json' with { type: 'json' };

type Target = 'chrome' | 'firefox';

/** The manifest of one browser. The version comes from package.json alone. */
function manifestFor(target: Target, dev: boolean): ManifestV3Export {
  const {
    browser_specific_settings: gecko,
    externally_connectable,
    minimum_chrome_version,
    key,
    content_security_policy: csp,
    ...shared
  } = manifest;
  const own =
    target === 'firefox'
      ? { browser_specific_settings: gecko } // Firefox knows no externally_connectable: nobody can connect there anyway
      : { externally_connectable, minimum_chrome_version, key };
  // The development server injects scripts and a websocket, which the shipped policy rightly forbids.
  const policy = dev ? {} : { content_security_policy: csp };
  return { ...shared, ...own, ...policy, version: pkg.version } as ManifestV3Export;
}

export default defineConfig(({ command, mode }) => {
  const dev = command === 'serve';
  const target: Target = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    plugins: [crx({ manifest: manifestFor(target, dev), browser: target })],
    build: {
      outDir: dev ? 'dist/dev' : `dist/${target}`,
      emptyOutDir: true,
      target: 'es2023',
      // The polyfill is a script of Vite's own; both browsers preload modules without it.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0, // data: URLs are outside the content security policy
      sourcemap: false,
    },
    server: {
      port: 5173,
      strictPort: true,
      hmr: { host: 'localhost', port: 5173 },
      cors: { origin: [/^chrome-extension:\/\//] },
    },
  };
});
