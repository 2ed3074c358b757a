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
    action,
    ...shared
  } = manifest;
  const own =
    target === 'firefox'
      ? // On the toolbar from the start; Chromium lets only the user put it there. Firefox knows no
        // externally_connectable: nobody can connect there anyway.
        { browser_specific_settings: gecko, action: { ...action, default_area: 'navbar' } }
      : { externally_connectable, minimum_chrome_version, key, action };
  // The development server injects scripts and a websocket, which the shipped policy rightly forbids.
  const policy = dev ? {} : { content_security_policy: csp };
  return { ...shared, ...own, ...policy, version: pkg.version } as ManifestV3Export;
}

export default defineConfig(({ command, mode }) => {
  const dev = command === 'serve';
  // Whatever the shell says: a build for development would carry this machine's paths.
  if (!dev) process.env.NODE_ENV = 'production';
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
      license: { fileName: 'licences.txt' }, // of everything that runs in the product; linked from the options page
    },
    server: {
      port: 5173,
      strictPort: true,
      hmr: { host: 'localhost', port: 5173 },
      cors: { origin: [/^chrome-extension:\/\//] },
    },
  };
});
