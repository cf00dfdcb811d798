import { describe, expect, test } from "vitest";
import { renderApplyComment } from "../../../../../src/github/page/apply-comment.ts";
import { renderPlanComment } from "../../../../../src/github/page/plan-comment.ts";
import { MARK } from "../../../../../src/github/page/shown/reviewed-fold.ts";
import { showsAll } from "../../../../../src/github/page/shown/shown-plan.ts";
import { compareReviewed } from "../../../../../src/github/review/compare-reviewed.ts";
import { updatesOf } from "../../../../../src/plan/updates.ts";
import {
  COMMIT,
  fileUrl,
  leftOf,
  RUN_URL,
  target,
  unlikeUpdates,
} from "../../../../support/samples/github.ts";
import {
  audience,
  binding,
  samplePlan,
  sampleReport,
  sampleResult,
  sampleSkip,
  sampleUpdate,
} from "../../../../support/samples/plan.ts";

const comment = (changes: Parameters<typeof samplePlan>[0]) => {
  const plan = samplePlan(changes);
  return renderPlanComment({ plan, target, commit: COMMIT, origins: null, fileUrl, runUrl: RUN_URL });
};
const [one, two] = [sampleUpdate(1), sampleUpdate(2)];
const { body } = comment([one, two, sampleSkip(3)]);
const [hidden = ""] = body.split("\n", 1);

describe("a plan comment shows what its hidden line permits", () => {
  test("as it was written, and as a web form gives it back", () => {
    expect(showsAll(body, [one, two])).toBe(true);
    expect(showsAll(body.replaceAll("\n", "\r\n"), [one, two])).toBe(true);
  });

  test.each([
    ["a name", "**VIP (gold), 12 people &#38; more** (segment)"],
    ["a size", "**VIP** (segment, about 12,004 people)"],
    ["few people", "**VIP** (segment, fewer than 20 people)"],
    ["one", "**VIP** (segment, 1 person)"],
    ["nothing that could be counted", "**VIP** (segment, size not known)"],
  ])("with %s of its day, which nobody knows any more", (_, which) => {
    const id = `\`${audience(2).audienceId}\``;
    const named = body.replaceAll(`${id} (segment)`, `${which} ${id}`);
    expect(named).toContain(which);
    expect(showsAll(named, [one, two])).toBe(true);
  });

  test("beside what is live by now", () => {
    const live = `Live now: 1 included, 0 excluded.\n\n- includes **VIP** (segment) \`${audience(1).audienceId}\``;
    expect(showsAll(`${body}\n${live}\n`, [one, two])).toBe(true);
  });

  test("below a result that stands above it", () => {
    const plan = samplePlan([one, two]);
    const { body: applied } = renderApplyComment({
      report: sampleReport([sampleResult(1), sampleResult(2)]),
      plan,
      verdicts: compareReviewed(plan, []),
      previous: comment([one, two]),
      left: leftOf("planned", { kind: "changes", changes: [] }),
      runUrl: RUN_URL,
    });
    expect(showsAll(applied, [one, two])).toBe(true);
  });

  test("as far as a long one says how many it leaves out", () => {
    const many = unlikeUpdates(200);
    const long = comment(many).body;
    expect(long).toMatch(/_\d+ campaigns more left out here/);
    expect(showsAll(long, updatesOf(samplePlan(many).changes))).toBe(true);
    const short = long.replace(/_\d+ campaigns more left out here/g, "_1 campaign more left out here");
    expect(showsAll(short, updatesOf(samplePlan(many).changes))).toBe(false);
    const within = long.replace(/^_\d+ campaigns more left out here/gm, "x $&");
    expect(showsAll(within, updatesOf(samplePlan(many).changes))).toBe(false);
  });
});

