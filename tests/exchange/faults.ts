// Faults of the exchange and of the network.
import type { ServerResponse } from 'node:http';

export type Fault =
  /** Any status, with any body: JSON if it is an object, else text. */
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** The correct response, after so many milliseconds. */
  | { kind: 'delay'; ms: number }
  /** No response at all. */
  | { kind: 'hang' }
  /** The connection is closed before the response. */
  | { kind: 'drop' }
  /** The connection is closed in the middle of the response. */
  | { kind: 'truncate' }
  /** A redirect to another host. */
  | { kind: 'redirect'; to: string }
  /** A captive portal: HTML with status 200. */
  | { kind: 'html' }
  /** Kalshi's edge, or a firewall in between, answers in HTML: it says nothing about the key. */
  | { kind: 'edge'; status: 401 | 403 | 404 }
  /** A body of so many bytes. */
  | { kind: 'large'; bytes: number }
  /** Closed for maintenance; `until`: when it expects to be back, unix milliseconds. */
  | { kind: 'maintenance'; until?: number };

/** The path of the exchange status. */
export const STATUS_PATH = '/trade-api/v2/exchange/status';

/** Applies a fault. Returns true if the correct response must still be sent. */
export async function setFault(fault: Fault, response: ServerResponse, path: string): Promise<boolean> {
  switch (fault.kind) {
    case 'maintenance':
      if (path === STATUS_PATH) send(response, 503, exchangeStatus(false, fault.until));
      else send(response, 503, '<html>Service Unavailable</html>');
      return false;
    case 'answer':
      send(response, fault.status, fault.body ?? '', fault.headers);
      return false;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return true;
    case 'hang':
      return false;
    case 'drop':
      response.socket?.destroy();
      return false;
    case 'truncate':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '200' });
      response.write('{"balance":9801,"balance_dol', () => response.socket?.destroy());
      return false;
    case 'redirect':
      send(response, 302, '', { location: fault.to });
      return false;
    case 'html':
      send(response, 200, '<!doctype html><title>Welcome to our Wi-Fi</title>');
      return false;
    case 'edge':
      send(response, fault.status, '<!doctype html><title>Access denied</title>', { server: 'cloudflare' });
      return false;
    case 'large':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.alloc(fault.bytes, ' '));
      return false;
  }
}

/** The body of GET /exchange/status. */
export function exchangeStatus(active: boolean, until?: number): object {
  const resume = until === undefined ? {} : { exchange_estimated_resume_time: new Date(until).toISOString() };
  return { exchange_active: active, trading_active: active, ...resume };
}

/** Sends a response: JSON if the body is an object, otherwise text. */
export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const json = typeof body === 'object';
  response.writeHead(status, {
    'content-type': json ? 'application/json' : 'text/html',
    ...headers,
  });
  response.end(json ? JSON.stringify(body) : String(body));
}
