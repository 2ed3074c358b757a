// The fault matrix: every fault at the first poll, at a later poll and while connecting. Checked each time: what is
// stored, what the toolbar shows, the message, the number of requests, and the recovery. FAULT_MINUTES=12 for a short version.
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test, vi } from 'vitest';
import type { AccountData } from '../../../../src/domain/accounts/account-data.ts';
import { MIN_GAP, STATUS_GAP } from '../../../../src/domain/polling/backoff.ts';
import type { Failure } from '../../../../src/domain/polling/outcome.ts';
import { OUTCOMES, requiresAction } from '../../../../src/domain/polling/outcome.ts';
import { hostPatterns } from '../../../../src/kalshi/endpoints.ts';
import { OUTCOME_MESSAGES, outcomeMessage } from '../../../../src/view/texts/outcome-message.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { english } from '../../../fakes/english.ts';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  KEY_ID,
  saving,
  withBackground,
} from '../background-harness.ts';

/** How long a fault lasts, and how long the user clicks during it. */
const MINUTES = Number(process.env.FAULT_MINUTES ?? 20);
const CLICKED_MINUTES = Math.ceil(MINUTES / 12);

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

interface Fault {
  /** Causes the fault. */
  begin: () => void;
  /** Undoes what a good response does not undo. */
  end?: () => void;
  failure: Failure;
  /** Requests for the balance that one poll makes. */
  requests?: number;
}

const answers =
  (status: number, body: BodyInit | null = '', headers = {}) =>
  () => {
    harness.answer = () => new Response(body, { status, headers });
  };
const json = (status: number, body: unknown) => answers(status, JSON.stringify(body));
const respondsWith = (body: string) => answers(200, body);
const gibberish = (body: string): Fault => ({
  begin: respondsWith(body),
  failure: { kind: 'bad-reply', reason: 'not-json', status: 200 },
});
const unexpected = (body: string): Fault => ({
  begin: respondsWith(body),
  failure: { kind: 'bad-reply', reason: 'unexpected', status: 200 },
});
const refusedClock = (date?: () => number): Fault => ({
  begin: () => {
    harness.answer = () => clockRefused(date?.())();
  },
  failure: { kind: 'clock-wrong', ...(date && { offsetMs: 42_500 }) },
  requests: date ? 2 : 1,
});
const large = (bytes: number) => () => {
  harness.answer = () => {
    let left = bytes;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        left -= 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
        if (left <= 0) controller.close();
      },
    });
    return new Response(body);
  };
};
const tooLarge: Failure = { kind: 'bad-reply', reason: 'too-large', status: 200 };

