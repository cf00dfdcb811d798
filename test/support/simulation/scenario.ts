import { canonicalBinding, sameBinding } from "../../../src/domain/binding.ts";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import { audienceId, campaignId } from "../samples/bindings.ts";
import type { Chance } from "./chance.ts";

/** What can go wrong with one request. `-before`: nothing took effect; `-after`: everything did. */
export const FAULTS = [
  "connection-refused",
  "reset-before",
  "server-error-before",
  "throttled",
  "login-page",
  "hang-before",
  "hang-late",
  "reset-after",
  "server-error-after",
  "hang-after",
  "cut-body",
  "bad-body",
  "odd-status",
] as const;

export type Fault = (typeof FAULTS)[number];

/** How likely each trouble is, a request: from 0 to 0.2. */
export type Odds = Readonly<
  Record<Fault | "edit" | "lock" | "lagging-read" | "reach-failed" | "reach-stuck", number>
>;

/** One campaign at the start. `none`: the API does not know it. */
export type Declared = {
  readonly campaignId: string;
  readonly desired: AudienceBinding;
  readonly live: AudienceBinding;
  readonly authoringStatus: string;
  readonly kind: "broadcast" | "none" | "unsupported" | "unavailable";
};

/** Something that happens at a moment, whatever is being asked then. */
type Event = { readonly at: number; readonly campaignId: string; readonly kind: "edit" | "lock" };

/** Everything that a seed decides beforehand. Times in milliseconds. */
export type Scenario = {
  readonly campaigns: readonly Declared[];
  readonly odds: Odds;
  readonly events: readonly Event[];
  readonly latencyMs: number;
  readonly lagMs: number;
  readonly evaluationMs: number;
  readonly oldReachMs: number;
  /** How far the `Date` header is from the API's own clock, and the API's clock from ours. */
  readonly dateSkewMs: number;
  readonly clockSkewMs: number;
  readonly parallelism: number;
  readonly wait: boolean;
  /** Whether the plan is saved, and carried out later by another run. */
  readonly saved: boolean;
  readonly interruptAt: number | null;
  /** From then on every request is answered with 401. */
  readonly revokedAt: number | null;
  /** When the evaluation that a campaign begins with ends, where it is under way. */
  readonly underWayUntil: ReadonlyMap<string, number>;
  /** Whether an evaluation goes on to its end, and is shown, although the audiences were replaced meanwhile. */
  readonly oldGoesOn: boolean;
  /** Whether a change of the audiences moves `updatedAt`. */
  readonly updatedAtMoves: boolean;
  /** Whether the wait after the apply is given its report. */
  readonly evidence: boolean;
};

/** No trouble at all. */
export const NO_TROUBLE: Odds = oddsOf(() => 0);

export function drawScenario(chance: Chance): Scenario {
  const count = chance.whole(1, 16);
  const campaigns = Array.from({ length: count }, (_, index) => drawCampaign(chance, campaignId(index)));
  const usual = {
    campaigns,
    odds: drawOdds(chance),
    events: drawEvents(chance, campaigns),
    latencyMs: chance.pick([1, 20, 200]),
    lagMs: chance.pick([0, 300, 1_500, 4_000]),
    evaluationMs: chance.pick([50, 500, 900, 5_000, 20_000]),
    oldReachMs: chance.pick([0, 0, 100, 2_000]),
    dateSkewMs: chance.pick([0, 0, -2_000, 2_000]),
    clockSkewMs: chance.pick([0, 0, -3_600_000, 3_600_000]),
    parallelism: chance.pick([1, 3, 10]),
    wait: chance.happens(0.7),
    saved: chance.happens(0.4),
    interruptAt: chance.happens(0.15) ? momentOf(chance) : null,
    revokedAt: chance.happens(0.05) ? momentOf(chance) : null,
  };
  return {
    ...usual,
    underWayUntil: drawUnderWay(chance, usual),
    oldGoesOn: chance.happens(0.7),
    updatedAtMoves: chance.happens(0.8),
    evidence: chance.happens(0.5),
  };
}

function drawUnderWay(
  chance: Chance,
  { campaigns, evaluationMs }: Pick<Scenario, "campaigns" | "evaluationMs">,
) {
  const ids = campaigns.map(({ campaignId: id }) => id).filter(() => chance.happens(0.25));
  return new Map(ids.map((id) => [id, chance.between(0, 2 * evaluationMs)]));
}

/** Mostly early, when most of the work is done. */
function momentOf(chance: Chance): number {
  return 10 ** chance.between(0, 4.5);
}

function drawCampaign(chance: Chance, id: string): Declared {
  const desired = drawBinding(chance);
  return {
    campaignId: id,
    desired,
    live: chance.happens(0.2) ? desired : drawBinding(chance),
    authoringStatus: chance.happens(0.85) ? "draft" : chance.pick(["scheduled", "sent", "Draft"]),
    kind: chance.happens(0.92) ? "broadcast" : chance.pick(["none", "unsupported", "unavailable"]),
  };
}

/** Over few audiences, so that two often have some in common. */
function drawBinding(chance: Chance): AudienceBinding {
  const include = [];
  const exclude = [];
  for (let number = 1; number <= 6; number += 1) {
    const ref = { audienceId: audienceId(number), type: chance.pick(["audience", "segment"] as const) };
    if (chance.happens(0.4)) include.push(ref);
    else if (chance.happens(0.3)) exclude.push(ref);
  }
  if (include.length === 0) include.push({ audienceId: audienceId(7), type: "segment" as const });
  return canonicalBinding({ include, exclude });
}

/** Another binding than the given one. */
export function drawOther(chance: Chance, than: AudienceBinding): AudienceBinding {
  for (;;) {
    const drawn = drawBinding(chance);
    if (!sameBinding(drawn, than)) return drawn;
  }
}

/** Few kinds or many, rare or often, so that runs get far and every two kinds meet. */
function drawOdds(chance: Chance): Odds {
  const most = chance.pick([0.02, 0.05, 0.1, 0.2, 0.2]);
  const share = chance.pick([0.15, 0.3, 0.6]);
  return oddsOf(() => (chance.happens(share) ? most * chance.between(0.5, 1) : 0));
}

function oddsOf(draw: () => number): Odds {
  const kinds = [...FAULTS, "edit", "lock", "lagging-read", "reach-failed", "reach-stuck"] as const;
  return Object.fromEntries(kinds.map((kind) => [kind, draw()])) as Odds;
}

function drawEvents(chance: Chance, campaigns: readonly Declared[]): readonly Event[] {
  return campaigns
    .flatMap(({ campaignId: id }): Event[] => [
      ...(chance.happens(0.2) ? [{ at: momentOf(chance), campaignId: id, kind: "edit" as const }] : []),
      ...(chance.happens(0.1) ? [{ at: momentOf(chance), campaignId: id, kind: "lock" as const }] : []),
    ])
    .sort((a, b) => a.at - b.at);
}
