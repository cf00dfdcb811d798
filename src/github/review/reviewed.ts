import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { compare } from "../../domain/compare.ts";
import type { Plan } from "../../domain/model.ts";
import { reviewableUpdates, updatesOf } from "../../plan/updates.ts";
import type { Reviewed, ReviewedChange } from "../run/model.ts";
import { encodeHeader } from "./comment-header.ts";
import { nameCampaigns } from "./named-campaigns.ts";

/** 96 bits: to find another change with the same digest takes some 2^96 tries, since only one given digest will do. */
const DIGEST_BYTES = 12;

/** A short fingerprint of one change: 16 characters of base64url. The RFC 8785 form makes it the same anywhere. */
export function changeDigest(change: ReviewedChange): string {
  const known = DIGESTS.get(change);
  if (known !== undefined) return known;
  const digest = digestOfChange(change);
  DIGESTS.set(change, digest);
  return digest;
}

/** Those that were made: one apply asks for that of a change again and again. */
const DIGESTS = new WeakMap<ReviewedChange, string>();

function digestOfChange({ campaignId, before, after }: ReviewedChange): string {
  const form = String(canonicalize({ campaignId, before, after }));
  return createHash("sha256").update(form).digest().subarray(0, DIGEST_BYTES).toString("base64url");
}

/** A short fingerprint of the API's address: the same change there and elsewhere are two changes. */
export function apiDigest(apiUrl: string): string {
  return createHash("sha256").update(apiUrl).digest().subarray(0, DIGEST_BYTES).toString("base64url");
}

/**
 * As much of a plan as fits into a header of `maxBytes`: every change, so that a refusal can show what was reviewed;
 * else a digest a change, which still permits a campaign at a time; else the plan's digest, which permits all or nothing.
 * Digests say of which campaigns they are as long as there is room.
 *
 * @param maxBytesOfChanges what the first form may take, for a plan's readers want room too; at most `maxBytes`.
 */
export function fitReviewed(plan: Plan, maxBytes: number, maxBytesOfChanges = maxBytes): Reviewed {
  const changes = reviewableUpdates(plan.changes);
  const whole: Reviewed = { kind: "changes", changes };
  if (changes.length === 0 || headerLength(whole) <= maxBytesOfChanges) return whole;
  const named = nameCampaigns(changes.map(({ campaignId }) => campaignId));
  const digests: Reviewed = {
    kind: "digests",
    digests: updatesOf(plan.changes).map(changeDigest).sort(compare),
  };
  const digest: Reviewed = { kind: "digest", digest: plan.digest };
  const forms: readonly Reviewed[] = [{ ...digests, named }, digests, { ...digest, named }];
  return forms.find((form) => headerLength(form) <= maxBytes) ?? digest;
}

/** Room for the longest key and for a commit and a state that compress worse than those measured. */
const SLACK = 220;

function headerLength(reviewed: Reviewed): number {
  return (
    encodeHeader({ target: "", commit: "0".repeat(64), api: "0".repeat(16), state: "planned", reviewed })
      .length + SLACK
  );
}
