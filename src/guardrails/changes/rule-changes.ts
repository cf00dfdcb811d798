import type { Finding, Plan, RuleChange } from "../../domain/model.ts";
import { remakePlan } from "../../plan/build.ts";
import type { Allowed } from "../allowed.ts";
import type { Guardrails } from "../guardrails.ts";
import { judgePlan, withChanges } from "../judge-plan.ts";
import { audienceWords } from "../rules/audience-words.ts";
import { stops } from "../stops.ts";
import { compareDemands } from "./compare-demands.ts";
import { compareLabels, type Labels } from "./compare-labels.ts";
import { type Asking, compareSettings, type ProjectRules } from "./compare-settings.ts";
import { compareWaivers } from "./compare-waivers.ts";
import { demandsOf } from "./demands.ts";

/** The rules that the files of a plan are compared with. */
export type BaseRules = {
  /** The full id of the commit that had them; null where it cannot be had. */
  readonly since: string | null;
} & (
  | {
      readonly rules: ProjectRules;
      /** How campaigns were labelled there that are labelled otherwise now, by id. */
      readonly labels: ReadonlyMap<string, Labels>;
    }
  | {
      readonly rules: null;
      /** Why nobody knows them, in a sentence. */
      readonly why: string;
    }
);

/** The rules of now, and what is allowed for this run. */
export type RulesNow = ProjectRules & { readonly allowed: Allowed };

/** The plan with what its files change of the rules. @param at milliseconds since the epoch: times and waivers end. */
export function withRuleChanges(plan: Plan, now: RulesNow, base: BaseRules, at: number): Plan {
  const { since } = base;
  if (base.rules === null) {
    return remakePlan(plan, { ruleChanges: { since, unknown: base.why, changes: [], refusedBefore: [] } });
  }
  const { rules, labels } = base;
  const changes = [
    ...compareRules(rules, now, at),
    ...plan.changes.flatMap((change) => {
      const before = labels.get(change.campaignId);
      return before === undefined ? [] : compareLabels({ ...change, before }, rules.guardrails.sets, at);
    }),
  ];
  const refusedBefore = refusedOnlyBefore(plan, now, { guardrails: rules.guardrails, labels }, at);
  return remakePlan(plan, { ruleChanges: { since, unknown: null, changes: sorted(changes), refusedBefore } });
}

/** What of the rules themselves is not as it was, by what names stand for: how they are written is no difference. */
export function compareRules(before: ProjectRules, now: ProjectRules, at: number): readonly RuleChange[] {
  const [was, is] = [asking(before, at), asking(now, at)];
  const waivers = { before: before.guardrails.waivers, now: now.guardrails.waivers };
  const namesOf = namesIn([now.guardrails, before.guardrails]);
  const effects = ["weaker", "stricter"] as const;
  return sorted([
    ...effects.flatMap((effect) => compareDemands(was.demands, is.demands, effect)),
    ...compareSettings(was, is),
    ...effects.flatMap((effect) => compareWaivers(waivers, at, namesOf, effect)),
  ]);
}

function asking(rules: ProjectRules, at: number): Asking {
  return { ...rules, demands: demandsOf(rules.guardrails.sets, at) };
}

/** Names by the rules, which is where a waiver's words come from. */
function namesIn(all: readonly Guardrails[]): (audienceIds: readonly string[]) => string {
  const named = all.flatMap(({ sets }) =>
    sets.flatMap(({ requireExclude, forbidInclude }) => [...requireExclude, ...forbidInclude]),
  );
  const byId = new Map(named.map((audience) => [audience.audienceId, audience]));
  const facts = { audiences: {} };
  return (ids) =>
    ids
      .map((audienceId) => audienceWords(byId.get(audienceId) ?? { audienceId, name: null }, facts))
      .join(", ");
}

/** What was weakened first, each once. */
function sorted(changes: readonly RuleChange[]): readonly RuleChange[] {
  const byText = new Map(changes.map((change) => [JSON.stringify(change), change]));
  const rank = ({ effect }: RuleChange): number => (effect === "weaker" ? 0 : 1);
  return [...byText.values()].sort((a, b) => rank(a) - rank(b));
}

/** What the rules of before refuse of a plan whose campaigns are labelled as before, and those of now let pass. */
function refusedOnlyBefore(
  plan: Plan,
  { guardrails, allowed }: RulesNow,
  before: { readonly guardrails: Guardrails; readonly labels: ReadonlyMap<string, Labels> },
  at: number,
): readonly Finding[] {
  const changes = plan.changes.map((change) => ({
    ...change,
    labels: before.labels.get(change.campaignId) ?? change.labels,
  }));
  const labelled = withChanges(plan, changes);
  const then = judgePlan({ guardrails: before.guardrails, allowed }, { plan: labelled, now: at });
  const now = judgePlan({ guardrails, allowed }, { plan, now: at });
  const refused = new Set(now.findings.filter(stops).map(keyOf));
  // That a waiver is over is told beside what it no longer covers.
  return then.findings.filter(
    (finding) => stops(finding) && finding.rule !== "waiver-expired" && !refused.has(keyOf(finding)),
  );
}

function keyOf({ rule, campaignId, audienceIds }: Finding): string {
  return JSON.stringify([rule, campaignId, ...audienceIds]);
}
