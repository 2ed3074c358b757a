// One member at a simulated exchange that runs in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Ready, Told } from './exchange-process.ts';

export class ExchangeProcess {
  readonly port: number;
  readonly certificate: { spki: string };
  readonly keyId: string;
  /** The member's private key. */
  readonly pem: string;

  private constructor(
    private readonly child: ChildProcess,
    { port, spki, keyId, pem }: Ready,
  ) {
    this.port = port;
    this.certificate = { spki };
    this.keyId = keyId;
    this.pem = pem;
  }

  static async start(): Promise<ExchangeProcess> {
    const child = fork(join(import.meta.dirname, 'exchange-process.ts'));
    const [ready] = await once(child, 'message');
    return new ExchangeProcess(child, ready as Ready);
  }

  /** Sets the member's balance. @returns how long the exchange took for its last answer before, milliseconds */
  async setCash(cash: string): Promise<number> {
    const answer = once(this.child, 'message');
    this.child.send({ cash } satisfies Told);
    const [took] = await answer;
    return took as number;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
