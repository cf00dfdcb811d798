import type { ApplyResult, ReadRecord } from "../domain/model.ts";
import type { Written } from "./evaluation.ts";
import type { Shown } from "./evaluation-age.ts";

/** What the report of an earlier apply proves of a write; null of a campaign that it did not write and verify. */
export function writtenIn({ outcome, after, writes, guard, readBack }: ApplyResult): Written | null {
  const write = writes.at(-1);
  if (outcome !== "applied" || write === undefined || guard === null || readBack === null) return null;
  const latest = timeOrNull(write.clock === "server" ? write.at : readBack.at);
  const evidence = { after, previous: shownIn(guard), readBack: shownIn(readBack), latest };
  return { kind: "written", ...evidence, answeredAt: null };
}

function shownIn({ at, updatedAt, reach }: ReadRecord): Shown {
  return { serverTime: timeOrNull(at), updatedAt, reach };
}

/** A leap second is a date to the schema and none here. */
function timeOrNull(iso: string | null): number | null {
  const time = Date.parse(iso ?? "");
  return Number.isNaN(time) ? null : time;
}
