/**
 * One line of the table. Exactly one of `atMost`, `atLeast` and `exactly` is its bar.
 *
 * @param bar.group which measure it belongs to; `--only` chooses by it.
 * @param bar.detail the two figures behind a ratio.
 */
export function rowOf(id, name, value, bar) {
  return { id, name, value, ...bar };
}

/** Whether a row holds its bar; a value that could not be had holds nothing. */
export function holds({ value, atMost, atLeast, exactly }) {
  if (value === null) return false;
  if (atMost !== undefined) return value <= atMost;
  if (atLeast !== undefined) return value >= atLeast;
  return value === exactly;
}

/** The bar in words, with what is aimed at. */
export function barOf({ atMost, atLeast, exactly, aim }) {
  const aimed = aim === undefined ? "" : `, aim ${aim}`;
  if (atMost !== undefined) return `at most ${atMost}${aimed}`;
  if (atLeast !== undefined) return `at least ${atLeast}${aimed}`;
  return `exactly ${exactly}`;
}
