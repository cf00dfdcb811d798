import { visiblePart } from "../../review/comment-header.ts";
import { utf8Length } from "../limits.ts";
import { FOLD_END, fold } from "../markup.ts";
import { atHeadline } from "./headline.ts";

/** Stands before a folded plan. Names cannot fake it: their `<` is always escaped. */
export const MARK = "<!-- campaignctl:reviewed-plan -->";

/**
 * The plan that a comment shows: all of it when it was never applied, else what the last result folded away.
 *
 * @param body a comment's body, with its header.
 */
export function planShownIn(body: string): string {
  const visible = visiblePart(body).replaceAll("\r\n", "\n");
  const start = visible.indexOf(`\n${MARK}\n`);
  if (start < 0) return visible;
  const end = visible.lastIndexOf("\n</details>");
  return visible.slice(start + MARK.length + 2, end < start ? undefined : end).trim();
}

/** Stands where a folded plan was cut. */
export const CUT_NOTE =
  "_The rest of the plan is left out here for want of room; the edit history of this comment has it._";

/** Details of a campaign that is still open, as a plan tells them. */
export type OpenDetail = { readonly campaignId: string; readonly detail: string | null };

/**
 * Folds a plan away below a result, within `room` bytes of UTF-8: empty when not even a note fits. What is still open
 * comes first where not all is there or not all fits, since a later run asks for it.
 *
 * @param open with details to be used where the plan has none, null for none.
 */
export function foldPlan(plan: string, room: number, open: readonly OpenDetail[] = []): string {
  const there = detailsIn(plan);
  const isWhole = open.every(({ campaignId, detail }) => detail === null || there.has(campaignId));
  const whole = folded(isWhole ? plan : openFirst(plan, open));
  if (utf8Length(whole) <= room) return whole;
  const free = room - utf8Length(folded(CUT_NOTE));
  return free < 0 ? "" : folded(`${beginning(openFirst(plan, open), free - 2)}\n\n${CUT_NOTE}`.trim());
}

const OPEN_HEADING = "### Still open";

/** A plan with the details of what is still open right below its headline. */
function openFirst(plan: string, open: readonly OpenDetail[]): string {
  const there = detailsIn(plan);
  const first = open.flatMap(({ campaignId, detail }) => there.get(campaignId) ?? detail ?? []);
  if (first.length === 0) return plan;
  const rest = open
    .flatMap(({ campaignId }) => there.get(campaignId) ?? [])
    .reduce((text, detail) => text.replace(`\n\n${detail}`, ""), plan)
    .replace(`\n\n${OPEN_HEADING}`, "");
  const { head, rest: others } = atHeadline(rest);
  return [...head, OPEN_HEADING, ...first, ...others].join("\n\n");
}

/** The details of each campaign that a plan shows. */
function detailsIn(plan: string): ReadonlyMap<string, string> {
  const details = /^<details[^\n]*\n<summary>[^\n]*\n\nCampaign `([^`\n]+)`\n[\s\S]*?\n<\/details>$/gm;
  return new Map([...plan.matchAll(details)].map(([detail, campaignId = ""]) => [campaignId, detail]));
}

function folded(content: string): string {
  return fold("The plan that was reviewed", `${MARK}\n\n${content}`, "folded");
}

/**
 * As many whole blocks and table rows from the start of our own Markdown as fit. Where a table is cut within a fold, the
 * fold is ended.
 */
function beginning(markdown: string, room: number): string {
  let kept = "";
  let depth = 0;
  for (const unit of unitsOf(markdown)) {
    const closing = ending(unit.depth);
    if (utf8Length(kept) + utf8Length(unit.text) + utf8Length(closing) > room) break;
    kept += unit.text;
    depth = unit.depth;
  }
  return `${kept.trimEnd()}${ending(depth)}`;
}

function ending(depth: number): string {
  return `\n\n${FOLD_END}`.repeat(depth);
}

/** Where a reader of our own Markdown is: within which fence, and how deep in folded blocks. */
type Place = { readonly fence: string | null; readonly depth: number };

/** A piece of Markdown, and how many folded blocks are open at its end. */
type Unit = { readonly text: string; readonly depth: number };

/** Pieces that make up the whole again, none of which ends within a fence, a campaign's details or the head of a table. */
function unitsOf(markdown: string): readonly Unit[] {
  const lines = markdown.split("\n");
  const units: Unit[] = [];
  let text = "";
  let place: Place = { fence: null, depth: 0 };
  lines.forEach((line, index) => {
    text += `${line}\n`;
    place = placeAfter(line, place);
    const isRow = line.startsWith("| ") && lines[index - 1]?.startsWith("| ") === true;
    if (place.fence === null && (isRow || (place.depth === 0 && line === ""))) {
      units.push({ text, depth: place.depth });
      text = "";
    }
  });
  return [...units, { text, depth: place.depth }];
}

function placeAfter(line: string, { fence, depth }: Place): Place {
  if (fence !== null) return { fence: line === fence ? null : fence, depth };
  const opened = /^`{3,}/.exec(line)?.[0];
  if (opened !== undefined) return { fence: opened, depth };
  if (line.startsWith("<details")) return { fence, depth: depth + 1 };
  return { fence, depth: line === FOLD_END ? depth - 1 : depth };
}
