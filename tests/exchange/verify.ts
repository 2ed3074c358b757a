// Verification of requests: every check of the real exchange, and its response to each failure.
import { constants, type KeyObject, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { STATUS_PATH } from './faults.ts';
import { type Environment, HOSTS } from './hosts.ts';
import type { Key, Member } from './member.ts';

/** A response as it is sent. */
export interface Answer {
  status: number;
  /** JSON if it is an object, else text. */
  body: unknown;
  headers?: Record<string, string>;
}

/** Accepted, with the member and the key, or refused. */
export type Verdict = { ok: true; member?: Member; key?: Key } | { ok: false; why: string; answer: Answer };

/** How far a timestamp may be off; Kalshi's is undocumented, seen between 10 and 30 s. Milliseconds. */
const TOLERANCE = 15_000;

const SCOPES: Record<string, string[]> = {
  '/trade-api/v2/portfolio/balance': ['read', 'read::portfolio_balance'],
  // Not documented; a key with the scope `read` presumably may.
  '/trade-api/v2/api_keys': ['read'],
  '/trade-api/v2/portfolio/positions': ['read'],
  '/trade-api/v2/portfolio/orders': ['read'],
  '/trade-api/v2/portfolio/settlements': ['read'],
  '/trade-api/v2/portfolio/deposits': ['read'],
  '/trade-api/v2/portfolio/withdrawals': ['read'],
  '/trade-api/v2/portfolio/intra_exchange_instance_transfers': ['read'],
  '/trade-api/v2/margin/balance': ['read'],
  '/trade-api/v2/markets': ['read'],
  '/trade-api/v2/portfolio/fills': ['read'],
  '/trade-api/v2/historical/fills': ['read'],
  '/trade-api/v2/historical/markets': ['read'],
  '/trade-api/v2/historical/cutoff': ['read'],
};

/** The scopes that a path takes; undefined for a path that the exchange does not have. */
function scopesFor(path: string): string[] | undefined {
  return path.startsWith('/trade-api/v2/events/') ? ['read'] : SCOPES[path];
}

/** Checks one request against the members. `now`: the exchange's clock, unix milliseconds. */
export function judge(request: IncomingMessage, members: readonly Member[], now: number): Verdict {
  const environment = environmentOf(request);
  if (!environment) return refuse('foreign host', 421, 'no such host');
  if (request.headers.origin !== undefined) return refuse('origin', 403, '<html>Forbidden</html>');
  if (request.headers.cookie !== undefined) return refuse('cookie', 403, '<html>Forbidden</html>');
  if (request.method !== 'GET') return refuse('method', 405, { error: 'method not allowed' });
  if (pathOf(request) === STATUS_PATH) return { ok: true }; // needs no signature

  const id = header(request, 'kalshi-access-key');
  const timestamp = header(request, 'kalshi-access-timestamp');
  const signature = header(request, 'kalshi-access-signature');
  if (!id || !timestamp || !signature) return unauthorised('signature_is_missing_from_headers');
  if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > TOLERANCE) {
    return unauthorised('header_timestamp_expired', 'header timestamp expired');
  }
  const member = members.find((each) => each.environment === environment && openAccountKey(each, id));
  const key = member && openAccountKey(member, id);
  if (!member || !key) return unauthenticated('NOT_FOUND');
  const path = pathOf(request);
  if (!fits(`${timestamp}GET${path}`, signature, key.publicKey)) {
    return unauthenticated('INCORRECT_API_KEY_SIGNATURE');
  }
  const scopes = scopesFor(path);
  if (!scopes) return refuse('path', 404, { error: { code: 'not_found', message: 'not found' } });
  if (!key.scopes.some((scope) => scopes.includes(scope))) {
    return refuse('scope', 403, {
      error: { code: 'permission_denied', message: 'permission_denied', details: 'insufficient scope' },
    });
  }
  return { ok: true, member, key };
}

/** The path as it has to be signed: from the host root, without the query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').replace(/\?.*$/, '');
}

export function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '');
}

function environmentOf(request: IncomingMessage): Environment | undefined {
  return HOSTS[hostOf(request)];
}

function openAccountKey(member: Member, id: string): Key | undefined {
  return member.keys.find((key) => key.id === id);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function fits(text: string, signature: string, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return false; // standard alphabet, with padding
  return publicKey.asymmetricKeyType === 'ed25519'
    ? verify(null, Buffer.from(text), publicKey, bytes)
    : verify(
        'sha256',
        Buffer.from(text),
        { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
        bytes,
      );
}

function unauthenticated(details: string): Verdict {
  const code = 'authentication_error';
  return refuse(details, 401, { error: { code, message: code, details } });
}

function unauthorised(code: string, message = code): Verdict {
  return refuse(code, 401, { error: { code, message } });
}

function refuse(why: string, status: number, body: unknown): Verdict {
  return { ok: false, why, answer: { status, body } };
}
