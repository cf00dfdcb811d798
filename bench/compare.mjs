import { hasBar } from "./row.mjs";

/** How much worse than the kept value a new one may be: a part of it, and a little besides for values near 0. */
const MARGIN = { part: 0.2, besides: 0.05 };

/** What became worse than the kept results by more than the margin, one line each. A row without a bar promises nothing. */
export function compareResults(kept, rows) {
  const before = new Map(kept.rows.map((row) => [row.id, row]));
  return rows.filter(hasBar).flatMap((row) => {
    const earlier = before.get(row.id)?.value ?? null;
    if (earlier === null || row.value === null || !isWorse(row, earlier)) return [];
    return [`${row.id} (${row.name}): ${row.value.toFixed(2)}, was ${earlier.toFixed(2)}`];
  });
}

function isWorse({ value, atLeast, exactly }, earlier) {
  const slack = Math.abs(earlier) * MARGIN.part + MARGIN.besides;
  if (exactly !== undefined) return value !== earlier;
  return atLeast === undefined ? !(value <= earlier + slack) : !(value >= earlier - slack);
}
