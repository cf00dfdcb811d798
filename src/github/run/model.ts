/** What the Action knows of GitHub: the run it is in, the comments and issues it keeps. Types only. */
import type { AudienceBinding } from "../../domain/model.ts";

/** A repository by its two names. */
export type Repository = { readonly owner: string; readonly repo: string };

/** What started the run. Commits are full SHAs. */
export type Trigger =
  | {
      readonly kind: "pull-request";
      readonly number: number;
      readonly headSha: string;
      readonly baseSha: string;
      /** Name of the branch it is to be merged into. */
      readonly baseRef: string;
      /** The head is in another repository than the base, or nobody knows (a deleted fork). */
      readonly isFork: boolean;
    }
  | {
      readonly kind: "push";
      /** Null for a branch that is new. */
      readonly before: string | null;
      readonly after: string;
      /** Whether it took commits off the branch. */
      readonly isForced: boolean;
      /** Null for a tag. */
      readonly branch: string | null;
    }
  | {
      readonly kind: "merge-group";
      readonly headSha: string;
      readonly baseSha: string;
      readonly baseRef: string;
    }
  /** `schedule`, `workflow_dispatch` and whatever else there is. */
  | { readonly kind: "other"; readonly event: string; readonly sha: string; readonly branch: string | null };

/** The run, as the runner describes it in its environment and the event's payload. */
export type RunContext = {
  readonly trigger: Trigger;
  readonly repository: Repository;
  /** Without a slash at the end: https://github.com, or a GitHub Enterprise Server. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** Name of the repository's default branch; null when the event does not tell. */
  readonly defaultBranch: string | null;
  readonly workflow: string;
  readonly runUrl: string;
  /** Counts the runs of this workflow, from 1. */
  readonly runNumber: number;
  /** From 1; more when the same run was started again. */
  readonly attempt: number;
  /** Where the repository is checked out. */
  readonly workspace: string;
  /** A folder of this job's own for files. */
  readonly temporary: string;
};

/**
 * What a comment or a follow-up issue is kept for: two targets in one repository have one each. Built by `targetOf`.
 * `key` is safe inside of an HTML comment.
 */
export type Target = {
  readonly key: string;
  readonly workflow: string;
  readonly environment: string | null;
  readonly config: string | null;
  /** The input `paths`, short and sorted; empty for all that the project file says. */
  readonly paths: readonly string[];
  /** The input `shard`, as `2/3`; null for all campaigns. */
  readonly shard: string | null;
};

/** One reviewed update: what was live, and what was to become of it. */
export type ReviewedChange = {
  readonly campaignId: string;
  readonly before: AudienceBinding;
  readonly after: AudienceBinding;
};

/**
 * Campaigns by 24 bits of SHA-256 of their ids, ascending. One in sixteen million others is taken for one of them, and is
 * then looked at for nothing.
 */
export type NamedCampaigns = readonly number[];

/**
 * What of a reviewed plan its comment could carry; see `fitReviewed`. Where digests alone would not say of which
 * campaigns they are, `named` does; without it nobody can tell.
 */
export type Reviewed =
  | { readonly kind: "changes"; readonly changes: readonly ReviewedChange[] }
  /** 96 bits of SHA-256 over the RFC 8785 form of each change, base64url: 16 characters. */
  | { readonly kind: "digests"; readonly digests: readonly string[]; readonly named?: NamedCampaigns }
  /** The digest of all changes: all or nothing. */
  | { readonly kind: "digest"; readonly digest: string; readonly named?: NamedCampaigns };

/**
 * `planned`: to be applied when merged, or tried again. `refused`: all that is left was refused by the last apply, and is
 * applied when live is again as it was reviewed. `applied`: nothing is left.
 */
export type CommentState = "planned" | "applied" | "refused";

/** A label that a plan gives its pull request. */
export type PlanLabel = "audience-widens" | "audience-narrows" | "audience-skipped" | "audience-rules";

/** The hidden first line of a plan comment. */
export type CommentHeader = {
  readonly target: string;
  /** Head commit of the plan. */
  readonly commit: string;
  /** Which API the plan was made of, see `apiDigest`; left out where there is no plan. */
  readonly api?: string;
  readonly state: CommentState;
  readonly reviewed: Reviewed;
  /** The labels that this plan gave the pull request, which the run of another target must leave there; as a rule none. */
  readonly labels?: readonly PlanLabel[] | undefined;
};

/** A plan comment of ours on a pull request, whoever edited it last. */
export type OwnComment = {
  readonly id: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  readonly header: CommentHeader;
  /** Whether nobody ever edited it, not even we. */
  readonly isUnedited: boolean;
};

/** A plan comment of ours that was looked at for what it authorises. */
export type PlanComment = OwnComment & {
  /** False when somebody else has edited it, or nobody can tell: then it authorises nothing. */
  readonly isTrusted: boolean;
  /** Whether its pull request was merged before this push, and its plan is still open. */
  readonly isEarlier: boolean;
};

/** A merged pull request. */
export type MergedPullRequest = {
  readonly number: number;
  readonly url: string;
  /** ISO 8601. */
  readonly mergedAt: string;
  /** Its last commit, which is what its reviewers could see; null when nobody knows. */
  readonly headSha: string | null;
};

/** An issue of ours. */
export type OwnIssue = {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
};

/** Where a change comes from, as far as a pull request is concerned. */
export type Origin = "this pull request" | "drift" | "this pull request and drift";
