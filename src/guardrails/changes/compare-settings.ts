import type { RuleChange, RuleName, Strength } from "../../domain/model.ts";
import type { UnknownExcludes } from "../../plan/keep-excludes.ts";
import { type Guardrails, RULE_NAMES } from "../guardrails.ts";
import type { Demand } from "./demands.ts";

/** The rules of a project file, and what becomes of live excludes that no file names. */
export type ProjectRules = { readonly guardrails: Guardrails; readonly unknownExcludes: UnknownExcludes };

/** A side of a comparison, and what its rules ask for. */
export type Asking = ProjectRules & { readonly demands: readonly Demand[] };

const RANKS: readonly Strength[] = ["warn", "soft", "hard"];

/** What else decides how much rules hold back. The strength of a rule that nothing asks for is none of it. */
export function compareSettings(before: Asking, now: Asking): readonly RuleChange[] {
  return [
    ...RULE_NAMES.flatMap((rule) => strengthChange(rule, before, now)),
    ...breachChange(before, now),
    ...excludesChange(before.unknownExcludes, now.unknownExcludes),
  ];
}

function strengthChange(rule: RuleName, before: Asking, now: Asking): readonly RuleChange[] {
  const [was, is] = [before, now].map(({ guardrails }) => guardrails.strength[rule]) as [Strength, Strength];
  if (was === is) return [];
  const isWeaker = RANKS.indexOf(is) < RANKS.indexOf(was);
  if (!asksFor(rule, isWeaker ? before : now)) return [];
  return [made("strength", isWeaker, rule, `It is ${is}, and was ${was}: ${LETS_PASS[is]}.`)];
}

const LETS_PASS: Readonly<Record<Strength, string>> = {
  hard: "only a waiver lets pass what breaks it",
  soft: "--allow and a waiver let pass what breaks it",
  warn: "what breaks it is told, and passes",
};

function asksFor(rule: RuleName, { demands }: Asking): boolean {
  if (rule === "loses-all-excludes" || rule === "replaces-all-includes") return true;
  return demands.some((demand) => demand.rule === rule);
}

function breachChange(before: Asking, now: Asking): readonly RuleChange[] {
  const is = now.guardrails.onBreach;
  const isWeaker = is === "report";
  const ofReach = ({ demands }: Asking) => demands.some(({ rule }) => rule.startsWith("reach-"));
  if (is === before.guardrails.onBreach || !ofReach(isWeaker ? before : now)) return [];
  const message = isWeaker
    ? "onBreach is report, and was restore: what breaks a rule about reach after the write stays written."
    : "onBreach is restore, and was report: what breaks a rule about reach after the write is put back.";
  return [made("on-breach", isWeaker, null, message)];
}

function excludesChange(was: UnknownExcludes, is: UnknownExcludes): readonly RuleChange[] {
  if (was === is) return [];
  const message =
    is === "remove"
      ? "unknownExcludes is remove, and was keep: live exclusions that no file names are taken away."
      : "unknownExcludes is keep, and was remove: live exclusions that no file names stay.";
  return [made("unknown-excludes", is === "remove", null, message)];
}

function made(
  kind: RuleChange["kind"],
  isWeaker: boolean,
  rule: RuleName | null,
  message: string,
): RuleChange {
  return { kind, effect: isWeaker ? "weaker" : "stricter", rule, campaignId: null, audienceIds: [], message };
}
