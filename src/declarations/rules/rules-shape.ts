import { RULE_NAMES } from "../../guardrails/guardrails.ts";
import { below } from "../../yaml/shape.ts";

const WORDS = "a list of names of the catalogue, or ids of audiences";
const WORD = "a name of the catalogue, or the id of an audience";
const TIME = "a time with its zone, such as 2026-12-24T00:00:00Z";
const PEOPLE = "a whole number of people, 0 or more";
const PERCENT = 'a whole percentage, such as "50%"';
const STRENGTH = "hard, soft or warn";
const TEXT = "text";

/** What belongs where in a set of rules. */
const RULE_SET: Readonly<Record<string, string>> = {
  requireExclude: WORDS,
  "requireExclude/*": WORD,
  forbidInclude: WORDS,
  "forbidInclude/*": WORD,
  maxChanges: 'a whole number such as 25, or a whole percentage such as "30%"',
  reach: "a map such as { min: 1, max: 500000 }",
  "reach/min": PEOPLE,
  "reach/max": PEOPLE,
  "reach/maxIncrease": PERCENT,
  "reach/maxDecrease": PERCENT,
  freeze: "a list of maps with from and to",
  "freeze/*": "a map such as { from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z, reason: holidays }",
  "freeze/*/from": TIME,
  "freeze/*/to": TIME,
  "freeze/*/reason": TEXT,
};

/** What belongs where in the rules of a project file and their waivers. */
export const RULES_EXPECTED: Readonly<Record<string, string>> = {
  guardrails: "a map of rules, such as { requireExclude: [baseline-suppressions] }",
  ...below("guardrails", RULE_SET),
  "guardrails/reach/onBreach": "report or restore",
  "guardrails/when": "a list of maps, each with a channel or labels, and rules",
  "guardrails/when/*": "a map such as { channel: sms, requireExclude: [sms-opt-out] }",
  "guardrails/when/*/channel": "email, sms, push or direct_mail",
  "guardrails/when/*/labels": "a map of text to text",
  "guardrails/when/*/labels/*": TEXT,
  ...below("guardrails/when/*", RULE_SET),
  "guardrails/strength": "a map from rules to hard, soft or warn",
  ...below("guardrails/strength", Object.fromEntries(RULE_NAMES.map((rule) => [rule, STRENGTH]))),
  waivers: "a list of waivers",
  "waivers/*": "a map with campaignId, rule, owner, reason and expires",
  "waivers/*/campaignId": "a UUID (8-4-4-4-12 hexadecimal digits)",
  "waivers/*/rule": "a rule that speaks of one campaign",
  "waivers/*/audience": WORD,
  "waivers/*/owner": TEXT,
  "waivers/*/reason": TEXT,
  "waivers/*/expires": "a day, such as 2026-12-31",
};
