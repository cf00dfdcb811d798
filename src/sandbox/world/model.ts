/** What a seed file says, and what the sandbox keeps of it while it runs. */
import type { CampaignSwitches, Switches } from "./switches.ts";

/** A bound audience as the sandbox keeps it: any word for the type, since a newer server may know more of them. */
export type BoundAudience = { readonly audienceId: string; readonly type: string };

/** Who is included and excluded, in the order of the last write. */
export type Binding = {
  readonly include: readonly BoundAudience[];
  readonly exclude: readonly BoundAudience[];
};

/** An audience that exists in the sandbox. `size` counts people; `previewId` is a second id that previews take. */
export type SeedAudience = {
  readonly audienceId: string;
  readonly type: string;
  readonly name?: string;
  readonly size: number;
  readonly previewId?: string;
};

/** Reach as a seed says it; times are ISO 8601. `isStale` left out: the switch decides. */
export type SeedReach = {
  readonly status: string;
  readonly evaluatedCount?: number | null;
  /** ISO 8601. */
  readonly evaluatedAt?: string | null;
  readonly isStale?: boolean;
};

/** What a person in the console may change: the fields of a seeded campaign but its id. */
export type CampaignChange = {
  readonly name?: string | null;
  readonly campaignType?: string;
  readonly channel?: string;
  /** Any word; only `draft` can be written to. */
  readonly authoringStatus?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  /** ISO 8601, or whatever else the API may say of when it is to be sent. */
  readonly sendAt?: string;
  readonly audience?: {
    readonly include?: readonly BoundAudience[];
    readonly exclude?: readonly BoundAudience[];
  };
  readonly reach?: SeedReach;
  /** Stored state is incomplete: 409 SUMMARY_UNAVAILABLE. */
  readonly missingState?: boolean;
  /** What somebody else does just before the next PUT is carried out. */
  readonly beforePut?: "lock" | "edit";
  readonly switches?: Partial<CampaignSwitches>;
};

/** One campaign of a seed. */
export type SeedCampaign = CampaignChange & { readonly campaignId: string };

/** A bearer token that is good; `scopes` left out means all. */
type SeedToken = { readonly token: string; readonly scopes?: readonly string[] };

/** An OAuth client; `scopes` left out means all. */
export type SeedClient = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes?: readonly string[];
};

/** A seed file, read. Schema: `schemas/sandbox.schema.json`. */
export type SandboxSeed = {
  /** When given, other tokens than these and those issued to `clients` are refused. */
  readonly tokens?: readonly SeedToken[];
  readonly clients?: readonly SeedClient[];
  readonly switches?: Partial<Switches>;
  /** When left out, every audience exists and has 1,000 people. */
  readonly audiences?: readonly SeedAudience[];
  readonly campaigns: readonly SeedCampaign[];
};

/** Reach as shown; times in milliseconds since the epoch. */
export type ShownReach = {
  readonly status: string;
  readonly evaluatedCount: number | null;
  readonly evaluatedAt: number | null;
  /** Null: nobody said; the switch decides. */
  readonly isStale: boolean | null;
};

/**
 * `settled`: as the seed or a person says, or as it was shown, for good. `running`: what it shows follows from the
 * time, so no timer is needed.
 */
export type Evaluation =
  | { readonly kind: "settled"; readonly reach: ShownReach }
  | {
      readonly kind: "running";
      /** Whom it counts. */
      readonly audience: Binding;
      /** Milliseconds since the epoch; later than now while `before` is open. Null: waits for the first read. */
      readonly startedAt: number | null;
      /** What the first half shows: as the switch `reachAfterPut` says, `pending`, or what `before` left. */
      readonly firstHalf: "as-switched" | "pending" | "as-before";
      /** What reach shows until this one starts. */
      readonly before: Evaluation;
    };

/** One change of a binding, for tests that ask who wrote what. */
type HistoryEntry = { readonly by: "put" | "person"; readonly at: string; readonly audience: Binding };

/** One campaign as it is now. The only state that changes; what its fields hold does not, so a copy stays true. */
export type LiveCampaign = {
  readonly campaignId: string;
  name: string | null;
  campaignType: string;
  channel: string;
  authoringStatus: string;
  createdAt: number;
  updatedAt: number;
  /** Null: as the switch `summaryNulls` says. */
  sendAt: string | null;
  audience: Binding;
  evaluation: Evaluation;
  missingState: boolean;
  beforePut: "lock" | "edit" | null;
  switches: Switches;
  history: readonly HistoryEntry[];
  /** What it was before each change, oldest first, while reads lag behind. */
  earlier: readonly { readonly version: LiveCampaign; readonly replacedAt: number }[];
};

/** Everything the handlers work on. Keys of the maps are ids in lower case. */
export type World = {
  readonly switches: Switches;
  readonly campaigns: Map<string, LiveCampaign>;
  readonly audiences: ReadonlyMap<string, SeedAudience> | null;
  readonly reachDelayMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};
