// Reading a large part of a store: a few thousand records at a time, so that no read exceeds the time limit of a store.

/** The number of records of one read or one write. */
export const PAGE = 5_000;

/** The two reads of a store that are needed; both in the order of the keys. */
interface Store<Key, Value> {
  getAllKeys(query: IDBKeyRange, count: number): Promise<Key[]>;
  getAll(query: IDBKeyRange, count: number): Promise<Value[]>;
}

/**
 * Every record of a range with its key.
 * @param use opens the store for one read
 * @throws what IndexedDB throws
 */
export async function readPages<Key extends IDBValidKey, Value>(
  all: IDBKeyRange,
  use: <T>(read: (store: Store<Key, Value>) => Promise<T>) => Promise<T>,
): Promise<[Key, Value][]> {
  const records: [Key, Value][] = [];
  for (let range = all; ; ) {
    const page = await use(async (store) => {
      const [keys, values] = await Promise.all([store.getAllKeys(range, PAGE), store.getAll(range, PAGE)]);
      return keys.map((key, index): [Key, Value] => [key, values[index] as Value]);
    });
    for (const record of page) records.push(record);
    const last = page.at(-1);
    if (page.length < PAGE || !last) return records;
    range = IDBKeyRange.bound(last[0], all.upper, true);
  }
}

/** The parts of a list, each of at most `PAGE` rows. */
export function* pagesOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += PAGE) yield rows.slice(at, at + PAGE);
}
