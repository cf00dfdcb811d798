import { describe, expect, onTestFinished, test } from "vitest";
import { originsAsked, originsHere } from "../../../../src/action/plan/origins.ts";
import type { ActionRun } from "../../../../src/action/run.ts";
import { openCheckout } from "../../../../src/github/api/git-file.ts";
import { makeWorkspace } from "../../../support/program/cli.ts";
import { commitAll } from "../../../support/program/git.ts";
import { campaignFile } from "../../../support/program/world.ts";
import { binding, campaignId } from "../../../support/samples/bindings.ts";
import { samplePlan, sampleSkip, sampleUpdate } from "../../../support/samples/plan.ts";

const BEFORE = binding([1]);
const AFTER = binding([1, 2]);

const update = (number: number, file: string) =>
  sampleUpdate(number, {
    campaignId: campaignId(number),
    before: BEFORE,
    after: AFTER,
    source: { file, line: 1, column: 1 },
  });

const runIn = (workspace: string) =>
  ({
    context: { workspace },
    checkout: openCheckout(workspace, process.env),
    inputs: { workingDirectory: "sub", config: null, environment: null },
  }) as ActionRun;

function checkout() {
  const { path, remove } = makeWorkspace({
    "sub/campaigns/1.yaml": campaignFile(campaignId(1), BEFORE),
    "sub/campaigns/2.yaml": campaignFile(campaignId(2), AFTER),
    "sub/campaigns/3.yaml": campaignFile(campaignId(3), binding([7])),
  });
  onTestFinished(remove);
  return { path, commit: commitAll(path) };
}

describe("badges from the checkout", () => {
  const plan = samplePlan([1, 2, 3, 4].map((number) => update(number, `campaigns/${number}.yaml`)));

  test("one for each change, without GitHub", async () => {
    const { path, commit } = checkout();
    expect(await originsHere(runIn(path), plan, commit)).toEqual(
      new Map([
        [campaignId(1), "this pull request"],
        [campaignId(2), "drift"],
        [campaignId(3), "this pull request and drift"],
        [campaignId(4), "this pull request"],
      ]),
    );
  });

  test("one for a campaign that is skipped, too", async () => {
    const { path, commit } = checkout();
    const { action: _, reason: __, ...rest } = update(2, "campaigns/2.yaml");
    const skipped = samplePlan([sampleSkip(2, rest)]);
    expect(await originsHere(runIn(path), skipped, commit)).toEqual(new Map([[campaignId(2), "drift"]]));
  });

  test("none where the base commit is not there", async () => {
    expect(await originsHere(runIn(checkout().path), plan, "a".repeat(40))).toBeNull();
  });

  test("nothing is asked for a plan without changes", async () => {
    expect(await originsHere(runIn("/nowhere"), samplePlan([]), "a".repeat(40))).toEqual(new Map());
  });

  test("a file outside of the repository has no base", async () => {
    const { path, commit } = checkout();
    const outside = samplePlan([update(1, "../../elsewhere.yaml")]);
    expect(await originsHere(runIn(path), outside, commit)).toEqual(
      new Map([[campaignId(1), "this pull request"]]),
    );
  });
});

describe("badges from GitHub", () => {
  const skip = (number: number) => {
    const { action: _, reason: __, ...rest } = update(number, `campaigns/${number}.yaml`);
    return sampleSkip(number, rest);
  };
  const asking = (asked: string[]) =>
    ({
      ...runIn("/nowhere"),
      github: {
        baseFile: (path: string) => {
          asked.push(path);
          return Promise.resolve(campaignFile(campaignId(1), AFTER));
        },
      },
    }) as unknown as ActionRun;

  test("are asked for what is skipped as well", async () => {
    const asked: string[] = [];
    const { origins } = await originsAsked(
      asking(asked),
      samplePlan([update(1, "campaigns/1.yaml"), skip(2)]),
      "c",
    );
    expect(asked).toEqual(["sub/campaigns/1.yaml", "sub/campaigns/2.yaml"]);
    expect(origins?.get(campaignId(1))).toBe("drift");
    expect(origins?.has(campaignId(2))).toBe(true);
  });

  test("are left out for what is skipped where that takes too many requests", async () => {
    const asked: string[] = [];
    const skips = Array.from({ length: 50 }, (_, n) => skip(2 + n));
    const { origins, why } = await originsAsked(
      asking(asked),
      samplePlan([update(1, "campaigns/1.yaml"), ...skips]),
      "c",
    );
    expect(asked).toEqual(["sub/campaigns/1.yaml"]);
    expect([...(origins?.keys() ?? [])]).toEqual([campaignId(1)]);
    expect(why).toBeNull();
  });
});
