// One of each failure: the compiler reports a kind that is missing in the table.
import type { Failure } from '../../src/domain/polling/outcome.ts';

const BY_KIND: { [Kind in Failure['kind']]: Extract<Failure, { kind: Kind }>[] } = {
  offline: [{ kind: 'offline' }],
  timeout: [{ kind: 'timeout' }],
  'rate-limited': [{ kind: 'rate-limited' }],
  'exchange-error': [{ kind: 'exchange-error', status: 500 }],
  maintenance: [{ kind: 'maintenance' }],
  'clock-wrong': [{ kind: 'clock-wrong' }, { kind: 'clock-wrong', offsetMs: -42_000 }],
  'signature-refused': [
    { kind: 'signature-refused', reason: 'mismatch' },
    { kind: 'signature-refused', reason: 'headers' },
    { kind: 'signature-refused', reason: 'unrecognised' },
  ],
  'key-unknown': [{ kind: 'key-unknown' }],
  'scope-missing': [{ kind: 'scope-missing' }],
  blocked: [{ kind: 'blocked' }],
  'permission-missing': [{ kind: 'permission-missing' }],
  'key-missing': [{ kind: 'key-missing' }],
  'storage-failed': [{ kind: 'storage-failed' }],
  'bad-reply': [
    { kind: 'bad-reply', reason: 'not-json', status: 200 },
    { kind: 'bad-reply', reason: 'unexpected', status: 200 },
    { kind: 'bad-reply', reason: 'too-large', status: 200 },
    { kind: 'bad-reply', reason: 'status', status: 404 },
  ],
};

export const FAILURES: Failure[] = Object.values(BY_KIND).flat();
