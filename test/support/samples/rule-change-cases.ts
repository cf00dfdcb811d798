import { loadProject } from "../../../src/declarations/project.ts";
import { resolveRules } from "../../../src/declarations/rules/resolve-rules.ts";
import type { Change, Plan } from "../../../src/domain/model.ts";
import { NOTHING_ALLOWED } from "../../../src/guardrails/allowed.ts";
import { type BaseRules, withRuleChanges } from "../../../src/guardrails/changes/rule-changes.ts";
import { NO_GUARDRAILS } from "../../../src/guardrails/guardrails.ts";
import { audienceId } from "./bindings.ts";
import { namesIn } from "./catalogue.ts";
import { file } from "./declarations.ts";
import { NOON } from "./guardrails.ts";
import { samplePlan, sampleUpdate } from "./plan.ts";

const GROUPS = "groups: { baseline: [unsubscribed, legal-hold] }\n";

/** A catalogue of audiences by their numbers. */
export const catalogueText = (ids: Readonly<Record<string, number>>, groups = GROUPS): string =>
  `audiences:\n${Object.entries(ids)
    .map(([name, n]) => `  ${name}: { audienceId: ${audienceId(n)}, type: segment }\n`)
    .join("")}${groups}`;

/** The audiences of that catalogue unless told otherwise. */
export const AUDIENCE_NUMBERS = { unsubscribed: 1, "legal-hold": 2, internal: 3 };

/** What a project file says of rules, by what names stand for in a catalogue. */
export function projectRules(text: string, names = catalogueText(AUDIENCE_NUMBERS)) {
  const { project, diagnostics } = loadProject(file("campaignctl.yaml", `version: 1\n${text}`));
  if (project === null) throw new Error(diagnostics.map(({ detail }) => detail).join("\n"));
  const choice = { names: namesIn(names), environment: null, needsIds: true };
  const guardrails = project.rules === null ? NO_GUARDRAILS : resolveRules(project.rules, choice).guardrails;
  return { guardrails, unknownExcludes: project.unknownExcludes };
}

const SINCE = "1f0c2b7f2c0d4c9fb9a1d2b0f5c7d1e3a4b5c6d7";
const SPRING = sampleUpdate(1, { name: "Spring", labels: { region: "us" } });

type Side = ReturnType<typeof projectRules>;

function changed(before: Side, now: Side, labels: Change["labels"] | null = null): Plan {
  const known = labels === null ? new Map() : new Map([[SPRING.campaignId, labels]]);
  return planAfter({ since: SINCE, rules: before, labels: known }, now);
}

const planAfter = (base: BaseRules, now: Side): Plan =>
  withRuleChanges(samplePlan([SPRING]), { ...now, allowed: NOTHING_ALLOWED }, base, NOON);

const rules = (text: string): Side => projectRules(`guardrails: { ${text} }\n`);
const REQUIRED = rules("requireExclude: [baseline]");
const EU = rules("when: [{ labels: { region: eu }, requireExclude: [legal-hold] }]");
const waived = (expires: string): Side =>
  projectRules(
    `guardrails: { requireExclude: [legal-hold] }\nwaivers: [{ campaignId: ${SPRING.campaignId}, rule: require-exclude, audience: legal-hold, owner: legal, reason: Staff only, expires: ${expires} }]\n`,
  );

/** Plans whose files change the rules, one for each kind of change. */
export const RULE_CHANGE_CASES: Readonly<Record<string, Plan>> = {
  "a rule asks for less": changed(REQUIRED, rules("requireExclude: [unsubscribed]")),
  "a limit is raised": changed(rules("maxChanges: 0"), rules("maxChanges: 5")),
  "a freeze is gone": changed(
    rules("freeze: [{ from: 2026-11-20T00:00:00Z, to: 2026-11-27T00:00:00Z }]"),
    rules("maxChanges: 5"),
  ),
  "a group is smaller": changed(
    REQUIRED,
    projectRules(
      "guardrails: { requireExclude: [baseline] }\n",
      catalogueText(AUDIENCE_NUMBERS, "groups: { baseline: [unsubscribed] }\n"),
    ),
  ),
  "a name stands for another id": changed(
    rules("forbidInclude: [internal]"),
    projectRules(
      "guardrails: { forbidInclude: [internal] }\n",
      catalogueText({ ...AUDIENCE_NUMBERS, internal: 7 }),
    ),
  ),
  "a rule is for some": changed(
    rules("requireExclude: [legal-hold]"),
    rules("when: [{ channel: sms, requireExclude: [legal-hold] }]"),
  ),
  "a strength is lower": changed(
    REQUIRED,
    rules("requireExclude: [baseline], strength: { require-exclude: warn }"),
  ),
  "a waiver is new": changed(rules("requireExclude: [legal-hold]"), waived("2026-12-31")),
  "a waiver is longer": changed(waived("2026-11-01"), waived("2026-12-31")),
  "a label is another": changed(EU, EU, { region: "eu" }),
  "other keys": changed(
    projectRules("guardrails: { reach: { max: 9, onBreach: restore } }\nunknownExcludes: keep\n"),
    rules("reach: { max: 9 }"),
  ),
  "a rule is stricter": changed(rules("maxChanges: 5"), rules("maxChanges: 1")),
  "nobody knows": planAfter(
    { since: SINCE, rules: null, why: "its campaignctl.yaml has mistakes" },
    REQUIRED,
  ),
};