describe("another text does not", () => {
  test.each([
    ["something else altogether", `${hidden}\nThanks for the change!`],
    ["the headline alone", `${hidden}\n### 2 campaigns change: 2 can reach more people`],
    [
      "the stable line alone",
      `${hidden}\n<sub>Plan: 2 to change, 0 in sync, 1 skipped (not draft), 0 errors.<br></sub>`,
    ],
    ["the plan of one of them", `${hidden}\n${comment([one]).body.split("\n").slice(1).join("\n")}`],
    [
      "a plan that says that nothing changes",
      body.replace("### 2 campaigns change:", "### 0 campaigns change:"),
    ],
    ["no headline", body.replace("### 2 campaigns change:", "### 2 campaigns:")],
    ["the plan within an HTML comment", body.replace("<details", "<!--\n<details").concat("\n-->\nThanks!")],
    ["the plan within a tag", `${body.replace("### Changes", "<picture>\n\n### Changes")}\n</picture>`],
    ["a campaign in what a picture says", body.replace("### Changes", "### Changes\n\n![a\nb](x)")],
    ["a code span without an end", body.replace("### Changes", "` <!-- `\n` --> \n\n### Changes")],
    ["a fence around what we do not write", `${body}\n\`\`\`\na\n<x>\n\`\`\`\n`],
    ["a fence with more on its line", `${body}\n\`\`\` <!--\n\`\`\`\n`],
    ["a fence that begins within a line", `${body}\nx \`\`\`\n\`\`\`\n`],
    ["a fence without an end", `${body}\n\`\`\`\n`],
    [
      "a short text that says that there was no room",
      `${hidden}\n### 2 campaigns change: 2 can reach more people\n\n_2 campaigns more left out here for want of room. See the run._`,
    ],
    [
      "a short text that says that the rest was cut",
      `${hidden}\n### 2 campaigns change: 2 can reach more people\n\n_The rest of the plan is left out here for want of room; the edit history of this comment has it._`,
    ],
  ])("%s", (_, text) => {
    expect(showsAll(text, [one, two])).toBe(false);
  });

  const all = body.slice(body.indexOf("<details"), body.indexOf("\n---"));
  const START = `${hidden}\n### 2 campaigns change: only spelling\n\n`;
  const visible = body.slice(hidden.length + 1);
  const F = "```";

  test.each([
    ["a code span in a summary", `${START}<details open>\n<summary>x \`<!--\`</summary>\n\n${all}`],
    ["a code span in a name", `${body.replace("<summary><b>", "<summary><b>`<!--`")}`],
    [
      "a code span on the line of a fold",
      `${START}<details>\`<a title='\`\n\n${MARK}\n${visible}\n\n</details>`,
    ],
    [
      "a fence in a fold's HTML",
      `${START}<details>\n${F}\n<a title='\n${F}\n\n${MARK}\n\n${visible}\n\n</details>`,
    ],
    ["a backtick that is escaped", `${START}foo \\\`<picture>\` bar\n\n${all}`],
    ["a code span that a cell ends", `${START}| a |\n| --- |\n| \`b | <!--\` |\n\n${all}`],
    ["a fence with a longer end", `${START}${F}\nx\n${F}\`\n<!--\n\n${all}\n\n${F}\n`],
    ["a fence with an indented end", `${START}${F}\nx\n  ${F}\n<!--\n\n${all}\n\n${F}\n`],
    ["a fence of tildes", `${START}~~~\n${F}\n~~~\n<!--\n\n${all}\n\n${F}\n`],
    ["a formula", `${START}${F}math\n\\phantom{\n${all}\n}\n${F}\n`],
    ["a formula between dollars", `${START}$$\n\n${all}\n\n$$`],
    ["a diagram", `${START}${F}mermaid\n${all}\n${F}\n`],
    [
      "small print in small print",
      `${START}<details open>${"<sub>".repeat(60)}<summary>x</summary>\n\n${all}`,
    ],
    ["small print without an end", `${START}---\n\n${"<sub>".repeat(60)}\n\n${all}`],
    [
      "a fold around it",
      `${START}<details>\n<summary>1 campaign more, what widens first</summary>\n\n${all}\n\n</details>`,
    ],
    ["a fold without an end", body.replace("\n\n</details>", "")],
    ["an end without a fold", `${body}\n\n</details>`],
    ["a footnote", `${START}[^x]: a\n\n${all}`],
    ["text that runs the other way", body.replaceAll("(segment)", "\u202e(segment)")],
    ["a line that is indented", body.replace("Campaign `", "    Campaign `")],
    ["a campaign named elsewhere", `${body}\n\nCampaign \`${one.campaignId}\`\n`],
    ["the same details twice", body.replace(all, `${all}\n\n${all}`)],
    [
      "other details of a campaign before the true ones",
      body.replace(
        "<details",
        `<details open>\n<summary><b>Campaign 1</b>: ▼ fewer people</summary>\n\nCampaign \`${one.campaignId}\`\n\n- ▼ fewer people: now excludes \`${audience(77).audienceId}\` (segment)\n\nAfterwards: 1 included, 2 excluded.\n\n</details>\n\n<details`,
      ),
    ],
    ["another direction above the details", body.replace("</b>: ▲ more people", "</b>: ▼ fewer people")],
    ["a mark elsewhere", `${START}${MARK}\n\n${all}`],
    [
      "details above the folded plan",
      `${START}${all}\n\n<details>\n<summary>The plan that was reviewed</summary>\n\n${MARK}\n\n${visible}\n\n</details>`,
    ],
  ])("with %s", (_, text) => {
    expect(text).not.toBe(body);
    expect(showsAll(text, [one, two])).toBe(false);
  });

  test("with a hidden line so long that it alone leaves no room", () => {
    const long = `<!-- campaignctl:plan x ${"a".repeat(40_000)} -->`;
    const note = "_2 campaigns more left out here for want of room. See the run._";
    expect(showsAll(`${long}\n### 2 campaigns change: only spelling\n\n${note}`, [one, two])).toBe(false);
  });

  const LINE = `- ▲ more people: now includes \`${audience(2).audienceId}\` (segment)`;

  test.each([
    ["the other direction", LINE, LINE.replace("▲ more people", "▼ fewer people")],
    ["something else that becomes of it", LINE, LINE.replace("now includes", "no longer excludes")],
    ["another type", LINE, LINE.replace("(segment)", "(audience)")],
    ["the end of an id only", LINE, "- ▲ more people: now includes **VIP** (segment) `…0002`"],
    [
      "another id beside the name",
      LINE,
      `- ▲ more people: now includes **VIP** (segment) \`${audience(3).audienceId}\``,
    ],
    [
      "a name that swallows the rest",
      LINE,
      `- ▲ more people: now includes **VIP** (segment) \`x\`, not **${audience(2).audienceId}** (segment) \`${audience(2).audienceId}\``,
    ],
    ["a line less", LINE, ""],
    ["a line more", LINE, `${LINE}\n${LINE.replace("000002", "000003")}`],
    ["a line before", LINE, `${LINE.replace("000002", "000003")}\n${LINE}`],
    [
      "something else that is left",
      "Afterwards: 2 included, 1 excluded.",
      "Afterwards: 1 included, 1 excluded.",
    ],
  ])("a list with %s", (_, from, to) => {
    expect(body).toContain(from);
    expect(showsAll(body.replaceAll(from, to), [one, two])).toBe(false);
  });

  test("the same campaigns with another change", () => {
    const other = sampleUpdate(1, { after: binding([audience(1), audience(7)]) });
    expect(showsAll(body, [other, two])).toBe(false);
  });

  test("where nothing is permitted, there is nothing to show", () => {
    expect(showsAll("", [])).toBe(true);
  });
});
