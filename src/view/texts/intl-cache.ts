// Number formatters, created once: creating one costs many times what using it costs, and lists use hundreds.
// Not for dates: those would keep the time zone that the user has left.

type Kind<F, O> = new (locale: string, options: O) => F;

const made = new Map<string, unknown>();

/** The formatter of this type with these options. */
export function formatter<F, O extends object>(kind: Kind<F, O>, locale: string, options: O): F {
  const id = [kind.name, locale, ...Object.values(options)].join();
  if (!made.has(id)) made.set(id, new kind(locale, options));
  return made.get(id) as F;
}
