import type { Update } from "../../domain/model.ts";
import { afterwardsLine, sentenceStart } from "../../render/markdown/change-markdown.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import { NOTHING_KNOWN } from "../../render/page/audience-knowledge.ts";
import { replacementOf, SIZE_NOT_KNOWN } from "../../render/page/audience-sentences.ts";
import { visiblePart } from "../review/comment-header.ts";
import { COMMENT_LIMIT, utf8Length } from "./limits.ts";
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
  if (!isAllSeen(visiblePart(body).replaceAll("\r\n", "\n"))) return false;
  const shown = planShownIn(body);
  const toChange = sumOf(shown, /^### ([\d,]+) campaigns? changes?:/g);
  const hidden = permitted.filter((update) => !isShown(shown, update)).length;
  return permitted.length <= toChange && (hidden === 0 || hidden <= leftOutOf(body, shown));
}

/** The tags and the comment that our own pages are made of. Text from anywhere has its `<` escaped there. */
const OUR_TAGS = new RegExp(`<(?:details(?: open)?|/details|/?summary|/?b|/?sub|w?br)>|^${MARK}$`, "g");

/** A code span that ends on its line, by as many backticks as it began with. */
const CODE_SPAN = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g;

/** Whether nothing can stand in the text that a reader does not see: HTML, pictures, code without an end. */
function isAllSeen(text: string): boolean {
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    if (fence !== null) {
      if (line === fence) fence = null;
      continue;
    }
    fence = /^(`{3,})\w*$/.exec(line)?.[1] ?? null;
    if (fence === null && /[<`]|!\[/.test(line.replace(CODE_SPAN, "").replace(OUR_TAGS, ""))) return false;
  }
  return fence === null;
}

function isShown(shown: string, update: Update): boolean {
  const [, ...details] = shown.split(`</summary>\n\nCampaign ${markdownCode(update.campaignId)}\n`);
  const list = listOf(update);
  return details.some((detail) => list.test(detail.split("\n</details>", 1)[0] ?? ""));
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
  return new RegExp(`(?:^|\\n)\\n${lines.join("\\n")}\\n\\n${literal(afterwardsLine(afterwards ?? ""))}\\n`);
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
  if (utf8Length(body) < COMMENT_LIMIT / 2) return 0;
  if (shown.endsWith(CUT_NOTE) && body.includes(MARK)) return Number.POSITIVE_INFINITY;
  return sumOf(shown, /^_([\d,]+) campaigns? more left out here for want of room\./gm);
}

function sumOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].reduce(
    (sum, [, digits = ""]) => sum + Number(digits.replaceAll(",", "")),
    0,
  );
}
