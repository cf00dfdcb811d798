import { afterEach, describe, expect, test } from "vitest";
import type { Plan } from "../../src/domain/model.ts";
import {
  type ActionWorld,
  AFTER,
  applyOn,
  bodies,
  dispatch,
  endWorlds,
  filesOf,
  mergeAndApply,
  merged,
  ONE,
  pathOf,
  planOn,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { campaignFile } from "../support/program/world.ts";
import type { ActionRun } from "../support/runner/runner.ts";
import { audienceId, binding } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const catalogue = (members: string) =>
  `audiences:
  unsubscribed: { audienceId: ${audienceId(9)}, type: segment }
  legal-hold: { audienceId: ${audienceId(8)}, type: segment }
groups: { baseline: [${members}] }
`;

const BASE = {
  "campaignctl.yaml": "version: 1\nguardrails: { requireExclude: [baseline], maxChanges: 5 }\n",
  "audiences.yaml": catalogue("unsubscribed"),
};

/** A pull request onto a project with rules, which the first campaign fulfils. */
async function proposed(
  files: Readonly<Record<string, string | null>>,
  base: Readonly<Record<string, string>> = BASE,
): Promise<{ readonly world: ActionWorld; readonly number: number }> {
  const world = await worldHere([ONE, TWO]);
  world.github.addCommit({ files: base });
  return { world, number: world.github.addPullRequest({ commits: [{ files }] }) };
}

const planIn = (run: ActionRun) => JSON.parse(run.file("plan-path")) as Plan;

/** What people see of the comment, its hidden line left out. */
const visible = (world: ActionWorld, number: number): string =>
  (bodies(world, number)[0] ?? "").split("\n").slice(1).join("\n");

const LOST = { [pathOf(0)]: campaignFile(ONE.id, binding([1, 2])) };
const CHANGED = "### This pull request changes the rules\n> [!CAUTION]\n> **Weaker than in commit ";

describe("a pull request that weakens the rules says so first, with what those of before would have refused", () => {
  test("an exclusion that a group and a campaign lose together passes its own rules, and is seen", async () => {
    const base = { ...BASE, "audiences.yaml": catalogue("unsubscribed, legal-hold") };
    const campaign = { ...ONE, live: binding([1], [8, 9]), desired: binding([1, 2], [9]) };
    const world = await worldHere([campaign]);
    world.github.addCommit({ files: base });
    const files = { "audiences.yaml": BASE["audiences.yaml"], ...filesOf([campaign]) };
    const number = world.github.addPullRequest({ commits: [{ files }] });
    const run = await planOn(world, number, { labels: "true" });
    expect([run.code, run.outputs.findings]).toEqual([0, "0"]);
    expect(visible(world, number).startsWith(CHANGED)).toBe(true);
    expect(visible(world, number)).toContain(
      `The group \`"baseline"\` no longer brings in \`"legal-hold"\` (\`${audienceId(8)}\`), which had to be excluded.`,
    );
    expect(visible(world, number)).toContain("would have refused this plan**: Campaign 01 (require-exclude)");
    expect(run.summary).toContain(CHANGED);
    expect(world.github.world.issues.get(number)?.labels).toContain("audience-rules");
    expect(planIn(run).ruleChanges).toMatchObject({
      since: planIn(run).scope.since,
      unknown: null,
      changes: [
        { kind: "catalogue", effect: "weaker", rule: "require-exclude", audienceIds: [audienceId(8)] },
      ],
      refusedBefore: [{ rule: "require-exclude", state: "broken", campaignId: ONE.id }],
    });
    const applied = await mergeAndApply(world, number);
    expect([applied.code, await puts(world)]).toEqual([0, [ONE.id]]);
  });

  test.each([
    ["changed", {}],
    ["all", { scope: "all" }],
  ])("of rules alone, also where only changes are commented on; scope: %s", async (kind, inputs) => {
    const { world, number } = await proposed({
      "campaignctl.yaml": "version: 1\nguardrails: { requireExclude: [baseline], maxChanges: 50 }\n",
    });
    const run = await planOn(world, number, { comment: "changes-only", ...inputs });
    expect(planIn(run).scope.kind).toBe(kind);
    expect(visible(world, number).startsWith(CHANGED)).toBe(true);
    expect(visible(world, number)).toContain("At most 50 campaigns may change in one run; it was 5.");
    expect(visible(world, number)).toContain("would have refused nothing more of this plan.");
  });

  test("a waiver for what it breaks itself", async () => {
    const waived = `waivers: [{ campaignId: ${ONE.id}, rule: require-exclude, owner: crm, reason: Staff only, expires: 2099-12-31 }]\n`;
    const { world, number } = await proposed({
      ...LOST,
      "campaignctl.yaml": BASE["campaignctl.yaml"] + waived,
    });
    const run = await planOn(world, number);
    expect(run.code).toBe(0);
    expect(visible(world, number)).toContain("A new waiver until 2099-12-31 (crm: Staff only).");
    expect(visible(world, number)).toContain("Campaign 01 (require-exclude)");
  });

  test("another label, which takes a campaign out of a rule", async () => {
    const labelled = (region: string) => `${campaignFile(ONE.id, AFTER)}labels: { region: ${region} }\n`;
    const { world, number } = await proposed(
      { [pathOf(0)]: labelled("us") },
      {
        "campaignctl.yaml": `version: 1\nguardrails: { when: [{ labels: { region: eu }, requireExclude: [${audienceId(8)}] }] }\n`,
        [pathOf(0)]: labelled("eu"),
      },
    );
    const run = await planOn(world, number);
    expect(planIn(run).ruleChanges?.changes).toMatchObject([
      { kind: "label", effect: "weaker", rule: "require-exclude", campaignId: ONE.id },
    ]);
    expect(planIn(run).ruleChanges?.refusedBefore).toMatchObject([{ campaignId: ONE.id }]);
  });

  test("nothing is said of rules that are only written otherwise, and no label is given", async () => {
    const { world, number } = await proposed({
      "campaignctl.yaml":
        "# Why.\nguardrails:\n  maxChanges: 5\n  requireExclude:\n  - unsubscribed\nversion: 1\n",
    });
    const run = await planOn(world, number, { labels: "true" });
    expect(planIn(run).ruleChanges).toMatchObject({ unknown: null, changes: [], refusedBefore: [] });
    expect(visible(world, number)).not.toMatch(/rules/i);
    expect(world.github.world.issues.get(number)?.labels).toEqual([]);
  });
});

describe("where the rules of the base cannot be read, that is said", () => {
  test.each([
    ["its project file", { "campaignctl.yaml": "version: 2\n" }, "its campaignctl.yaml has mistakes"],
    ["its catalogue", { "audiences.yaml": "audiences: 7\n" }, "its audiences.yaml has mistakes"],
    [
      "a name that its rules use",
      { "audiences.yaml": "audiences: {}\n" },
      "its rules name audiences for which its audiences.yaml has no id",
    ],
  ])("%s has mistakes", async (_, broken, why) => {
    const { world, number } = await proposed(BASE, { ...BASE, ...broken });
    const run = await planOn(world, number, { labels: "true" });
    expect(planIn(run).ruleChanges?.unknown).toBe(why);
    expect(visible(world, number)).toMatch(
      /^### Nobody knows whether this pull request changes the rules\n> \[!WARNING\]\n> The rules of commit/,
    );
    expect(visible(world, number)).toContain("so it is not known whether they were weakened");
    expect(world.github.world.issues.get(number)?.labels).toContain("audience-rules");
  });

  test("it has no project file where this one is, so its rules may stand elsewhere", async () => {
    const { world, number } = await proposed({ "rules.yaml": "version: 1\n" });
    const run = await planOn(world, number, { config: "rules.yaml" });
    expect(planIn(run).ruleChanges).toMatchObject({ unknown: "it has no rules.yaml", changes: [] });
    expect(visible(world, number)).toContain("so it is not known whether they were weakened");
  });

  test("a project file was moved, and its rules may have been lost on the way", async () => {
    const base = {
      "shop/campaignctl.yaml": BASE["campaignctl.yaml"],
      "shop/audiences.yaml": BASE["audiences.yaml"],
    };
    const { world, number } = await proposed(
      { "shop/campaignctl.yaml": null, "campaignctl.yaml": "version: 1\n" },
      base,
    );
    const run = await planOn(world, number);
    expect(planIn(run).ruleChanges?.unknown).toBe("it has no campaignctl.yaml");
  });

  test("nothing is said of a first project file, beside one of another folder that stays", async () => {
    const { world, number } = await proposed(
      { "campaignctl.yaml": "version: 1\n" },
      { "shop/campaignctl.yaml": "version: 1\n" },
    );
    const run = await planOn(world, number);
    expect(planIn(run).ruleChanges).toMatchObject({ unknown: null, changes: [] });
  });

  test("the base cannot be had", async () => {
    const { world, number } = await proposed({});
    world.github.forbid("git/get-tree");
    const run = await planOn(world, number);
    expect(run.code).toBe(0);
    expect(visible(world, number)).toContain("The rules of the base could not be read");
  });
});

test("rules that came between review and merge refuse the apply; the plan waits, and the issue names the rule", async () => {
  const world = await worldHere([ONE]);
  const number = world.github.addPullRequest({ commits: [{ files: filesOf([ONE]) }] });
  expect((await planOn(world, number)).code).toBe(0);
  world.github.addCommit({
    files: { "campaignctl.yaml": `version: 1\nguardrails: { forbidInclude: [${audienceId(2)}] }\n` },
  });
  const refused = await applyOn(world, merged(world, number));
  expect(refused.code).toBe(6);
  expect(refused.outputs).toMatchObject({ "failure-reason": "guardrail", findings: "1" });
  expect(await puts(world)).toEqual([]);
  const [issue] = world.github.issues();
  expect(issue).toMatchObject({ state: "open" });
  expect(issue?.body).toContain("forbid-include");
  world.github.addCommit({ files: { "campaignctl.yaml": "version: 1\n" } });
  const carriedOut = await dispatch(world);
  expect([carriedOut.code, await puts(world)]).toEqual([0, [ONE.id]]);
  expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
});
