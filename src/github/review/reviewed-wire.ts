import { isCanonical, sameBinding } from "../../domain/binding.ts";
import { compare } from "../../domain/compare.ts";
import type { AudienceRef } from "../../domain/model.ts";
import type { Reviewed, ReviewedChange } from "../run/model.ts";
import { packNamed, unpackNamed } from "./named-campaigns.ts";

/** One change: campaign, then include and exclude before, then include and exclude after, as {@link packList} says. */
type PackedChange = readonly [string, string, string, string, string];

/** What a reviewed plan looks like in a header: as little text as compresses well. */
export type PackedReviewed =
  | { readonly k: "changes"; readonly l: readonly PackedChange[] }
  | { readonly k: "digests" | "digest"; readonly l: string; readonly n?: string };

/** Characters of one change's digest. */
const DIGEST_LENGTH = 16;

/** Writes a reviewed plan the way a header holds it. Ids are in lower case already. */
export function packReviewed(reviewed: Reviewed): PackedReviewed {
  switch (reviewed.kind) {
    case "changes":
      return { k: "changes", l: reviewed.changes.map(packChange) };
    case "digests":
      return { k: "digests", l: reviewed.digests.join(""), ...packedNames(reviewed) };
    case "digest":
      return { k: "digest", l: reviewed.digest, ...packedNames(reviewed) };
  }
}

function packedNames({ named }: Exclude<Reviewed, { kind: "changes" }>): { readonly n?: string } {
  return named === undefined ? {} : { n: packNamed(named) };
}

function packChange({ campaignId, before, after }: ReviewedChange): PackedChange {
  return [
    packId(campaignId),
    packList(before.include),
    packList(before.exclude),
    packList(after.include),
    packList(after.exclude),
  ];
}

/** 33 characters an audience: `a` or `s` for its type, and its id without hyphens. */
function packList(list: readonly AudienceRef[]): string {
  return list.map(({ type, audienceId }) => `${type.slice(0, 1)}${packId(audienceId)}`).join("");
}

function packId(id: string): string {
  return id.replaceAll("-", "");
}

/** Reads what {@link packReviewed} wrote. Null for everything else: a header that is odd authorises nothing. */
export function unpackReviewed(value: unknown): Reviewed | null {
  const { k: kind, l: content, n: names }: Readonly<Record<string, unknown>> = Object(value);
  if (kind === "changes") return Array.isArray(content) ? unpackChanges(content) : null;
  const reviewed = typeof content === "string" ? unpackContent(kind, content) : null;
  if (names === undefined) return reviewed;
  // An older version wrote none. One that is odd makes the whole header odd.
  const named = unpackNamed(names);
  return named === null || reviewed === null ? null : { ...reviewed, named };
}

function unpackContent(kind: unknown, text: string): Exclude<Reviewed, { kind: "changes" }> | null {
  if (kind === "digests") return unpackDigests(text);
  return kind === "digest" && /^sha256:[0-9a-f]{64}$/.test(text) ? { kind: "digest", digest: text } : null;
}

function unpackChanges(items: readonly unknown[]): Reviewed | null {
  const changes = items.flatMap((item) => unpackChange(item) ?? []);
  const isWhole = changes.length === items.length && isAscending(changes.map(({ campaignId }) => campaignId));
  return isWhole ? { kind: "changes", changes } : null;
}

function unpackChange(item: unknown): ReviewedChange | null {
  if (!Array.isArray(item) || item.length !== 5 || !item.every((part) => typeof part === "string"))
    return null;
  const [id = "", ...lists] = item as readonly string[];
  const [include, exclude, includeAfter, excludeAfter] = lists.map(unpackList);
  if (!/^[0-9a-f]{32}$/.test(id) || !include || !exclude || !includeAfter || !excludeAfter) return null;
  const before = { include, exclude };
  const after = { include: includeAfter, exclude: excludeAfter };
  if (!isCanonical(before) || !isCanonical(after) || after.include.length === 0) return null;
  return sameBinding(before, after) ? null : { campaignId: unpackId(id), before, after };
}

function unpackList(text: string): readonly AudienceRef[] | null {
  if (!/^(?:[as][0-9a-f]{32})*$/.test(text)) return null;
  return (text.match(/.{33}/g) ?? []).map((entry) => ({
    audienceId: unpackId(entry.slice(1)),
    type: entry.startsWith("a") ? "audience" : "segment",
  }));
}

function unpackId(digits: string): string {
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function unpackDigests(text: string): Extract<Reviewed, { kind: "digests" }> | null {
  const digests = text.match(/[\w-]{16}/g) ?? [];
  const isWhole = digests.length * DIGEST_LENGTH === text.length && isAscending(digests);
  return isWhole ? { kind: "digests", digests } : null;
}

/** In order, and each there once. */
function isAscending(texts: readonly string[]): boolean {
  return texts.every((text, index) => compare(texts[index - 1] ?? "", text) < 0);
}
