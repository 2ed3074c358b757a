// Noting that the extension was updated, until the user has seen it.

import { browser } from '../browser/browser.ts';
import type { Result } from '../commands/problem.ts';
import { runChange } from './run-change.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** Why the browser has started the extension anew. */
export interface InstallDetails {
  reason: string;
  previousVersion?: string;
}

/** Notes an update. Reloading the same version is none. */
export async function noteUpdate(
  memory: WorkerMemory,
  { reason, previousVersion }: InstallDetails,
): Promise<void> {
  const { version } = browser.runtime.getManifest();
  if (reason !== 'update' || previousVersion === version) return;
  await runChange(memory, ({ installation }, write) =>
    write({ installation: { ...installation, updatedTo: version } }),
  );
}

/** The user has seen it. */
export function markUpdateSeen(memory: WorkerMemory): Promise<Result<null>> {
  return runChange(memory, async ({ installation }, write) => {
    await write({ installation: { ...installation, updatedTo: null } });
    return null;
  });
}
