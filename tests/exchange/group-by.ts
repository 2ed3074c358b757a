/** Rows by a property of each, in order (Node 20 has no `Map.groupBy`). */
export function groupBy<Row>(rows: Iterable<Row>, of: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(of(row));
    if (group) group.push(row);
    else groups.set(of(row), [row]);
  }
  return groups;
}
