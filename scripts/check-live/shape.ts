// What an answer looks like, without any of its values: names of fields and their types.

/** A field's type. `decimal`: a decimal number as text; `time`: RFC 3339. */
type FieldType = 'decimal' | 'time' | 'text' | 'integer' | 'number' | 'boolean' | 'null' | 'list' | 'record';

/** Fields of an answer by path, e.g. `orders[].status`, each with the types that it had. */
export type Shape = Record<string, FieldType[]>;

/** A field's name as Kalshi writes them. Other names may be values, e.g. tickers, and are not kept. */
const NAME = /^[a-z][a-z_]{0,59}$/;

/** The fields of a JSON value. */
export function shapeOf(value: unknown): Shape {
  const found = new Map<string, Set<FieldType>>();
  collect(value, '', found);
  return Object.fromEntries([...found].sort().map(([path, types]) => [path, [...types].sort()]));
}

function collect(value: unknown, path: string, found: Map<string, Set<FieldType>>): void {
  const types = found.get(path) ?? new Set();
  if (path) found.set(path, types.add(typeOf(value)));
  if (Array.isArray(value)) for (const each of value) collect(each, `${path}[]`, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      collect(field, `${path}${path && '.'}${NAME.test(name) ? name : '(other)'}`, found);
    }
  }
}

function typeOf(value: unknown): FieldType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'record';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (/^-?\d+(\.\d+)?$/.test(String(value))) return 'decimal';
  return /^\d{4}-\d\d-\d\dT/.test(String(value)) ? 'time' : 'text';
}
