import { afterEach, describe, expect, test } from "vitest";
import {
  bodies,
  endWorlds,
  mergeAndApply,
  planOn,
  propose,
  worldHere,
} from "../support/github/action-world.ts";
import { audienceId, binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const SEED = {
  switches: { namesNull: false },
  audiences: [
    { audienceId: audienceId(1), type: "segment", size: 38_634, name: "Lapsed 90 days" },
    { audienceId: audienceId(2), type: "segment", size: 12_004, name: "Unsubscribed" },
    { audienceId: audienceId(3), type: "segment", size: 311, name: "Open support case" },
    { audienceId: audienceId(4), type: "segment", size: 7, name: "Board members" },
  ],
};

/** More people: 2 is no longer excluded. Fewer: 3 now is. Fewer: 4 now is, who are few. */
const MORE = { id: campaignId(1), desired: binding([1]), live: binding([1], [2]) };
const FEWER = { id: campaignId(2), desired: binding([1], [3]), live: binding([1]) };
const FEW = { id: campaignId(3), desired: binding([1], [4]), live: binding([1]) };

/** A few people in place of some. */
const FEW_LEFT = { id: campaignId(4), desired: binding([4]), live: binding([3]) };

async function plan(campaigns: readonly (typeof MORE)[], inputs: Readonly<Record<string, string>>) {
  const world = await worldHere(campaigns, { seed: SEED });
  const number = propose(world, campaigns);
  const run = await planOn(world, number, inputs);
  const [comment = ""] = bodies(world, number);
  return { world, number, run, comment, others: [comment, run.log, run.summary].join("\n") };
}

describe("the input sizes", () => {
  test("the figures in the comment are the sandbox's truth", async () => {
    const { run, comment } = await plan([MORE, FEWER], { sizes: "true" });
    expect(run.code).toBe(0);
    expect(comment).toContain("12,004 people");
    expect(comment).toContain("26,630 → at most 38,634");
    expect(comment).toContain("311 people");
    expect(comment).toContain("38,634 → at least 38,323");
  });

  test("of few people others do not read how many, nor anything to work it out from", async () => {
    const { run, others } = await plan([FEW], { sizes: "true" });
    expect(others).toContain("fewer than 20 people");
    expect(others).toContain("38,634 → at least 38,614");
    expect(others).not.toMatch(/\b7 people|38,627/);
    const [change] = (JSON.parse(run.file("plan-path")) as { changes: { bounds: unknown }[] }).changes;
    expect(change?.bounds).toEqual({ min: 38_627, max: 38_634 });
  });

  test("nor do they after an apply", async () => {
    const { world, number, others } = await plan([FEW_LEFT], { sizes: "true" });
    expect(others).toContain("311 → at most 20");
    const run = await mergeAndApply(world, number);
    const texts = [...run.files].filter(([path]) => path.endsWith(".txt")).map(([, text]) => text);
    const told = [bodies(world, number)[0], run.log, run.summary, ...texts];
    expect(run.log).toContain("reach confirmed: ▼ fewer people, 311 → fewer than 20");
    expect(bodies(world, number)[0]).toContain("311 → fewer than 20");
    expect(texts).toHaveLength(2);
    expect(told.join("\n")).not.toMatch(/(?:→|,) 7\b|-304/);
    expect(run.file("report-path")).toContain('"evaluatedCount": 7,');
  });

  test("what could not be counted says so, in the comment too", async () => {
    const world = await worldHere([FEWER], { seed: { ...SEED, switches: { previewScope: "missing" } } });
    const number = propose(world, [FEWER]);
    const run = await planOn(world, number, { sizes: "true" });
    expect(run.code).toBe(0);
    expect(bodies(world, number)[0]).toContain("size not known");
    expect(
      run
        .annotations("notice")
        .map(({ message }) => message)
        .join(),
    ).toContain("cdp:audiences:preview");
  });

  test("without it nothing is counted", async () => {
    const { world, comment } = await plan([MORE], {});
    expect((await world.sandbox.requests()).map(({ method }) => method)).not.toContain("POST");
    expect(comment).not.toContain("at most 38,634");
  });
});
