import { expect, test } from "vitest";
import type { ReviewWorld } from "../../support/interleaving/review-world.ts";
import { LIVE, NARROW, playedIn, WIDE } from "../../support/interleaving/scenarios.ts";
import { audienceId, binding } from "../../support/samples/bindings.ts";

const LABELS = { labels: "true" };
const labelsOn = ({ github }: ReviewWorld, number: number) => github.world.issues.get(number)?.labels;

/** Opens a pull request of campaign 0 that nobody has planned yet. */
const open = (w: ReviewWorld, desired: typeof WIDE) => w.repository.open(w.files([0, desired]));

test("a label is there as long as it holds, and those of others stay", () =>
  playedIn(async (w) => {
    const number = open(w, WIDE);
    await w.plan(number);
    expect(labelsOn(w, number)).toEqual([]);
    Object.assign(w.github.world.issues.get(number) ?? {}, { labels: ["urgent", "audience-skipped"] });
    expect((await w.plan(number, LABELS))?.code).toBe(0);
    expect(labelsOn(w, number)).toEqual(["urgent", "audience-widens"]);
    w.repository.extend(number, w.files([0, NARROW]));
    await w.plan(number, LABELS);
    expect(labelsOn(w, number)).toEqual(["urgent", "audience-narrows"]);
  }));

test("what another target's plan says is left alone, until that one says otherwise", () =>
  playedIn(async (w) => {
    const number = open(w, WIDE);
    const other = { ...LABELS, paths: "campaigns/*.yaml" };
    await w.plan(number, other);
    await w.edit(0, { audience: WIDE });
    await w.plan(number, LABELS);
    expect(labelsOn(w, number)).toEqual(["audience-widens"]);
    await w.plan(number, other);
    expect(labelsOn(w, number)).toEqual([]);
  }));

test("a missing permission is a warning that says what to grant", () =>
  playedIn(async (w) => {
    const number = open(w, binding([2], [9]));
    w.github.world.labels.add("audience-narrows");
    w.github.forbid("issues/create-label");
    const run = await w.plan(number, LABELS);
    expect(run?.code).toBe(0);
    expect(labelsOn(w, number)).toEqual(["audience-narrows"]);
    expect(run?.annotations("warning").map(({ message }) => message)).toEqual([
      expect.stringMatching(/labels of this pull request.*"pull-requests: write", and "issues: write"/),
    ]);
  }));

test("a run that could not read a campaign takes no label off", () =>
  playedIn(async (w) => {
    const number = open(w, WIDE);
    await w.plan(number, LABELS);
    w.repository.extend(number, { ...w.files([0, LIVE]), ...w.unknown() });
    expect((await w.plan(number, LABELS))?.outputs.failed).toBe("1");
    expect(labelsOn(w, number)).toEqual(["audience-widens"]);
  }));

test("a rule is a label as long as it is broken", () =>
  playedIn(async (w) => {
    const rules = `version: 1\nguardrails: { forbidInclude: [${audienceId(2)}] }\n`;
    w.repository.commit({ "campaignctl.yaml": rules });
    const number = open(w, WIDE);
    expect((await w.plan(number, LABELS))?.outputs["failure-reason"]).toBe("guardrail");
    expect(labelsOn(w, number)).toEqual(["audience-widens", "audience-rules"]);
    w.repository.extend(number, w.files([0, NARROW]));
    await w.plan(number, LABELS);
    expect(labelsOn(w, number)).toEqual(["audience-narrows"]);
  }));
