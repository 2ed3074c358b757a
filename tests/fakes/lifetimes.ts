// Lifetimes of the background. All its code runs in one process and on the same modules; what belongs to which lifetime is
// known from the asynchronous context. The fakes ask for it at every call: once a lifetime has ended, its calls do nothing
// and never return, so whatever it still awaited cannot act in the next one.
import { AsyncLocalStorage } from 'node:async_hooks';

export interface WorkerLifetime {
  ended: boolean;
  /** Called before every call of the background to the outside; may end the lifetime. */
  onStep?: (name: string) => void;
}

const lifetimes = new AsyncLocalStorage<WorkerLifetime>();

/** Runs what belongs to a lifetime, with everything that it starts. */
export function runIn<T>(lifetime: WorkerLifetime, work: () => T): T {
  return lifetimes.run(lifetime, work);
}

/** The lifetime that the calling code belongs to; undefined for the test itself. */
export function lifetimeNow(): WorkerLifetime | undefined {
  return lifetimes.getStore();
}

/** A function that runs in the lifetime that bound it, whoever calls it. */
export const bindToLifetime = <F extends (...args: never[]) => unknown>(call: F): F =>
  AsyncLocalStorage.bind(call);

type Call = (...args: never[]) => unknown;

/** An API whose calls do nothing and never return once their caller has ended. */
export function killable<T extends object>(api: T, path = ''): T {
  return new Proxy(api, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof name === 'symbol' || value === null) return value;
      const step = path ? `${path}.${name}` : name;
      if (typeof value === 'function') return killableCall((value as Call).bind(target), step);
      return typeof value === 'object' ? killable(value, step) : value;
    },
  });
}

/** Calls that are no steps of their own: they return at once, and nothing can happen in between. */
const INSTANT = /^(runtime|i18n)\.|Listener$/;

/** Calls that return at once what never changes: nothing that an ended background does with it has an effect. */
const CONSTANT = /^(runtime\.get|i18n\.)/;

/** A function that does nothing and never returns once its caller has ended. */
export function killableCall(call: Call, step: string): Call {
  return (...args) => {
    const lifetime = lifetimeNow();
    if (lifetime && !lifetime.ended && !INSTANT.test(step)) lifetime.onStep?.(step);
    return lifetime?.ended && !CONSTANT.test(step) ? new Promise(() => undefined) : call(...args);
  };
}
