// Which senders may send commands, and how other messages are treated.
import { describe, expect, test } from 'vitest';
import { ID, ORIGIN, OWN_PAGE } from '../../fakes/browser.ts';
import { type BackgroundHarness, withBackground } from '../background/background-harness.ts';

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const harmless = { command: 'settings/change', params: {} };
const answered = { ok: true, value: null };

test("the extension's own pages get a response", async () => {
  expect(await harness.browser.send(harmless)).toEqual(answered);
  expect(
    await harness.browser.send(harmless, { id: ID, url: `${ORIGIN}src/pages/popup/index.html` }),
  ).toEqual(answered);
});

test.each([
  ['another extension', { ...OWN_PAGE, id: 'otherextension' }],
  ['a web page', { ...OWN_PAGE, url: 'https://kalshi.com/' }],
  ['a similar origin', { ...OWN_PAGE, url: `chrome-extension://${ID}.example.com/` }],
  ['a file', { ...OWN_PAGE, url: 'file:///tmp/x.html' }],
  ['a data URL', { ...OWN_PAGE, url: 'data:text/html,x' }],
  ['a frame in a page', { ...OWN_PAGE, frameId: 7 }],
  ['a sender without a URL', { id: ID, frameId: 0 }],
])('%s gets no answer', async (_, sender) => {
  expect(await harness.browser.send(harmless, sender)).toBeUndefined();
});

describe('messages that are not commands', () => {
  test.each([['text'], [null], [42], [{}], [{ command: 'settings/change' }], [[]]])(
    '%j gets no answer',
    async (message) => {
      expect(await harness.browser.send(message)).toBeUndefined();
    },
  );

  test.each([
    ['unknown', {}],
    ['toString', {}],
    ['__proto__', {}],
    [42, {}],
    ['settings/change', null],
    ['settings/change', { periodSeconds: 1 }],
    ['settings/change', { badgeFigure: 'keys' }],
    ['settings/change', { other: true }],
    ['account/refresh', {}],
    ['account/refresh', { accountId: 1 }],
    ['key/check', { environment: 'elsewhere', keyId: '', privateKey: '' }],
    ['key/check', { environment: 'production', keyId: '', privateKey: 'x'.repeat(70_000) }],
    ['key/save', { environment: 'production', keyId: '', privateKey: '' }],
  ])('%s with %j is refused', async (command, params) => {
    expect(await harness.browser.send({ command, params })).toEqual({
      ok: false,
      problem: { kind: 'internal' },
    });
    expect(harness.browser.local).toEqual({});
    expect(harness.requests).toEqual([]);
  });
});
