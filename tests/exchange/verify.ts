// Verification of requests: every check of the real exchange, and its response to each failure.
import { constants, type KeyObject, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NOT_FOUND } from './answers/paging.ts';
import { isPublic } from './answers/public.ts';
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

const ROOT = '/trade-api/v2/';

/** The paths that need a signature. All take the scope `read`; which `/api_keys` takes is not documented. */
const SIGNED = new Set(
  [
    'portfolio/balance',
    'api_keys',
    'portfolio/positions',
    'portfolio/orders',
    'portfolio/settlements',
    'portfolio/deposits',
    'portfolio/withdrawals',
    'portfolio/fills',
    'portfolio/intra_exchange_instance_transfers',
    'portfolio/subaccounts/transfers',
    'portfolio/subaccounts/balances',
    'historical/fills',
    'historical/orders',
    'historical/positions',
    'margin/balance',
  ].map((name) => `${ROOT}${name}`),
);

/** The scopes that a path takes; undefined for a path that the exchange does not have. */
function scopesFor(path: string): string[] | undefined {
  if (path === `${ROOT}portfolio/balance`) return ['read', 'read::portfolio_balance'];
  return SIGNED.has(path) || isPublic(path.replace(ROOT, '')) ? ['read'] : undefined;
}

/** Checks one request against the members. `now`: the exchange's clock, unix milliseconds. */
export function judge(request: IncomingMessage, members: readonly Member[], now: number): Verdict {
  const environment = environmentOf(request);
  if (!environment) return refuse('foreign host', 421, 'no such host');
  if (request.headers.origin !== undefined) return refuse('origin', 403, '<html>Forbidden</html>');
  if (request.headers.cookie !== undefined) return refuse('cookie', 403, '<html>Forbidden</html>');
  if (request.method !== 'GET') return refuse('method', 405, { error: 'method not allowed' });
  if (pathOf(request) === STATUS_PATH) return { ok: true }; // needs no signature

  const path = pathOf(request);
  const id = header(request, 'kalshi-access-key');
  if (!id && isPublic(path.replace(ROOT, ''))) return { ok: true };
  const timestamp = header(request, 'kalshi-access-timestamp');
  const signature = header(request, 'kalshi-access-signature');
  if (!id || !timestamp || !signature) return unauthorised('signature_is_missing_from_headers');
  if (!/^\d{13}$/.test(timestamp) || Math.abs(Number(timestamp) - now) > TOLERANCE) {
    return unauthorised('header_timestamp_expired', 'header timestamp expired');
  }
  const member = members.find((each) => each.environment === environment && openAccountKey(each, id));
  const key = member && openAccountKey(member, id);
  if (!member || !key) return unauthenticated('NOT_FOUND');
  if (!fits(`${timestamp}GET${path}`, signature, key.publicKey)) {
    return unauthenticated('INCORRECT_API_KEY_SIGNATURE');
  }
  const scopes = scopesFor(path);
  if (!scopes) return refuse('path', NOT_FOUND.status, NOT_FOUND.body);
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

export function environmentOf(request: IncomingMessage): Environment | undefined {
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
