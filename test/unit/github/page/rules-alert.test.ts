import { describe, expect, test } from "vitest";
import type { RuleChanges } from "../../../../src/domain/model.ts";
import { renderPlanComment } from "../../../../src/github/page/plan-comment.ts";
import { withNote } from "../../../../src/github/page/shown/plan-note.ts";
import { showsAll } from "../../../../src/github/page/shown/shown-plan.ts";
import { visiblePart } from "../../../../src/github/review/comment-header.ts";
import { COMMIT, fileUrl, RUN_URL, target } from "../../../support/samples/github.ts";
import { sampleFinding, sampleRuleChange, sampleRuleChanges } from "../../../support/samples/guardrails.ts";
import { samplePlan, sampleUpdate } from "../../../support/samples/plan.ts";

const SPRING = sampleUpdate(1, { name: "Spring @jane | <b>" });

function bodyOf(ruleChanges: RuleChanges, updates = [SPRING], limit?: number) {
  const plan = { ...samplePlan(updates), ruleChanges };
  const room = limit === undefined ? {} : { limit };
  return renderPlanComment({
    plan,
    target,
    commit: COMMIT,
    origins: null,
    fileUrl,
    runUrl: RUN_URL,
    ...room,
  });
}

const blocksOf = (body: string) => visiblePart(body).split("\n\n");

describe("rules that a pull request weakens come first of all in its comment", () => {
  test("with what those of before would have refused, and what is stricter far below", () => {
    const stricter = sampleRuleChange({ effect: "stricter", message: "Asked now: something." });
    const waived = sampleRuleChange({
      kind: "waiver",
      rule: "require-exclude",
      campaignId: SPRING.campaignId,
      message: "A new waiver until 2026-12-31 (crm: because *I* say so).",
    });
    const { body } = bodyOf(
      sampleRuleChanges([sampleRuleChange(), waived, stricter], [sampleFinding(SPRING)]),
    );
    const [first = "", second = "", ...rest] = blocksOf(body);
    expect(first.split("\n")).toEqual([
      "### This pull request changes the rules",
      "> [!CAUTION]",
      "> **Weaker than in commit `1f0c2b7`:**\\",
      "> `max-changes`: At most 50 campaigns may change in one run; it was 25.\\",
      expect.stringMatching(/^> `require-exclude`: \*\*Spring .*\*\*: A new waiver until .*&#42;I&#42;.*\\$/),
      expect.stringMatching(
        /^> \*\*The rules of commit `1f0c2b7` would have refused this plan\*\*: Spring .*\)$/,
      ),
    ]);
    expect(second).toBe("### 1 campaign changes: it can reach more people");
    expect(rest).toContain("### The rules of commit `1f0c2b7` would have refused this plan");
    expect(rest.indexOf("### Rules that are stricter than in commit `1f0c2b7`")).toBeGreaterThan(
      rest.indexOf("### Changes"),
    );
  });

  test("also where the comment is cut down to size, whatever their number and their length", () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      sampleRuleChange({ message: `${n} ${"<".repeat(300)}` }),
    );
    const updates = Array.from({ length: 200 }, (_, n) => sampleUpdate(n + 1));
    const { body, isCut } = bodyOf(sampleRuleChanges(many), updates, 20_000);
    expect([isCut, Buffer.byteLength(body) <= 20_000]).toEqual([true, true]);
    expect(blocksOf(body)[0]).toMatch(/^### This pull request changes the rules\n> \[!CAUTION\]\n/);
    expect(blocksOf(body)[0]).toMatch(/> 4\d\d more changes, told below\\\n/);
    expect(body).toMatch(/_\d+ rules more left out here for want of room/);
  });

  test("nothing where they are only stricter; of rules that nobody knows, that", () => {
    const stricter = bodyOf(sampleRuleChanges([sampleRuleChange({ effect: "stricter" })]));
    expect(blocksOf(stricter.body)[0]).toBe("### 1 campaign changes: it can reach more people");
    const unknown = bodyOf({ ...sampleRuleChanges([]), unknown: "its campaignctl.yaml has mistakes" });
    expect(blocksOf(unknown.body)[0]).toBe(
      "### Nobody knows whether this pull request changes the rules\n> [!WARNING]\n> The rules of commit `1f0c2b7` could not be read, so it is not known whether they were weakened: its `campaignctl.yaml` has mistakes.",
    );
  });

  test("and the comment still shows its plan to an apply, and takes notes below its headline", () => {
    const { body } = bodyOf(sampleRuleChanges([sampleRuleChange()], [sampleFinding(SPRING)]));
    expect(showsAll(body, [SPRING])).toBe(true);
    const noted = withNote(body, { kind: "beside", of: "#7", names: ["Spring"] }) ?? "";
    expect(blocksOf(noted)[1]).toBe("### 1 campaign changes: it can reach more people");
    expect(blocksOf(noted)[2]).toContain("Also planned in #7");
    expect(showsAll(noted, [SPRING])).toBe(true);
  });
});
