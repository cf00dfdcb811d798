import { expect, test } from "vitest";
import { NO_RULES } from "../../../src/guardrails/judge-plan.ts";
import { ruleWarnings, withFindings } from "../../../src/guardrails/with-findings.ts";
import { isFingerprinted } from "../../../src/plan/fingerprint.ts";
import { NOON, named, ruleScope, rules, waiver } from "../../support/samples/guardrails.ts";
import { GENERAL_WARNING, samplePlan, sampleUpdate } from "../../support/samples/plan.ts";

const soon = { schedule: { sendAt: "2026-11-23T18:00:00Z", mode: "at", timezone: null } };

test("a plan tells what is sent soon and what collides, after its other warnings and under its fingerprint", () => {
  const plan = samplePlan([sampleUpdate(1, soon), sampleUpdate(2, soon)], { diagnostics: [GENERAL_WARNING] });
  const judged = withFindings(plan, NO_RULES, NOON);
  expect(judged.diagnostics.map(({ code }) => code)).toEqual(["made-up", "locked-soon", "sends-collide"]);
  expect(isFingerprinted(judged)).toBe(true);
  expect(judged.digest).toBe(plan.digest);
});

test("a plan of which nothing is to be said stays as it is", () => {
  const plan = samplePlan([sampleUpdate(1)]);
  expect(withFindings(plan, NO_RULES, NOON)).toBe(plan);
});

test("findings alone make another plan, and so does it when those of before are gone", () => {
  const plan = samplePlan([sampleUpdate(1)]);
  const found = withFindings(plan, rules([{ maxChanges: { unit: "number", value: 0 } }]), NOON);
  expect(found.findings.map(({ rule }) => rule)).toEqual(["max-changes"]);
  expect(isFingerprinted(found)).toBe(true);
  expect(withFindings(found, NO_RULES, NOON).findings).toEqual([]);
});

test("as many findings as before, or as there are warnings, are told all the same", () => {
  const most = (value: number) => rules([{ maxChanges: { unit: "number", value } }]);
  const told = (plan: ReturnType<typeof samplePlan>, by = most(0)) =>
    withFindings(plan, by, NOON).findings.map(({ rule }) => rule);
  expect(told(samplePlan([sampleUpdate(1, soon)]))).toEqual(["max-changes"]);
  const judged = withFindings(samplePlan([sampleUpdate(1)]), most(0), NOON);
  expect(told(judged, rules([{ forbidInclude: [named(1)] }]))).toEqual(["forbid-include"]);
});

test("a waiver and rules that say nothing are told where they stand, with what to do", () => {
  const unused = waiver({ campaignId: sampleUpdate(1).campaignId });
  const nobody = ruleScope({ channel: "sms" });
  const by = rules([{ scope: nobody }], { waivers: [unused] });
  expect(withFindings(samplePlan([sampleUpdate(1)]), by, NOON).diagnostics).toEqual([
    {
      ...unused.place,
      detail: `Campaign ${unused.campaignId} breaks the rule require-exclude in nothing that this waiver is for. Delete the waiver, or mend what it names.`,
    },
    {
      ...nobody.place,
      detail:
        "No declared campaign has this channel and these labels, so these rules hold for nobody. Mend them, or delete them.",
    },
  ]);
});

test("what is told of a place already stays, and what has no place is not told", () => {
  const nowhere = { ...ruleScope({}), place: null };
  const { place } = waiver({ campaignId: "" });
  const told = waiver({ campaignId: "", place: { ...place, detail: "It looks like a secret." } });
  const ruling = { findings: [], unusedWaivers: [told], idle: [nowhere] };
  expect(ruleWarnings(ruling).map(({ detail }) => detail)).toEqual(["It looks like a secret."]);
});
