import { afterEach, describe, expect, test } from "vitest";
import {
  type ActionWorld,
  bodies,
  dispatch,
  endWorlds,
  filesOf,
  mergeAndApply,
  ONE,
  pathOf,
  planOn,
  propose,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { audienceId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const BOTH = [ONE, TWO];
const WHY = "max-changes=agreed with Tom, for once";
const REFUSED = { "failure-reason": "guardrail", findings: "1" };

/** A commit of the project file with rules. */
const project = (guardrails: string) => ({
  files: { "campaignctl.yaml": `version: 1\nguardrails: { ${guardrails} }\n` },
});

/** A pull request that changes both campaigns, in a project that lets one change at once. */
async function proposed(rules = "maxChanges: 1"): Promise<{ world: ActionWorld; number: number }> {
  const world = await worldHere(BOTH);
  world.github.addCommit(project(rules));
  const number = world.github.addPullRequest({ commits: [{ files: filesOf(BOTH) }] });
  return { world, number };
}

describe("a soft rule that is broken", () => {
  test("refuses plan and apply; the reviewed plan waits until an apply is allowed it", async () => {
    const { world, number } = await proposed();
    const planned = await planOn(world, number);
    expect(planned.code).toBe(6);
    expect(planned.outputs).toMatchObject({ ...REFUSED, "to-update": "2" });
    const refused = await mergeAndApply(world, number);
    expect(refused.code).toBe(6);
    expect(refused.outputs).toMatchObject(REFUSED);
    expect(await puts(world)).toEqual([]);
    const allowed = await dispatch(world, { allow: WHY });
    expect(allowed.code).toBe(0);
    expect(allowed.outputs).toMatchObject({ "failure-reason": "", findings: "0" });
    expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
    expect(allowed.file("report-path")).toContain('"allowedReason": "agreed with Tom, for once"');
  });

  test("is let pass where plan is allowed it, told with the reason; apply was not allowed it", async () => {
    const { world, number } = await proposed();
    const planned = await planOn(world, number, { allow: WHY });
    expect(planned.code).toBe(0);
    expect(planned.outputs).toMatchObject({ "failure-reason": "", findings: "0" });
    expect(bodies(world, number)[0]).toContain("agreed with Tom, for once");
    const refused = await mergeAndApply(world, number);
    expect(refused.outputs).toMatchObject(REFUSED);
    expect(await puts(world)).toEqual([]);
  });
});

describe("a rule that cannot be allowed", () => {
  test.each([
    ["require-exclude", "The rule require-exclude is hard"],
    ["max-changes, freze", 'There is no rule "freze" to allow'],
  ])("%s: neither plan nor apply begins", async (allow, message) => {
    const { world, number } = await proposed(`requireExclude: [${audienceId(9)}]`);
    const planned = await planOn(world, number, { allow });
    expect(planned.code).toBe(3);
    expect(planned.outputs).toMatchObject({ "failure-reason": "invalid-files", findings: "" });
    expect(planned.annotations("error")[0]?.message).toContain(message);
    const applied = await mergeAndApply(world, number, { allow });
    expect(applied.code).toBe(3);
    expect(applied.outputs["failure-reason"]).toBe("invalid-files");
    expect(await world.sandbox.requests()).toEqual([]);
  });
});

describe("where there is no plan, rules that files alone break are warnings", () => {
  const RULES = `requireExclude: [${audienceId(7)}], maxChanges: 1`;

  async function unplanned(headRepository: "same" | "fork", rules = RULES) {
    const world = await worldHere(BOTH);
    world.github.addCommit(project(rules));
    const number = world.github.addPullRequest({ headRepository, commits: [{ files: filesOf(BOTH) }] });
    return { world, number };
  }

  test.each([
    ["validate", "same", { command: "validate", token: "" }],
    ["a plan of a fork", "fork", {}],
    ["a plan without credentials", "same", { token: "" }],
  ] as const)("%s: at their places, in the summary, counted, green", async (_, headRepository, inputs) => {
    const { world, number } = await unplanned(headRepository);
    const run = await planOn(world, number, inputs);
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({ findings: "2", planned: "false", "failure-reason": "" });
    const at = run
      .annotations("warning")
      .filter(({ properties: { title } }) => /rule-broken/.test(title ?? ""));
    expect(at.map(({ properties: { file, line } }) => [file, line])).toEqual([
      [pathOf(0), "1"],
      [pathOf(1), "1"],
    ]);
    expect(run.annotations("error")).toEqual([]);
    expect(run.summary).toContain("### Files are valid: 2 campaigns, 2 broken rules\n");
    expect(run.summary).toContain("must be excluded");
    expect(run.summary).not.toContain("max-changes");
    expect(run.log).toContain("warning[rule-broken] campaigns/0001.yaml:1:1");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("a warn rule is told in the summary; without a broken rule nothing is counted", async () => {
    const { world, number } = await unplanned("fork", `${RULES}, strength: { require-exclude: warn }`);
    const run = await planOn(world, number);
    expect([run.code, run.outputs.findings]).toEqual([0, "2"]);
    expect(run.summary).toContain("### Files are valid: 2 campaigns\n");
    expect(run.summary).toContain("### Rules\n");
    const held = await unplanned("fork", "maxChanges: 1");
    const second = await planOn(held.world, held.number);
    expect(second.outputs.findings).toBe("");
    expect(second.summary).not.toContain("Rules");
  });
});

test("a rule that came between review and merge refuses the apply; an issue names it, and the plan waits", async () => {
  const world = await worldHere(BOTH);
  const number = propose(world, BOTH);
  expect((await planOn(world, number)).code).toBe(0);
  world.github.addCommit(project(`requireExclude: [${audienceId(7)}]`));
  const refused = await mergeAndApply(world, number);
  expect([refused.code, refused.outputs["failure-reason"]]).toEqual([6, "guardrail"]);
  expect(await puts(world)).toEqual([]);
  expect(refused.summary).toContain("### Refused by rules");
  const [issue] = world.github.issues();
  expect(issue).toMatchObject({ state: "open", title: "Apply left 2 campaigns" });
  expect(issue?.body).toContain(`\`require-exclude\` (hard): **Campaign 01**`);
  world.github.addCommit(project("maxChanges: 5"));
  expect((await dispatch(world)).code).toBe(0);
  expect([...(await puts(world))].sort()).toEqual([ONE.id, TWO.id]);
  expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
});

test("what reach put back is not written again by the same review, however often apply runs", async () => {
  const world = await worldHere(BOTH);
  world.github.addCommit(project("reach: { max: 999, onBreach: restore }"));
  const number = propose(world, BOTH);
  expect((await planOn(world, number)).code).toBe(0);
  const restored = await mergeAndApply(world, number);
  expect([restored.code, restored.outputs["failure-reason"]]).toEqual([6, "guardrail"]);
  const written = [...(await puts(world))].sort();
  expect(written).toEqual([ONE.id, ONE.id, TWO.id, TWO.id]);
  for (let again = 0; again < 2; again += 1) await dispatch(world);
  expect([...(await puts(world))].sort()).toEqual(written);
});
