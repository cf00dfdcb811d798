import { canReachMore } from "../../plan/updates.ts";
import { quantity } from "../../text/figures.ts";
import type { UpdateEntry } from "./change-entry.ts";
import type { PageAlert } from "./page-section.ts";

/** The changes that can reach more people, and those that take away the last exclude. */
export function planAlerts(updates: readonly UpdateEntry[]): readonly PageAlert[] {
  const widening = updates.filter(canReachMore);
  const bare = updates.filter(({ losesLastExclude }) => losesLastExclude);
  return [
    ...alert("warning", widening, (count) => `${count} can reach more people`, ""),
    ...alert("caution", bare, (count) => `No exclude is left in ${count}`, NO_EXCLUDE_MEANS),
  ];
}

const NO_EXCLUDE_MEANS = "Everybody in an included audience receives the campaign.";

function alert(
  level: PageAlert["level"],
  updates: readonly UpdateEntry[],
  title: (count: string) => string,
  means: string,
): readonly PageAlert[] {
  if (updates.length === 0) return [];
  const names = updates.map(({ name }) => name);
  return [{ level, title: title(quantity(updates.length, "campaign")), names, means }];
}
