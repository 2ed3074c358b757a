// One request at a time with each key, whether it is polled or checked.

import { Mutex } from '../mutex.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** Runs `work` when no other request with this key is under way. */
export function withKeyLock<T>(memory: WorkerMemory, keyId: string, work: () => Promise<T>): Promise<T> {
  const { keyRequests } = memory;
  const mutex = keyRequests.get(keyId) ?? new Mutex();
  keyRequests.set(keyId, mutex);
  return mutex.run(work);
}
