// Recorded errors of signed requests.
import type { Outcome } from '../../../src/domain/polling/outcome.ts';
import type { Source } from './sources.ts';

export const ERRORS: readonly { source: Source; status: number; body: object; kind: Outcome['kind'] }[] = [
  {
    source: 'demo',
    status: 401,
    body: {
      error: {
        code: 'authentication_error',
        message: 'authentication_error',
        details: 'INCORRECT_API_KEY_SIGNATURE',
      },
    },
    kind: 'signature-refused',
  },
  {
    source: 'demo',
    status: 401,
    body: { error: { code: 'authentication_error', message: 'authentication_error', details: 'NOT_FOUND' } },
    kind: 'key-unknown',
  },
  {
    source: 'demo',
    status: 401,
    body: { error: { code: 'header_timestamp_expired', message: 'header timestamp expired' } },
    kind: 'clock-wrong',
  },
  {
    source: 'demo',
    status: 401,
    body: {
      error: { code: 'signature_is_missing_from_headers', message: 'signature is missing from headers' },
    },
    kind: 'signature-refused',
  },
];
