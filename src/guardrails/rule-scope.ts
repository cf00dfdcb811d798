import type { Change } from "../domain/model.ts";
import type { RuleScope } from "./guardrails.ts";

type Labelled = Pick<Change, "channel" | "labels">;

/** What a rule can name. Source: API sheet, POST /campaigns. */
const CHANNELS = ["email", "sms", "push", "direct_mail"];

/**
 * Whether rules are for a campaign. What is not known of it, as a channel that no rule can name, counts as matching: so a
 * rule is never left out unseen.
 */
export function isFor(scope: RuleScope | null, { channel, labels }: Labelled): boolean {
  if (scope === null) return true;
  const isKnown = channel !== null && CHANNELS.includes(channel);
  const isOnChannel = scope.channel === null || !isKnown || channel === scope.channel;
  return (
    isOnChannel &&
    Object.entries(scope.labels).every(([key, value]) => !Object.hasOwn(labels, key) || labels[key] === value)
  );
}

/** Which campaigns, for a sentence about a run: empty where it is all of them. */
export function scopeWords(scope: RuleScope | null): string {
  if (scope === null) return "";
  const channel = scope.channel === null ? [] : [`channel ${scope.channel}`];
  const labels = Object.entries(scope.labels).map(([key, value]) => `${key} ${value}`);
  return ` of ${[...channel, ...labels].join(", ")}`;
}
