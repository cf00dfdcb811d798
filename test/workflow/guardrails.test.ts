import { afterEach, describe, expect, test } from "vitest";
import {
  type ActionWorld,
  bodies,
  dispatch,
  endWorlds,
  filesOf,
  mergeAndApply,
  ONE,
  planOn,
  puts,
  TWO,
  worldHere,
} from "../support/github/action-world.ts";
import { audienceId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const BOTH = [ONE, TWO];
const WHY = "max-changes=agreed with Tom, for once";
const REFUSED = { "failure-reason": "guardrail", findings: "1" };

/** A pull request that changes both campaigns, in a project that lets one change at once. */
async function proposed(rules = "maxChanges: 1"): Promise<{ world: ActionWorld; number: number }> {
  const world = await worldHere(BOTH);
  world.github.addCommit({ files: { "campaignctl.yaml": `version: 1\nguardrails: { ${rules} }\n` } });
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
