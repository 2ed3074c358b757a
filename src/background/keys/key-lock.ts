// One request at a time with each key, whether it is polled or checked.

import { Mutex } from '../mutex.ts';

const requests = new Map<string, Mutex>();

/** Runs `work` when no other request with this key is under way. */
export function withKeyLock<T>(keyId: string, work: () => Promise<T>): Promise<T> {
  const mutex = requests.get(keyId) ?? new Mutex();
  requests.set(keyId, mutex);
  return mutex.run(work);
}
