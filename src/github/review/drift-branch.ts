import { createHash } from "node:crypto";
import { compare } from "../../domain/compare.ts";
import type { Target } from "../run/model.ts";

/** A file with another text; its path is from the root of the repository. */
export type FileEdit = { readonly path: string; readonly text: string };

/** A commit, as far as it tells who made it. */
export type CommitFacts = {
  readonly message: string;
  /** SHA of its tree. */
  readonly tree: string;
  readonly parents: readonly string[];
};

/** The branch that `drift` keeps for a target, and nobody else. */
export function driftBranch({ key }: Target): string {
  return `campaignctl/drift-${key}`;
}

/** A fingerprint of edits: 16 hex digits. */
export function editsDigest(edits: readonly FileEdit[]): string {
  const sorted = edits.map(({ path, text }) => [path, text]).sort(([a = ""], [b = ""]) => compare(a, b));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 16);
}

/** The message of our commit. Its last line says of which edits and of which tree it is. */
export function driftMessage({ key }: Target, digest: string, tree: string): string {
  return `Make campaign files say what is live\n\nCampaignctl-Drift: ${key} ${digest} ${tree}\n`;
}

/**
 * The digest of the edits in a commit of ours; null for one that somebody else made, put on top or changed: then the tree
 * is not the one that its message names.
 */
export function ownDigest({ message, tree, parents }: CommitFacts, { key }: Target): string | null {
  const [, named, digest = null, made] =
    /^Campaignctl-Drift: (\S+) ([0-9a-f]{16}) ([0-9a-f]+)$/m.exec(message) ?? [];
  return parents.length === 1 && named === key && made === tree ? digest : null;
}
