import { escapeText } from "../../text/invisible.ts";
import { positionText } from "../page/facts.ts";
import type { FindingEntry, FindingSections } from "../page/rules/finding-entry.ts";
import type { Style } from "./style.ts";
import { indented } from "./text-block.ts";

/** Rules that hold a run back: what a person must see first. */
export function refusalLines({ stopsTitle, stops }: FindingSections, style: Style): readonly string[] {
  return section(stopsTitle, stops, style);
}

/** What rules only tell, or let pass. */
export function toldLines({ told }: FindingSections, style: Style): readonly string[] {
  return section("Rules", told, style);
}

function section(title: string, entries: readonly FindingEntry[], style: Style): readonly string[] {
  if (entries.length === 0) return [];
  return ["", style.bold(title), ...entries.flatMap((entry) => ["", ...findingBlock(entry, style)])];
}

/** One finding as lines. */
export function findingBlock(entry: FindingEntry, style: Style): readonly string[] {
  const { rule, strength, state, who, source, message, remedy, isStop } = entry;
  const colour = isStop ? style.red : style.yellow;
  const word = state === "broken" ? strength : state;
  const place = source === null ? "" : `  ${style.dim(escapeText(positionText(source)))}`;
  return [
    `${colour(`${isStop ? "x" : "!"} ${escapeText(rule)} (${word})`)}  ${style.bold(escapeText(who))}${place}`,
    indented(escapeText(message)),
    ...(remedy === "" ? [] : [indented(escapeText(remedy))]),
  ];
}
