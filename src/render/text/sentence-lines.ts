import type { Direction } from "../../domain/model.ts";
import { escapeText } from "../../text/invisible.ts";
import { displayWidth } from "../../text/width.ts";
import type { AudienceSentence, Comparison } from "../page/audience-sentences.ts";
import { directionText } from "../page/effect-words.ts";
import type { Style } from "./style.ts";
import { indented } from "./text-block.ts";

/** What differs, a line an audience, its columns aligned, and what a write leaves. */
export function comparisonLines({ sentences, afterwards }: Comparison, style: Style): readonly string[] {
  const rows = sentences.map((sentence) => ({ direction: sentence.direction, ...cellsOf(sentence) }));
  const widest = (cells: readonly string[]): number =>
    Math.min(WIDEST, Math.max(...cells.map(displayWidth), 0));
  const widths = {
    effect: widest(rows.map(({ effect }) => effect)),
    verb: widest(rows.map(({ verb }) => verb)),
    which: widest(rows.flatMap(({ which, id }) => (id === "" ? [] : [which]))),
  };
  const lines = rows.map(({ direction, effect, verb, which, id }) => {
    const colour = directionColour(direction, style);
    const start = direction === "none" ? "" : `${colour(effect)}${blanks(effect, widths.effect)}`;
    const end = id === "" ? "" : `${blanks(which, widths.which)}${style.dim(id)}`;
    return `${start}${verb}${blanks(verb, widths.verb)}${which}${end}`;
  });
  return [...lines, ...(afterwards === null ? [] : [`afterwards ${afterwards}`])].map(indented);
}

/** A column is no wider than this, whatever is in one of its cells. */
const WIDEST = 70;

/** The end of an id is enough beside a name; the JSON result has all of it. */
function cellsOf({ direction, verb, name, about, audienceId }: AudienceSentence) {
  return {
    effect: directionText(direction),
    verb,
    which: name === null ? `${audienceId} (${about})` : `${escapeText(name)} (${about})`,
    id: name === null ? "" : `…${audienceId.slice(-4)}`,
  };
}

/** What stands between a cell and the next one. */
function blanks(cell: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(cell)) + 2);
}

/** A colour for a direction, which only repeats its word: not one that says good or bad. */
export function directionColour(direction: Direction, style: Style): (text: string) => string {
  switch (direction) {
    case "widens":
      return style.magenta;
    case "narrows":
      return style.cyan;
    case "mixed":
      return style.yellow;
    case "none":
      return style.dim;
  }
}
