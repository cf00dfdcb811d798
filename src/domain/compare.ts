/** Order of numbers, and of texts by UTF-16 code units: the same on every machine, whatever its locale. */
export function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
