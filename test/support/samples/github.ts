import { createHash } from "node:crypto";
import type { AudienceRef, Plan, Update } from "../../../src/domain/model.ts";
import { fileUrlAt } from "../../../src/github/page/file-link.ts";
import type { LeftOfReview } from "../../../src/github/review/left-of-review.ts";
import type { CommentState, OwnIssue, Reviewed } from "../../../src/github/run/model.ts";
import { targetOf } from "../../../src/github/run/target.ts";
import { reviewableUpdates } from "../../../src/plan/updates.ts";
import { binding, sampleUpdate } from "./plan.ts";

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

export const RUN_URL = "https://github.example/acme/campaigns/actions/runs/7";

export const target = targetOf({ workflow: "Campaigns", environment: null, config: null });

/** Addresses at {@link COMMIT}. */
export const fileUrl = fileUrlAt({
  serverUrl: "https://github.example",
  repository: { owner: "acme", repo: "campaigns" },
  ref: COMMIT,
  folder: "",
});

/** All updates of a plan, as a header holds them. */
export const reviewedOf = (plan: Plan): Reviewed => ({
  kind: "changes",
  changes: reviewableUpdates(plan.changes),
});

/** What an apply leaves of a reviewed plan, when all of it stays in the header. */
export const leftOf = (state: CommentState, open: Reviewed): LeftOfReview => ({
  state,
  open,
  unseen: [],
  superseded: [],
});

const uuidFrom = (seed: string): string =>
  createHash("sha256")
    .update(seed)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

/** Updates that have no id in common, so that nothing of them compresses. The later ones narrow. */
export function unlikeUpdates(count: number, widening = count): readonly Update[] {
  const ref = (seed: string): AudienceRef => ({ audienceId: uuidFrom(seed), type: "segment" });
  return Array.from({ length: count }, (_, n) => {
    const [few, many] = [binding([ref(`${n} a`)]), binding([ref(`${n} a`), ref(`${n} b`)])];
    const bindings = n < widening ? { before: few, after: many } : { before: many, after: few };
    return sampleUpdate(n, { campaignId: uuidFrom(`${n}`), ...bindings });
  }).sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
}

/** An issue of ours, open unless told otherwise. */
export const sampleIssue = (number: number, overrides: Partial<OwnIssue> = {}): OwnIssue => ({
  number,
  url: `https://github.example/acme/campaigns/issues/${number}`,
  title: "Drift",
  body: "",
  isOpen: true,
  ...overrides,
});
