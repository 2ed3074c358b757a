// Which hosts may be used, and which one is remembered.

import { hasHostPermission } from '../../browser/permissions.ts';
import type { Environment } from '../../domain/accounts/account.ts';
import { chooseHost, HOST_NAMES, type HostName } from '../../domain/polling/host-choice.ts';
import { hostPattern } from '../../kalshi/endpoints.ts';
import type { HostReply } from '../../kalshi/failover.ts';
import { update } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/**
 * The hosts of an environment whose permission is granted. A request to another one would fail like one without a network,
 * so none is sent.
 */
export async function grantedHosts(environment: Environment): Promise<HostName[]> {
  const granted = await Promise.all(
    HOST_NAMES.map((host) => hasHostPermission(hostPattern(environment, host))),
  );
  return HOST_NAMES.filter((_, index) => granted[index]);
}

/**
 * Remembers the host that has returned a balance, if another one was tried before in vain. Not stored, it is found out again.
 * @param tried the hosts that were to be tried, in this order
 */
export async function rememberHost(
  memory: WorkerMemory,
  environment: Environment,
  tried: readonly HostName[],
  { ok, host }: HostReply,
): Promise<void> {
  if (!ok || host === tried[0]) return;
  await update(memory, ({ hosts }, write) =>
    write({ hosts: chooseHost(hosts, environment, host, Date.now()) }),
  ).catch(() => undefined);
}
