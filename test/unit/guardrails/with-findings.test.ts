import { expect, test } from "vitest";
import { NO_RULES } from "../../../src/guardrails/judge-plan.ts";
import { withFindings } from "../../../src/guardrails/with-findings.ts";
import { isFingerprinted } from "../../../src/plan/fingerprint.ts";
import { NOON } from "../../support/samples/guardrails.ts";
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
