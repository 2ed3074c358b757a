// Work that must not overlap, in the one background that there is (locks.ts).

/** Runs one piece of work at a time, in the order in which they were requested. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all work before it has ended, successfully or not. Its result or error is passed on. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
