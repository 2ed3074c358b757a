// Checks every assumption, and puts together what is printed and what is written.

import type { HostName } from '../../src/domain/polling/host-choice.ts';
import { ACCESS } from './access.ts';
import { type Assumption, untestable, type Verdict } from './assumption.ts';
import { BALANCE } from './balance.ts';
import { LIST_ASSUMPTIONS } from './lists.ts';
import { MARKETS } from './markets.ts';
import { NoRequestsLeft, type Probe, type Recorded } from './probe.ts';

export const ASSUMPTIONS: readonly Assumption[] = [...ACCESS, ...BALANCE, ...MARKETS, ...LIST_ASSUMPTIONS];

export type Finding = Verdict & { id: string; text: string };

/** The content of check-live.json: verdicts, statuses and shapes; no amount, ticker, title, ID or key. */
export interface Report {
  environment: string;
  findings: Finding[];
  requests: Recorded[];
}

/** Checks them one after the other. @throws what is no matter of the exchange: an error of the key */
export async function checkAll(
  probe: Probe,
  assumptions: readonly Assumption[] = ASSUMPTIONS,
): Promise<Report> {
  const findings: Finding[] = [];
  for (const { id, text, check } of assumptions) {
    const verdict = await check(probe).catch((error: unknown): Verdict => {
      if (error instanceof NoRequestsLeft) return untestable('the limit of requests is reached');
      throw error;
    });
    findings.push({ id, text, ...verdict });
  }
  return { environment: probe.context.environment, findings, requests: probe.recorded };
}

/** One line for each assumption, then a summary. */
export function tableOf({ findings, requests }: Report): string {
  const lines = findings.map((finding) => {
    const detail =
      finding.verdict === 'differs'
        ? ` (${finding.came})`
        : finding.verdict === 'not testable'
          ? ` (${finding.why})`
          : '';
    return `${finding.verdict.padEnd(12)}  ${finding.text}${detail}`;
  });
  const count = (verdict: string) => findings.filter((each) => each.verdict === verdict).length;
  const hosts = new Set<HostName>(requests.filter(({ status }) => status > 0).map(({ host }) => host));
  return [
    ...lines,
    '',
    `${count('holds')} hold, ${count('differs')} differ, ${count('not testable')} not testable; ${requests.length} requests; hosts that answered: ${[...hosts].join(', ') || 'none'}`,
  ].join('\n');
}
