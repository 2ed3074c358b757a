/** @module-tag slow */
// A day of polls: which host is requested, how often, and that nothing is logged. POLLED_HOURS=2 for a short version.
import { expect, test, vi } from 'vitest';
import { hostPatterns } from '../../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, KEY_ID, saving, withBackground } from '../background-harness.ts';

const HOURS = Number(process.env.POLLED_HOURS ?? 24);

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

test.each([
  ['production', 'https://external-api.kalshi.com/'],
  ['demo', 'https://external-api.demo.kalshi.co/'],
])(
  `over ${HOURS} hours, a %s key goes to its own host, at its own pace, and nowhere else`,
  async (environment, host) => {
    for (const pattern of hostPatterns('demo')) harness.browser.granted.add(pattern);
    const logged = ['log', 'warn', 'error', 'info', 'debug'].map((level) =>
      vi.spyOn(console, level as 'log'),
    );
    await harness.browser.events.installed.emit({ reason: 'install' });
    await harness.command('key/save', { ...save, environment });
    for (let minute = 0; minute < HOURS * 60; minute++) await harness.passMinutes(1);
    expect(harness.requests).toHaveLength(1 + HOURS * 60);
    expect(harness.requests.every((url) => url.startsWith(host))).toBe(true);
    expect(harness.scopeRequests).toBeLessThanOrEqual(2);
    for (const spy of logged) expect(spy).not.toHaveBeenCalled();
    expect(JSON.stringify(harness.browser.toolbar)).not.toContain(KEY_ID.slice(0, 8));
  },
);
