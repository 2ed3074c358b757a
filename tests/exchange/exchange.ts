// A simulated Kalshi: HTTPS under the real host names, every signature is verified and every request is recorded.
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ApiAnswer, NOT_FOUND } from './answers/paging.ts';
import { publicAnswer } from './answers/public.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { exchangeStatus, type Fault, STATUS_PATH, send, setFault } from './faults.ts';
import { type Environment, HOSTS } from './hosts.ts';
import { type KeyForm, type KeyPair, makeKey } from './keys.ts';
import { type Key, Member } from './member.ts';
import { environmentOf, hostOf, judge, pathOf } from './verify.ts';

/** One request as received, without signature and key. */
export interface Entry {
  host: string;
  method: string;
  path: string;
  /** With the question mark; empty without one. */
  query: string;
  /** `ok`, or the reason for its refusal. */
  verdict: string;
  /** Whether it carried a key ID. */
  signed: boolean;
  /** The member whose key signed it, counted from 0 in the order in which they were added; -1 for none. */
  member: number;
  /** The headers a browser adds that must not be there. */
  origin: boolean;
  cookie: boolean;
  /** The first language that was asked for. */
  language: string;
  /** Whether another request for the same with the same key was still under way. */
  concurrent: boolean;
  /** How long the exchange itself took, milliseconds; 0 until it has answered. */
  tookMs: number;
}

export class Exchange {
  readonly journal: Entry[] = [];
  /** The other host names that were requested: every host name is mapped to this server. */
  readonly strangers: string[] = [];
  /** How far the exchange's clock is ahead of ours, milliseconds. */
  clockAhead = 0;
  /** Titles of markets and events in other languages: by language (two letters) and English title. */
  titles: Record<string, Record<string, string>> = {};
  readonly #members: Member[] = [];
  readonly #events = new EventEmitter();
  /** By key and path: how many requests are under way. */
  readonly #active = new Map<string, number>();
  /** By member; under null for every request. */
  readonly #faults = new Map<Member | null, { fault: Fault; paths: RegExp } | undefined>();
  readonly #hostFaults = new Map<string, Fault | undefined>();

  private constructor(
    readonly certificate: Certificate,
    readonly server: Server,
  ) {
    server.on('request', (request, response) => void this.#answer(request, response));
    this.#events.setMaxListeners(0);
  }

  /** Starts listening on a free port of the loopback interface. */
  static async start(): Promise<Exchange> {
    const certificate = await makeCertificate(Object.keys(HOSTS));
    const server = createServer({ cert: certificate.cert, key: certificate.key });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Exchange(certificate, server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  addMember(init?: ConstructorParameters<typeof Member>[0] | Member): Member {
    const member = init instanceof Member ? init : new Member(init);
    this.#members.push(member);
    return member;
  }

  /** A member with a new key of the given form. */
  newMember(
    form: KeyForm,
    init?: ConstructorParameters<typeof Member>[0],
  ): { member: Member; key: KeyPair; keyId: string } {
    const member = this.addMember(init);
    const key = makeKey(form);
    return { member, key, keyId: member.addKey(key.publicKey) };
  }

  /** As it was at the start: no member, no request, no fault. */
  reset(): void {
    this.#members.length = 0;
    this.journal.length = 0;
    this.strangers.length = 0;
    this.#active.clear();
    this.#faults.clear();
    this.#hostFaults.clear();
    this.clockAhead = 0;
    this.titles = {};
  }

  /**
   * From now on every request gets this fault, or every good one of a member; without a fault, the normal response again.
   * @param paths only requests whose path matches
   */
  setFault(fault?: Fault, member: Member | null = null, paths = /^/): void {
    this.#faults.set(member, fault && { fault, paths });
  }

  /** From now on every request to this host gets this fault; without a fault, the normal response again. */
  setHostFault(host: string, fault?: Fault): void {
    this.#hostFaults.set(host, fault);
  }

  /** The first matching request from now on, not counting those already in the journal. */
  async next(fits: (entry: Entry) => boolean = () => true): Promise<Entry> {
    for (;;) {
      const [entry] = (await once(this.#events, 'request')) as [Entry];
      if (fits(entry)) return entry;
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = hostOf(request);
    if (!(host in HOSTS)) {
      this.strangers.push(host);
      response.socket?.destroy();
      return;
    }
    const now = Date.now() + this.clockAhead;
    response.setHeader('date', new Date(now).toUTCString());
    const verdict = judge(request, this.#members, now);
    const key = String(request.headers['kalshi-access-key'] ?? '');
    const same = `${key} ${pathOf(request)}`;
    const entry: Entry = {
      host,
      method: request.method ?? '',
      path: pathOf(request),
      query: (request.url ?? '').slice(pathOf(request).length),
      verdict: verdict.ok ? 'ok' : verdict.why,
      signed: key !== '',
      member: verdict.ok && verdict.member ? this.#members.indexOf(verdict.member) : -1,
      origin: request.headers.origin !== undefined,
      cookie: request.headers.cookie !== undefined,
      language: request.headers['accept-language']?.split(/[,;]/)[0] ?? '',
      concurrent: (this.#active.get(same) ?? 0) > 0,
      tookMs: 0,
    };
    this.#active.set(same, (this.#active.get(same) ?? 0) + 1);
    response.on('close', () => this.#active.set(same, (this.#active.get(same) ?? 1) - 1));
    const began = performance.now();
    response.once('finish', () => {
      entry.tookMs = performance.now() - began;
    });
    this.journal.push(entry);
    this.#events.emit('request', entry);
    const hostFault = this.#hostFaults.get(host);
    if (hostFault && !(await setFault(hostFault, response, entry.path))) return;
    const own = verdict.ok && verdict.member ? this.#faults.get(verdict.member) : undefined;
    const active = this.#faults.get(null) ?? own;
    if (active?.paths.test(entry.path) && !(await setFault(active.fault, response, entry.path))) return;
    if (!verdict.ok) return send(response, verdict.answer.status, verdict.answer.body);
    if (entry.path === STATUS_PATH) return send(response, 200, exchangeStatus(true));
    const { status, body } = this.#answerTo(verdict, entry, environmentOf(request), now);
    send(response, status, this.#translated(body, entry.language));
  }

  /** The member's answer, or for a request without a key the public one from the markets of all members. */
  #answerTo(
    { member, key }: { member?: Member; key?: Key },
    { path, query }: Entry,
    environment: Environment | undefined,
    now: number,
  ): ApiAnswer {
    const params = new URLSearchParams(query);
    if (member) return member.answer(path, params, now, key);
    const members = this.#members.filter((each) => each.environment === environment);
    const ledgers = members.flatMap((each) => [...each.ledgers.values()]);
    const cutoffs = members[0]?.cutoffs ?? new Member().cutoffs;
    const name = path.replace('/trade-api/v2/', '');
    return publicAnswer(ledgers, cutoffs, name, params, now) ?? NOT_FOUND;
  }

  /** Titles in another language, where there are some: `titles` by language and English title. */
  #translated(body: object, language: string): object {
    const titles = this.titles[language.slice(0, 2)];
    if (!titles) return body;
    return JSON.parse(JSON.stringify(body), (key, value) =>
      key === 'title' ? (titles[value] ?? value) : value,
    );
  }
}
