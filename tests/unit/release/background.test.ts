// The background as it ships: one classic script, and a polyfill that is not copied property by property.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';

describe.each(['chrome', 'firefox'])('%s', (target) => {
  const code = readFileSync(`dist/${target}/background.js`, 'utf8');

  test('is one classic script without imports', () => {
    expect(code).not.toMatch(/(^|[;}\n])\s*(import|export)\b/);
    expect(code).not.toMatch(/\bimport\s*\(|importScripts/);
  });

  test('the manifest lists it as a classic script', () => {
    const { background } = JSON.parse(readFileSync(`dist/${target}/manifest.json`, 'utf8'));
    expect(background).toEqual(
      target === 'firefox' ? { scripts: ['background.js'] } : { service_worker: 'background.js' },
    );
  });

  test('its first turn accesses only the namespaces that it uses', () => {
    const touched = new Set<string>();
    const anything: object = new Proxy(() => anything, {
      get: (_, name) => (name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : anything),
      apply: () => anything,
    });
    const chrome = new Proxy(
      { runtime: anything },
      {
        get: (_, name) => {
          touched.add(String(name));
          return anything;
        },
        has: () => true,
      },
    );
    const globals = {
      chrome,
      browser: chrome,
      navigator: anything,
      crypto,
      setTimeout: () => 0,
      clearTimeout: () => undefined,
      AbortController,
      AbortSignal,
      performance,
      location: { protocol: target === 'firefox' ? 'moz-extension:' : 'chrome-extension:' },
    };
    runInNewContext(code, { ...globals, globalThis: globals, self: globals });
    const used = [
      'runtime',
      'alarms',
      'permissions',
      'commands',
      'idle',
      'notifications',
      'storage',
      'action',
      'i18n',
    ];
    expect([...touched].filter((name) => !used.includes(name))).toEqual([]);
    expect(touched).toContain('alarms');
  });
});
