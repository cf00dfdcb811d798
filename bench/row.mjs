/**
 * One line of the table. At most one of `atMost`, `atLeast` and `exactly` is its bar; a line without one is there for
 * comparison, and promises nothing.
 *
 * @param bar.group which measure it belongs to; `--only` chooses by it.
 * @param bar.detail the two figures behind a ratio.
 */
export function rowOf(id, name, value, bar) {
  return { id, name, value, ...bar };
}

/** Whether a row has a bar that it can hold or miss. */
export function hasBar({ atMost, atLeast, exactly }) {
  return atMost !== undefined || atLeast !== undefined || exactly !== undefined;
}

/** Whether a row was measured and misses its bar. */
export function misses(row) {
  return hasBar(row) && row.value !== null && !holds(row);
}

/** What the table says of a row: whether it holds its bar, if it has one and was measured. */
export function verdictOf(row) {
  if (!hasBar(row)) return "–";
  if (row.value === null) return "not measured";
  return holds(row) ? "yes" : "**no**";
}

function holds({ value, atMost, atLeast, exactly }) {
  if (atMost !== undefined) return value <= atMost;
  if (atLeast !== undefined) return value >= atLeast;
  return value === exactly;
}

/** The bar in words, with what is aimed at. */
export function barOf({ atMost, atLeast, exactly, aim }) {
  const aimed = aim === undefined ? "" : `, aim ${aim}`;
  if (atMost !== undefined) return `at most ${atMost}${aimed}`;
  if (atLeast !== undefined) return `at least ${atLeast}${aimed}`;
  return exactly === undefined ? "–" : `exactly ${exactly}`;
}
