// Web Locks, which hold across the background and its successor, and end with whoever held them.

/** Waits until the lock is free, then holds it for as long as this background runs. */
export function holdLockForLifetime(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = navigator.locks.request(name, () => {
      resolve();
      return new Promise(() => undefined);
    });
    held.catch(reject);
  });
}
