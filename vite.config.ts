// Builds one extension for two browsers: `--mode chrome` → dist/chrome, `--mode firefox` → dist/firefox,
// and `vite` (serve) → dist/dev. All differences between them are in this file.
import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import pkg from './package.json' with { type: 'json' };
import { releasesUrl, repositoryOf, updatesUrl } from './scripts/release/release-files.js';

type Target = 'chrome' | 'firefox';

const REPOSITORY = repositoryOf(pkg);

/** When this version was released, by its heading in CHANGELOG.md; unix milliseconds, or undefined if it was not. */
function releasedAt(): number | undefined {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const heading = changelog.split('\n').find((line) => line.startsWith(`## [${pkg.version}]`));
  const date = heading?.match(/\d{4}-\d{2}-\d{2}$/)?.[0];
  return date === undefined ? undefined : Date.parse(date);
}

const TARGET = 'es2023';

/** The manifest of one browser. The version comes from package.json alone; `repository` is the address of the project. */
export function manifestFor(target: Target, dev: boolean, repository: string | undefined): ManifestV3Export {
  const {
    browser_specific_settings: { gecko },
    externally_connectable,
    minimum_chrome_version,
    key,
    content_security_policy: csp,
    action,
    background,
    optional_permissions,
    ...shared
  } = manifest;
  const own =
    target === 'firefox'
      ? // On the toolbar from the start; Chromium lets only the user put it there. Firefox knows no
        // externally_connectable: nobody can connect there anyway; and its sidebar needs no permission.
        {
          browser_specific_settings: {
            gecko: { ...gecko, ...(repository && { update_url: updatesUrl(repository) }) },
          },
          action: { ...action, default_area: 'navbar' },
          optional_permissions: optional_permissions.filter((name) => name !== 'sidePanel'),
        }
      : { externally_connectable, minimum_chrome_version, key, action, optional_permissions };
  // The development server injects scripts and a websocket, which the shipped policy forbids.
  const policy = dev ? {} : { content_security_policy: csp };
  // The shipped builds get their background from `inOneScript`.
  return {
    ...shared,
    ...own,
    ...policy,
    ...(dev && { background }),
    version: pkg.version,
  } as ManifestV3Export;
}

/**
 * The polyfill as a module. Otherwise the bundler copies each of its properties, for which the browser creates about
 * fifty namespaces at each start of a page or the background: a third of the time of the background's first turn.
 */
function polyfillAsModule(): Plugin {
  return {
    name: 'polyfill-as-module',
    enforce: 'pre',
    transform: {
      filter: { id: /webextension-polyfill\/dist\/browser-polyfill\.js$/ },
      handler: (code) =>
        `const exports = {};\nconst module = { exports };\n${code}\nexport default module.exports;`,
    },
  };
}

const LICENCES = 'licences.txt';

/**
 * The Mozilla licence by its URL, as in its own notice: its text would be a twentieth of the package. Recipients have to
 * be told where the source is (MPL 2.0, 3.2).
 */
function licencesInShort(): Plugin {
  return {
    name: 'licences-in-short',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const path = join(dir, LICENCES);
      const text = readFileSync(path, 'utf8');
      const short = text.replace(
        /^(## (\S+) - (\S+) \(MPL-2\.0\)\n\n)[\s\S]*?(?=^## |$(?![\s\S]))/gm,
        (_, heading, name, version) =>
          `${heading}This part is subject to the terms of the Mozilla Public License, v. 2.0,\nwhich you find at https://mozilla.org/MPL/2.0/. Its source code, unchanged:\nhttps://www.npmjs.com/package/${name}/v/${version}\n\n`,
      );
      if (short === text) throw new Error('no part has the Mozilla licence any more: this can go');
      writeFileSync(path, short);
    },
  };
}

/** What changed in each version, which the pages link to after an update. */
function changelogAsText(): Plugin {
  return {
    name: 'changelog-as-text',
    apply: 'build',
    writeBundle({ dir = '' }) {
      copyFileSync('CHANGELOG.md', join(dir, 'changelog.txt'));
    },
  };
}

/** Firefox's icons over Chromium's: its badge covers the other half (scripts/pictures/icons.ts). */
function iconsOf(target: Target): Plugin {
  return {
    name: 'icons-of-the-browser',
    apply: 'build',
    writeBundle({ dir = '' }) {
      if (target === 'firefox') cpSync('public-firefox', dir, { recursive: true });
    },
  };
}

/** The messages without the white space of their files. */
function messagesInShort(): Plugin {
  return {
    name: 'messages-in-short',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const language of readdirSync(join(dir, '_locales'))) {
        const path = join(dir, '_locales', language, 'messages.json');
        writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
      }
    },
  };
}

const BACKGROUND = 'background.js';

/** Firefox's sidebar: the popup's page. In Chromium, platform/side-panel.ts says what the side panel shows. */
const SIDEBAR = {
  default_title: '__MSG_extensionName__',
  default_panel: 'src/pages/popup/index.html?view=panel',
  default_icon: manifest.action.default_icon,
  open_at_install: false,
};

/**
 * The background as one classic script. As separate modules it took the browser a third longer to start
 * (tests/bench/README.md): each file is fetched separately.
 */
function inOneScript(target: Target): Plugin {
  return {
    name: 'background-in-one-script',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      await build({
        configFile: false,
        logLevel: 'error',
        publicDir: false,
        plugins: [polyfillAsModule()],
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: TARGET,
          lib: {
            entry: 'src/background/index.ts',
            formats: ['iife'],
            name: 'background',
            fileName: () => BACKGROUND,
          },
        },
      });
      const path = join(dir, 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8'));
      manifest.background = target === 'firefox' ? { scripts: [BACKGROUND] } : { service_worker: BACKGROUND };
      if (target === 'firefox') manifest.sidebar_action = SIDEBAR;
      writeFileSync(path, JSON.stringify(manifest, null, 2));
    },
  };
}

export default defineConfig(({ command, mode }) => {
  const dev = command === 'serve';
  // Regardless of the environment: a development build would contain paths of the building machine.
  if (!dev) process.env.NODE_ENV = 'production';
  const target: Target = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    plugins: [
      polyfillAsModule(),
      crx({ manifest: manifestFor(target, dev, REPOSITORY), browser: target }),
      inOneScript(target),
      iconsOf(target),
      licencesInShort(),
      messagesInShort(),
      changelogAsText(),
    ],
    define: {
      __RELEASED_AT__: JSON.stringify(releasedAt() ?? null),
      __RELEASES_PAGE__: JSON.stringify(REPOSITORY ? releasesUrl(REPOSITORY) : null),
    },
    build: {
      outDir: dev ? 'dist/dev' : `dist/${target}`,
      emptyOutDir: true,
      target: TARGET,
      // The polyfill is a script of Vite's own; both browsers preload modules without it.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0, // data: URLs are outside the content security policy
      sourcemap: false,
      rollupOptions: { input: { results: 'src/pages/results/index.html' } }, // not in the manifest: a tab of its own
      license: { fileName: LICENCES }, // of everything that runs in the product; linked from the options page
    },
    server: {
      port: 5173,
      strictPort: true,
      hmr: { host: 'localhost', port: 5173 },
      cors: { origin: [/^chrome-extension:\/\//] },
    },
  };
});
