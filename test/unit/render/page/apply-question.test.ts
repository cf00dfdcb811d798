import { describe, expect, test } from "vitest";
import { applyQuestion } from "../../../../src/render/page/apply-question.ts";
import {
  audience,
  binding,
  sampleNoOp,
  samplePlan,
  sampleSkip,
  sampleUpdate,
} from "../../../support/samples/plan.ts";

const widening = (n: number, name = `More ${n}`) => sampleUpdate(n, { name });
const narrowing = (n: number) =>
  sampleUpdate(n, {
    name: `Fewer ${n}`,
    after: binding([audience(1)], [audience(8), audience(9, "audience")]),
  });
const either = (n: number) =>
  sampleUpdate(n, { name: `Swap ${n}`, after: binding([audience(3)], [audience(9, "audience")]) });

const API = "API https://api.experiture.ai/public/v1";

describe("the question says what matters", () => {
  test.each([
    [[widening(1)], "1 campaign: 1 can reach MORE people (More 1)"],
    [[widening(1), narrowing(2)], "2 campaigns: 1 can reach MORE people (More 1), 1 fewer"],
    [[narrowing(1), narrowing(2)], "2 campaigns: 2 can reach fewer people"],
    [[either(1), narrowing(2)], "2 campaigns: 1 can go either way (Swap 1), 1 fewer"],
    [
      [narrowing(1), either(2), widening(3)],
      "3 campaigns: 1 can reach MORE people (More 3), 1 can go either way (Swap 2), 1 fewer",
    ],
    [[narrowing(1), sampleSkip(2), sampleNoOp(3)], "1 campaign: 1 can reach fewer people"],
  ])("%#", (changes, expected) => {
    expect(applyQuestion(samplePlan(changes), null)).toBe(`${expected}. ${API}. Type yes to apply: `);
  });

  test("and names the first few", () => {
    const many = Array.from({ length: 9 }, (_, n) => widening(n));
    expect(applyQuestion(samplePlan(many), null)).toContain(
      "(More 0, More 1, More 2, More 3, More 4 and 4 more)",
    );
  });

  test("and where it goes", () => {
    const plan = samplePlan([widening(1)], { environment: "production" });
    expect(applyQuestion(plan, "https://staging.example.com/v1")).toContain(
      `. Environment production, ${API}, by EXPERITURE_API_URL, and not https://staging.example.com/v1. Type yes`,
    );
  });
});
