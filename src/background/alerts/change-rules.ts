// Changing what the user is alerted of, and noting that alerts were seen.

import type { Result } from '../../commands/problem.ts';
import { alertsOf } from '../../domain/accounts/account-data.ts';
import { accountData } from '../../domain/accounts/state.ts';
import type { Alerts } from '../../domain/alerts/alert.ts';
import type { AlertRules } from '../../domain/alerts/rules.ts';
import { runUnlockedChange } from '../run-change.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** Changes some rules of an account. A rule that is new first looks at what is there, and says nothing. */
export function changeAlertRules(
  memory: WorkerMemory,
  accountId: string,
  change: { [Rule in keyof AlertRules]?: AlertRules[Rule] | undefined },
): Promise<Result<null>> {
  return changeAlerts(memory, accountId, (alerts) => ({
    ...alerts,
    rules: { ...alerts.rules, ...change } as AlertRules,
  }));
}

/** All alerts of an account were seen in the popup. */
export function markAlertsSeen(memory: WorkerMemory, accountId: string): Promise<Result<null>> {
  return changeAlerts(memory, accountId, (alerts) => ({ ...alerts, seen: alerts.nextId - 1 }));
}

function changeAlerts(
  memory: WorkerMemory,
  accountId: string,
  change: (alerts: Alerts) => Alerts,
): Promise<Result<null>> {
  return runUnlockedChange(memory, accountId, async (state, write) => {
    const data = accountData(state, accountId);
    await write({ data: { [accountId]: { ...data, alerts: change(alertsOf(data)) } } });
    return null;
  });
}