const FAULTS: Record<string, Fault> = {
  'no network': {
    begin: () => {
      harness.answer = () => {
        throw new TypeError('Failed to fetch');
      };
    },
    failure: { kind: 'offline' },
    requests: 2, // to both hosts
  },
  'cut off in the middle': {
    begin: () => {
      harness.answer = () =>
        new Response(
          new ReadableStream({
            start: (controller) => {
              controller.enqueue(new TextEncoder().encode('{"balance_dollars":"98.'));
              controller.error(new TypeError('network error'));
            },
          }),
        );
    },
    failure: { kind: 'offline' },
    requests: 2, // to both hosts
  },
  'no answer in time': {
    begin: () => {
      // The limit of a request has passed, that of the whole poll has not.
      vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
        ms === 10_000 ? AbortSignal.abort() : new AbortController().signal,
      );
      harness.answer = () => new Promise(() => undefined);
    },
    end: () => vi.mocked(AbortSignal.timeout).mockRestore(),
    failure: { kind: 'timeout' },
    requests: 2,
  },
  busy: { begin: json(429, { error: 'too many requests' }), failure: { kind: 'rate-limited' } },
  'busy, with a Retry-After': {
    begin: answers(429, '{"error":"too many requests"}', { 'retry-after': '90' }),
    failure: { kind: 'rate-limited', retryAfterMs: 90_000 },
  },
  'error 500': { begin: answers(500), failure: { kind: 'exchange-error', status: 500 } },
  'error 502 with HTML': {
    begin: answers(502, '<html>Bad gateway</html>'),
    failure: { kind: 'exchange-error', status: 502 },
  },
  'maintenance, named': {
    begin: json(503, { error: { code: 'exchange_maintenance' } }),
    failure: { kind: 'maintenance' },
  },
  'clock refused, no time given': refusedClock(),
  'clock refused, and again': refusedClock(() => harness.now + 42_000),
  'wrong signature': {
    begin: json(401, { error: { code: 'x', details: 'rpc error: INCORRECT_API_KEY_SIGNATURE' } }),
    failure: { kind: 'signature-refused', reason: 'mismatch' },
  },
  'headers removed': {
    begin: json(401, { error: { code: 'signature_is_missing_from_headers' } }),
    failure: { kind: 'signature-refused', reason: 'headers' },
  },
  'a 401 without a code': {
    begin: json(401, { error: 'no' }),
    failure: { kind: 'signature-refused', reason: 'unrecognised' },
  },
  'a 401 of a firewall': { begin: answers(401), failure: { kind: 'blocked' }, requests: 2 },
  'key deleted': {
    begin: json(401, { error: { code: 'x', details: 'NOT_FOUND' } }),
    failure: { kind: 'key-unknown' },
  },
  'scope taken away': { begin: json(403, { code: 'forbidden' }), failure: { kind: 'scope-missing' } },
  'blocked at the edge': {
    begin: answers(403, '<html>Forbidden</html>'),
    failure: { kind: 'blocked' },
    requests: 2,
  },
  'gone elsewhere': {
    begin: json(404, { error: 'not found' }),
    failure: { kind: 'bad-reply', reason: 'status', status: 404 },
  },
  'captive portal': gibberish('<!doctype html><title>Welcome to our Wi-Fi</title>'),
  'empty body': gibberish(''),
  'truncated JSON': gibberish('{"balance_dollars":"98.0186","portfolio_va'),
  NaN: gibberish('{"balance_dollars":"98.0186","portfolio_value":NaN}'),
  'not an object': unexpected('[]'),
  null: unexpected('null'),
  'a field missing': unexpected('{"balance_dollars":"98.0186"}'),
  'both balances missing': unexpected('{"portfolio_value":198}'),
  'wrong types': unexpected('{"balance_dollars":98.0186,"portfolio_value":"198"}'),
  'fraction of a cent': unexpected('{"balance_dollars":"98.0186","portfolio_value":198.5}'),
  exponent: unexpected('{"balance_dollars":"1e9","portfolio_value":198}'),
  'absurd sizes': unexpected('{"balance_dollars":"999999999999.000000","portfolio_value":1e300}'),
  'both large, the sum too large': unexpected(
    '{"balance_dollars":"9000000000","portfolio_value":900000000000}',
  ),
  __proto__: unexpected('{"__proto__":{"balance_dollars":"98.0186","portfolio_value":198}}'),
  '50 MB': { begin: large(50_000_000), failure: tooLarge },
  'a body without end': { begin: large(Number.POSITIVE_INFINITY), failure: tooLarge },
  'access taken away': {
    begin: () => harness.browser.granted.clear(),
    end: () => {
      for (const pattern of hostPatterns('production')) harness.browser.granted.add(pattern);
    },
    failure: { kind: 'permission-missing' },
    requests: 0,
  },
};

/** Faults that only a stored key can have. */
const KEPT: Record<string, Fault> = {
  'the key is gone': {
    begin: () => {
      kept = indexedDB;
      vi.stubGlobal('indexedDB', new IDBFactory());
    },
    end: () => vi.stubGlobal('indexedDB', kept),
    failure: { kind: 'key-missing' },
    requests: 0,
  },
  'the key store does not open': {
    begin: () => {
      kept = indexedDB;
      const open = () => {
        throw new DOMException('blocked', 'InvalidStateError');
      };
      vi.stubGlobal('indexedDB', { open });
    },
    end: () => vi.stubGlobal('indexedDB', kept),
    failure: { kind: 'storage-failed' },
    requests: 0,
  },
  'the profile takes nothing more': {
    begin: () => {
      harness.browser.writeError = new Error('QuotaExceededError');
    },
    end: () => {
      harness.browser.writeError = undefined;
    },
    failure: { kind: 'storage-failed' },
  },
};
let kept: IDBFactory;

const endFault = (fault: Fault, dollars: string) => {
  fault.end?.();
  harness.answer = balance(dollars);
};

/** The stored item of the account. */
function stored<Part extends keyof AccountData>(part: Part): AccountData[Part] {
  return harness.data()[part];
}

const connected = () => harness.connect(save);

/** The user follows the message, and the next poll is allowed. */
async function healed(fault: Fault, accountId: string, dollars: string): Promise<void> {
  endFault(fault, dollars);
  if (OUTCOMES[fault.failure.kind].polling === 'stop') {
    harness.now += 10_000;
    await harness.command('account/refresh', { accountId });
  } else {
    // Within two periods, or after the user's action, the fault has no effect any more.
    for (let minute = 0; minute < 2; minute++) await harness.passMinutes(1);
  }
}

