// One at a time: Web Locks hold across the background and its successor, and end with whoever held them.

/** Runs `work` when nobody else holds `name`. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, work);
}

/** Has the browser get its locks ready: for the first lock of a life it takes a millisecond that nobody has to wait for. */
export function readyLocks(): void {
  void navigator.locks.query();
}
