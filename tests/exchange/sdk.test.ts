// The simulated exchange against Kalshi's own SDK: the SDK reads the balance, and is refused when it
// should be.
import { Agent } from 'node:https';
import type { LookupFunction } from 'node:net';
import axios from 'axios';
import { Configuration, PortfolioApi } from 'kalshi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Exchange } from './exchange.ts';
import { KEY_FORMS, makeKey } from './keys.ts';

let exchange: Exchange;
beforeAll(async () => {
  exchange = await Exchange.start();
});
afterAll(() => exchange.stop());

const loopback: LookupFunction = (_name, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

function sdk(apiKey: string, privateKeyPem: string, host = 'external-api.kalshi.com'): PortfolioApi {
  const httpsAgent = new Agent({ ca: exchange.certificate.cert, lookup: loopback });
  const configuration = new Configuration({
    apiKey,
    privateKeyPem,
    basePath: `https://${host}:${exchange.port}/trade-api/v2`,
    baseOptions: { httpsAgent, proxy: false },
  });
  return new PortfolioApi(configuration, undefined, axios.create());
}

// The SDK signs with RSA-PSS for every key, so it cannot test Ed25519 keys; the extension's own tests cover them.
const rsaForms = KEY_FORMS.filter((form) => form !== 'Ed25519');

describe.each(rsaForms)('the official SDK with a key in %s', (form) => {
  test('reads the balance', async () => {
    const member = exchange.addMember({
      cash: '1234.567891',
      positions: [{ ticker: 'A', contracts: 6, price: 33 }],
    });
    const key = makeKey(form);
    const { status, data } = await sdk(member.addKey(key.publicKey), key.pem).getBalance();
    expect(status).toBe(200);
    expect(data).toMatchObject({
      balance: 123456,
      balance_dollars: '1234.567891',
      balance_breakdown: [{ balance: '1234.567891', exchange_index: 0 }],
      portfolio_value: 198,
    });
    expect(data.updated_ts).toBeTypeOf('number');
  });

  test('reads it with an unsigned query', async () => {
    const member = exchange.addMember();
    const key = makeKey(form);
    const { data } = await sdk(member.addKey(key.publicKey), key.pem).getBalance(0);
    expect(data.balance_dollars).toBe('98.0186');
    expect(exchange.journal.at(-1)).toMatchObject({ verdict: 'ok', query: '?subaccount=0' });
  });

  test('is refused with another key', async () => {
    const member = exchange.addMember();
    const id = member.addKey(makeKey(form).publicKey);
    const wrong = sdk(id, makeKey(form).pem).getBalance();
    await expect(wrong).rejects.toMatchObject({
      response: { status: 401, data: { error: { details: 'INCORRECT_API_KEY_SIGNATURE' } } },
    });
  });

  test('is refused in the other environment', async () => {
    const member = exchange.addMember();
    const key = makeKey(form);
    const id = member.addKey(key.publicKey);
    const elsewhere = sdk(id, key.pem, 'external-api.demo.kalshi.co').getBalance();
    await expect(elsewhere).rejects.toMatchObject({
      response: { status: 401, data: { error: { details: 'NOT_FOUND' } } },
    });
  });

  test('is refused with a wrong clock', async () => {
    const member = exchange.addMember();
    const key = makeKey(form);
    const id = member.addKey(key.publicKey);
    exchange.clockAhead = 60_000;
    const late = sdk(id, key.pem).getBalance();
    await expect(late).rejects.toMatchObject({
      response: { status: 401, data: { error: { code: 'header_timestamp_expired' } } },
    });
    exchange.clockAhead = 0;
  });

  test('is refused without the scope', async () => {
    const member = exchange.addMember();
    const key = makeKey(form);
    const id = member.addKey(key.publicKey, ['write::trade']);
    await expect(sdk(id, key.pem).getBalance()).rejects.toMatchObject({ response: { status: 403 } });
  });
});