describe.each(Object.entries({ ...FAULTS, ...KEPT }))('%s', (name, fault) => {
  const { failure, requests = 1 } = fault;

  test('at a later poll: keeps the balance, marked as outdated, and updates it when the fault ends', async () => {
    const accountId = await connected();
    fault.begin();
    const before = harness.requests.length;
    await harness.passMinutes(1);
    expect(harness.requests.length - before, 'requests').toBe(requests);
    expect(harness.browser.toolbar.text).toBe('98');
    expect(harness.browser.toolbar.icon).toBe(
      requiresAction(failure) ? '/icons/attention-16.png' : '/icons/stale-16.png',
    );
    expect(harness.browser.toolbar.title).toContain('Cash $98.0186');
    expect(harness.browser.toolbar.title).toContain('Not updated since');
    expect(harness.browser.toolbar.title).toContain(english.message(OUTCOME_MESSAGES[failure.kind].tooltip));
    expect(outcomeMessage(failure, english, harness.now)).not.toBe('');
    if (name !== 'the profile takes nothing more') {
      expect(stored('snapshot')).toMatchObject({ figures: { cash: 98_018_600 }, outcome: failure });
      expect(stored('pollLog').entries).toMatchObject([{ kind: failure.kind, times: 1 }]);
    }

    await healed(fault, accountId, '97');
    expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
    const [first, ...rest] = (await harness.samples()).map(({ cash }) => cash);
    expect(first).toBe(98_018_600);
    expect(rest).toEqual(
      Array.from({ length: harness.requests.length - before - requests }, () => 97_000_000),
    );
    expect(stored('backoff')).toMatchObject({ failures: 0, retryAt: 0 });
  });

  test(`limits the requests per minute in ${CLICKED_MINUTES} minutes, however often the user clicks`, async () => {
    const accountId = await connected();
    fault.begin();
    const before = harness.requests.length + harness.statusRequests;
    for (let second = 0; second < CLICKED_MINUTES * 60; second += 5) {
      harness.now += 5_000;
      await harness.command('account/refresh', { accountId });
      if (second % 60 === 55) await harness.passMinutes(0);
    }
    const perMinute = (harness.requests.length + harness.statusRequests - before) / CLICKED_MINUTES;
    expect(perMinute).toBeLessThanOrEqual(60_000 / MIN_GAP + 60_000 / STATUS_GAP);
    expect(harness.browser.toolbar.text).toBe('98');
  });

  test(`polls at most at the normal rate for ${MINUTES} minutes`, async () => {
    await connected();
    fault.begin();
    const before = harness.requests.length + harness.statusRequests;
    for (let minute = 0; minute < MINUTES; minute++) await harness.passMinutes(1);
    const requestsBefore = harness.requests.length + harness.statusRequests - before;
    expect(requestsBefore).toBeLessThanOrEqual(
      OUTCOMES[failure.kind].polling === 'stop' ? requests : 2 * MINUTES,
    );
    fault.end?.();
    expect((await harness.samples()).length).toBe(1);
  });
});

describe.each(Object.entries(FAULTS))('%s', (_, fault) => {
  const { failure, requests = 1 } = fault;

  test('while connecting: returns the failure and stores nothing, and connects when the fault ends', async () => {
    fault.begin();
    const problem = { kind: 'exchange', failure };
    expect(await harness.command('key/check', draft)).toEqual({ ok: false, problem });
    expect(await harness.command('key/save', save)).toEqual({ ok: false, problem });
    expect(harness.requests).toHaveLength(2 * requests);
    expect(harness.browser.local).toEqual({});
    expect(await harness.keys()).toEqual([]);
    expect(harness.browser.toolbar.text).toBe('');
    endFault(fault, '97');
    expect(await harness.command('key/check', draft)).toMatchObject({ ok: true });
    await connected();
    expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
    expect(await harness.samples()).toMatchObject([{ cash: 97_000_000 }]);
  });
});

const SAVABLE = Object.entries(FAULTS).filter(([, { failure }]) => OUTCOMES[failure.kind].savable);

describe.each(SAVABLE)('%s', (_, fault) => {
  const { failure } = fault;

  test('at the first poll: shows "!" and the reason, and the balance when the fault ends', async () => {
    fault.begin();
    expect(
      await harness.command('key/save', { ...save, allowUnchecked: true, acceptScopes: null }),
    ).toMatchObject({ ok: true });
    await harness.passMinutes(1);
    expect(harness.browser.toolbar).toMatchObject({ text: '!', icon: '/icons/attention-16.png' });
    expect(harness.browser.toolbar.title).toContain(english.message(OUTCOME_MESSAGES[failure.kind].tooltip));
    expect(harness.browser.toolbar.title).not.toMatch(/\$/);
    expect(stored('snapshot')).toMatchObject({ figures: null, outcome: failure });
    expect(await harness.samples()).toEqual([]);
    endFault(fault, '97');
    for (let minute = 0; minute < 2; minute++) await harness.passMinutes(1);
    expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
    expect(new Set((await harness.samples()).map(({ cash }) => cash))).toEqual(new Set([97_000_000]));
  });
});
