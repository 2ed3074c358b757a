// A fetch that sends every request to the simulated exchange, whatever its host name, over TLS.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Exchange } from '../exchange/exchange.ts';

export async function fetchFrom(exchange: Exchange, address: string, init: RequestInit): Promise<Response> {
  const { host, pathname, search } = new URL(address);
  const sent = request({
    host: '127.0.0.1',
    port: exchange.port,
    servername: host,
    ca: exchange.certificate.cert,
    path: pathname + search,
    method: init.method ?? 'GET',
    headers: { ...(init.headers as Record<string, string>), host },
    agent: false,
  });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return new Response(Buffer.concat(parts), {
    status: response.statusCode ?? 0,
    headers: { date: response.headers.date ?? '' },
  });
}
