import { shownName } from "../render/page/facts.ts";
import { quantity } from "../text/figures.ts";
import { escapeText } from "../text/invisible.ts";

/** Names in one annotation: the summary has all of them. */
const MAX_NAMES = 10;

/** Says which campaigns are locked, differ from their files and are left alone; nothing when none is. */
export function skippedWarnings(skipped: readonly { readonly name: string | null }[]): readonly string[] {
  if (skipped.length === 0) return [];
  const names = skipped.slice(0, MAX_NAMES).map(({ name }) => escapeText(shownName(name)));
  const more = skipped.length - names.length;
  const all = `${names.join(", ")}${more === 0 ? "" : ` and ${more} more`}`;
  return [
    `SKIPPED: ${quantity(skipped.length, "campaign")} not draft any more, so what the files say is not written: ${all}.`,
  ];
}
