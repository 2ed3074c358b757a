// Decoding the body of a response.

import * as v from 'valibot';

/** A JSON body as its schema has it; undefined if it is not JSON, or of another shape. */
export function decodeBody<T>(body: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(body));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
