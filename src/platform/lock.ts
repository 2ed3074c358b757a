// One at a time: Web Locks hold across the background and its successor, and end with whoever held them.

/** Runs `work` when nobody else holds `name`. */
export async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, work);
}

/** Runs `work` if nobody else holds `name`; undefined if somebody does. */
export async function ifFree<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
