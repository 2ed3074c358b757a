// The built files against a list: permissions, hosts and content security policy are exactly the ones listed here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { repositoryOf, updatesUrl } from '../../scripts/release/release-files.js';

const repository = repositoryOf(pkg);

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src https://external-api.kalshi.com https://api.elections.kalshi.com https://external-api.demo.kalshi.co https://demo-api.kalshi.co',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const icons = (sizes: number[]) => Object.fromEntries(sizes.map((size) => [size, `icons/brand-${size}.png`]));

const SHARED = {
  manifest_version: 3,
  name: '__MSG_extensionName__',
  short_name: '__MSG_extensionShortName__',
  description: '__MSG_extensionDescription__',
  default_locale: 'en',
  version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  icons: icons([16, 32, 48, 128]),
  action: {
    default_title: '__MSG_extensionName__',
    default_popup: 'src/pages/popup/index.html',
    default_icon: icons([16, 32, 48]),
  },
  options_ui: { page: 'src/pages/options/index.html', open_in_tab: true },
  commands: {
    'hide-amounts': {
      suggested_key: { default: 'Alt+Shift+H' },
      description: '__MSG_hideAmounts__',
    },
  },
  permissions: ['alarms', 'storage'],
  optional_permissions: ['idle', 'notifications', 'sidePanel'],
  host_permissions: ['https://external-api.kalshi.com/*', 'https://api.elections.kalshi.com/*'],
  optional_host_permissions: ['https://external-api.demo.kalshi.co/*', 'https://demo-api.kalshi.co/*'],
  content_security_policy: { extension_pages: CSP },
};

const GOLDEN = {
  chrome: {
    ...SHARED,
    background: { service_worker: 'background.js' },
    externally_connectable: { ids: [] },
    minimum_chrome_version: '137',
    key: expect.any(String),
  },
  firefox: {
    ...SHARED,
    action: { ...SHARED.action, default_area: 'navbar' },
    optional_permissions: ['idle', 'notifications'],
    sidebar_action: {
      default_title: '__MSG_extensionName__',
      default_panel: 'src/pages/popup/index.html?view=panel',
      default_icon: icons([16, 32, 48]),
      open_at_install: false,
    },
    background: { scripts: ['background.js'] },
    browser_specific_settings: {
      gecko: {
        id: 'kalshi-balance-badge@balance-badge',
        ...(repository && { update_url: updatesUrl(repository) }),
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  },
};

describe.each(['chrome', 'firefox'] as const)('%s', (target) => {
  const files = readdirSync(`dist/${target}`, { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => /\.(js|html|css|json)$/.test(name))
    .map((name) => ({
      name,
      text: readFileSync(join('dist', target, name), 'utf8'),
    }));

  test('the manifest contains exactly these entries', () => {
    const manifest = JSON.parse(readFileSync(`dist/${target}/manifest.json`, 'utf8'));
    expect(manifest).toEqual(GOLDEN[target]);
  });

  test('no inline script, no eval, no markup from strings of ours, no wider session storage, no other host', () => {
    for (const { name, text } of texts) {
      if (name.endsWith('.html')) expect(text, name).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|style=/);
      if (!name.endsWith('.js')) continue;
      expect(text, name).not.toMatch(
        /\beval\(|new Function\(|setAccessLevel|WebSocket|XMLHttpRequest|sendBeacon|dangerouslySetInnerHTML:/,
      );
      const hosts = [...text.matchAll(/https?:\/\/([a-z0-9.-]+)/g)].map(([, host = '']) => host);
      // Names of formats, links in messages of libraries, and Kalshi's page for keys, which is a link: none of them is requested,
      // the policy above forbids that.
      const known =
        /^(external-api\.(demo\.)?kalshi\.com?|api\.elections\.kalshi\.com|demo-api\.kalshi\.co|kalshi\.com|demo\.kalshi\.co|www\.w3\.org|github\.com|developer\.mozilla\.org|mdn\.io)$/;
      expect(
        hosts.filter((host) => !known.test(host)),
        name,
      ).toEqual([]);
    }
  });

  test('no source map, no test, no key', () => {
    expect(files.filter((name) => /\.(map|ts|tsx|pem|key)$/.test(name))).toEqual([]);
    for (const { name, text } of texts)
      expect(text, name).not.toMatch(/-----BEGIN (RSA )?PRIVATE KEY-----\s*[A-Za-z0-9+/]/);
  });
});
