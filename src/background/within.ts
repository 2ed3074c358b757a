// A time limit for what the browser itself may never finish: a store that is blocked neither answers nor fails.

/** How long a store may take to answer. It is a matter of milliseconds when it works at all. */
export const STORE_LIMIT_MS = 5_000;

/** @throws if the work fails, or is not done within so many milliseconds; it is not stopped then, only not waited for. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not done in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
