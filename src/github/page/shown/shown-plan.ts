import type { Direction, Update } from "../../../domain/model.ts";
import { afterwardsLine, sentenceStart } from "../../../render/markdown/change-markdown.ts";
import { markdownCode } from "../../../render/markdown/markdown-escape.ts";
import { isSeenLine } from "../../../render/markdown/seen-line.ts";
import { NOTHING_KNOWN } from "../../../render/page/audience-knowledge.ts";
import { replacementOf, SIZE_NOT_KNOWN } from "../../../render/page/audience-sentences.ts";
import { DIRECTION_WORDS, directionText, NO_EXCLUDE_WARNING } from "../../../render/page/effect-words.ts";
import { visiblePart } from "../../review/comment-header.ts";
import { COMMENT_LIMIT, utf8Length, VISIBLE_MIN } from "../limits.ts";
import { FOLD_END } from "../markup.ts";
import { atHeadline } from "./headline.ts";
import { CUT_NOTE, MARK, planShownIn } from "./reviewed-fold.ts";

/**
 * Whether the text that people see in a plan comment shows the updates that its hidden line permits. Other workflows
 * post text with the same token, and such text may begin with a hidden line that was copied or made up: what nobody
 * could see was not reviewed. Updates that a long plan leaves out count as shown as far as the text says how many.
 *
 * @param body a comment's body, with its header.
 */
export function showsAll(body: string, permitted: readonly Update[]): boolean {
  if (permitted.length === 0) return true;
  if (!isOurs(visiblePart(body).replaceAll("\r\n", "\n"))) return false;
  const shown = planShownIn(body);
  const told = detailsIn(shown);
  const isTold = permitted.map((update) => fits(told.get(update.campaignId), update));
  const toChange = sumOf(atHeadline(shown).head.at(-1) ?? "", /^### ([\d,]+) campaigns? changes?:/g);
  const hidden = isTold.filter((isShown) => isShown === null).length;
  if (isTold.includes(false) || permitted.length > toChange) return false;
  return hidden === 0 || hidden <= leftOutOf(body, shown);
}

const DIRECTIONS = Object.keys(DIRECTION_WORDS).map((direction) => directionText(direction as Direction));

/** How the details of a campaign begin. */
const CAMPAIGN_START = `<details(?: open)?>\\n<summary><b>[^<\\n]*</b>: (${[...DIRECTIONS, "left alone"].join("|")})</summary>`;

const OF_CAMPAIGN = new RegExp(`^${CAMPAIGN_START}$`);

const OF_PLAN_OR_TABLE =
  /^<details>\n<summary>(?:[\d,]+ campaigns? (?:more, what widens first|that this pull request does not touch [^<`\n]*)|The plan that was reviewed)<\/summary>$/;

/**
 * Whether a text is made of the blocks that our own pages have, and of nothing that a reader does not see. A blank line
 * stands around each of our tags, so that Markdown reads nothing else as HTML.
 */
function isOurs(text: string): boolean {
  const blocks = text.split(/\n{2,}/);
  const marked = blocks.indexOf(MARK);
  let depth = 0;
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1] ?? "";
    if (OF_CAMPAIGN.test(block) || OF_PLAN_OR_TABLE.test(block)) {
      depth += 1;
      // Nothing is folded but the plan, and in a plan nothing is folded twice.
      if (marked < 0 ? depth > 1 : index < marked - 1 || depth > 2) return false;
    } else if (block === FOLD_END) {
      depth -= 1;
      if (depth < 0 || (marked >= 0 && depth === 0 && index < blocks.length - 1)) return false;
    } else if (block === MARK) {
      if (index !== marked || depth !== 1 || !before.endsWith(">The plan that was reviewed</summary>"))
        return false;
    } else if (!isText(block, before)) return false;
  }
  return depth === 0;
}

/** Whether a block is text of our own kind, where we put it: campaigns are named where their details begin. */
function isText(block: string, before: string): boolean {
  if (block.startsWith("Campaign ") !== OF_CAMPAIGN.test(before)) return false;
  const small = before === "---" ? /^<sub>([^\n]*)<\/sub>$/.exec(block)?.[1] : undefined;
  return (small ?? block).split("\n").every(isSeenLine);
}

type Detail = { readonly words: string; readonly content: string };

/** What a plan tells of each campaign: null of one that it tells of more than once. */
function detailsIn(shown: string): ReadonlyMap<string, Detail | null> {
  const details = new Map<string, Detail | null>();
  const blocks = new RegExp(
    `^${CAMPAIGN_START}\\n\\nCampaign \`([^\`\\n]+)\`\\n\\n([\\s\\S]*?)\\n\\n${FOLD_END}$`,
    "gm",
  );
  for (const [, words = "", campaignId = "", content = ""] of shown.matchAll(blocks)) {
    details.set(campaignId, details.has(campaignId) ? null : { words, content });
  }
  return details;
}

/** Whether a campaign's details are those of an update; null where there are none. */
function fits(detail: Detail | null | undefined, update: Update): boolean | null {
  if (detail === undefined) return null;
  return detail?.words === directionText(update.direction) && listOf(update).test(detail.content);
}

/**
 * The whole list of what an update changes. Names and sizes are those of its day, and vouch for nothing: each line has
 * its direction, what becomes of the audience, its type and its id.
 */
function listOf(update: Update): RegExp {
  const { sentences, afterwards } = replacementOf(update, NOTHING_KNOWN);
  const lines = sentences.map((sentence) => {
    const start = literal(sentenceStart(sentence));
    const id = literal(markdownCode(sentence.audienceId));
    const about = `\\(${literal(sentence.about)}(?:, ${PEOPLE})?\\)`;
    return `${start}(?:${id} ${about}|\\*\\*[^*\\n]+\\*\\* ${about} ${id})`;
  });
  return new RegExp(
    `^(?:${literal(`**${NO_EXCLUDE_WARNING}**`)}\\n\\n)?${lines.join("\\n")}\\n\\n${literal(afterwardsLine(afterwards ?? ""))}$`,
  );
}

/** As `sizeWords` says it. */
const PEOPLE = `(?:(?:about |fewer than )?[\\d,]+ (?:people|person)|${SIZE_NOT_KNOWN})`;

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * How many campaigns the text leaves out for want of room: as many as it says, and only where there is no room. Of a
 * plan that was cut when it was folded nobody knows how many.
 */
function leftOutOf(body: string, shown: string): number {
  // Near the limit a campaign may find no room that is long itself. A long hidden line leaves readers their share.
  if (utf8Length(body) < COMMENT_LIMIT / 2 || utf8Length(visiblePart(body)) < VISIBLE_MIN / 2) return 0;
  if (shown.endsWith(CUT_NOTE) && body.includes(MARK)) return Number.POSITIVE_INFINITY;
  return sumOf(shown, /^_([\d,]+) campaigns? more left out here for want of room\./gm);
}

function sumOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce(
    (sum, [, digits = ""]) => sum + Number(digits.replaceAll(",", "")),
    0,
  );
}
