import { expect, test } from "vitest";
import { forSomeFiles } from "../../../src/guardrails/guardrails.ts";
import { judgePlan } from "../../../src/guardrails/judge-plan.ts";
import { ruleWarnings } from "../../../src/guardrails/with-findings.ts";
import { NOON, named, ruleScope, rules, waiver } from "../../support/samples/guardrails.ts";
import { samplePlan, sampleUpdate } from "../../support/samples/plan.ts";

test("where only some files were read the rules are the same, but for that some are for nobody", () => {
  const scope = ruleScope({ channel: "sms", labels: { region: "eu" } });
  const sets = [{ requireExclude: [named(8)] }, { scope, forbidInclude: [named(1)] }];
  const { guardrails, allowed } = rules(sets, { waivers: [waiver({ campaignId: "one" })] });
  const [forAll, forSome] = guardrails.sets;
  const some = forSomeFiles(guardrails);
  expect(some).toEqual({ ...guardrails, sets: [forAll, { ...forSome, scope: { ...scope, place: null } }] });
  const warned = (by: typeof guardrails) =>
    ruleWarnings(judgePlan({ guardrails: by, allowed }, { plan: samplePlan([sampleUpdate(1)]), now: NOON }));
  expect([warned(guardrails).length, warned(some)]).toEqual([1, []]);
});
