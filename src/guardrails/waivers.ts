import { compare } from "../domain/compare.ts";
import type { Finding, WaiverFacts } from "../domain/model.ts";
import type { Waiver } from "./guardrails.ts";
import type { Broken } from "./rules/broken.ts";

/** The waivers of a project, and which of them were of use. */
export type WaiverBook = {
  /** The waiver that covers what a rule says; else those that no longer do. */
  covering(broken: Broken): { readonly waiver: Waiver | null; readonly expired: readonly Waiver[] };
  /** Those that matched nothing. */
  unused(): readonly Waiver[];
};

/** @param now milliseconds since the epoch. */
export function openWaivers(waivers: readonly Waiver[], now: number): WaiverBook {
  const used = new Set<Waiver>();
  return {
    covering(broken) {
      const matching = waivers.filter((waiver) => isOf(waiver, broken));
      const waiver = matching.find((each) => !isOver(each, now)) ?? null;
      const expired = waiver === null ? matching : [];
      for (const each of waiver === null ? expired : [waiver]) used.add(each);
      return { waiver, expired };
    },
    unused: () => waivers.filter((waiver) => !used.has(waiver)),
  };
}

function isOf({ rule, campaignId, audienceIds }: Waiver, broken: Broken): boolean {
  if (rule !== broken.rule || campaignId !== broken.campaignId) return false;
  return audienceIds === null || broken.audienceIds.every((audienceId) => audienceIds.includes(audienceId));
}

const DAY_MS = 24 * 3_600_000;

/** A waiver counts until the end of its last day, UTC. */
export function isOver({ expires }: Pick<Waiver, "expires">, now: number): boolean {
  return now >= Date.parse(`${expires}T00:00:00Z`) + DAY_MS;
}

/** Who lets something pass, and why. */
export function factsOfWaiver({ owner, reason, expires }: Waiver): WaiverFacts {
  return { owner, reason, expires };
}

/** That waivers are over which would let something pass: one finding for each, beside what it no longer covers. */
export function expiredFindings(expired: ReadonlyMap<Waiver, readonly Finding[]>): readonly Finding[] {
  return [...expired].map(([waiver, findings]) => {
    const { campaignId, source } = findings[0] ?? { campaignId: waiver.campaignId, source: null };
    const { rule, owner, reason, expires } = waiver;
    const audienceIds = [...new Set(findings.flatMap((finding) => finding.audienceIds))].sort(compare);
    return {
      rule: "waiver-expired",
      strength: findings.every(({ strength }) => strength === "warn") ? "warn" : "hard",
      campaignId,
      source,
      message: `The waiver of ${rule} by ${owner} (${reason}) was for the time until ${expires}.`,
      audienceIds,
      state: findings.some(({ state }) => state === "broken") ? "broken" : "possible",
      waiver: factsOfWaiver(waiver),
      allowedReason: null,
    };
  });
}
