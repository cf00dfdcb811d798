import type { BaseCommit } from "../../declarations/base-commit.ts";
import type { DeclaredBefore } from "../../declarations/changed-campaigns.ts";
import { type DeclareOptions, readDeclarations, type ValidDeclarations } from "../declare.ts";
import { type BaseReader, campaignsIn } from "./base-campaigns.ts";
import { onDisk } from "./base-files.ts";

/** Where a campaign may be declared still that no file declares which was read. */
type Elsewhere = {
  readonly options: Omit<DeclareOptions, "see" | "seeCatalogue">;
  readonly base: BaseCommit;
  readonly reader: BaseReader;
  readonly now: ValidDeclarations;
};

/**
 * Of campaigns that a base declared and no file that was read declares, those that none declares: a file may be outside of
 * the paths that were named, or be left off the disk by a sparse checkout.
 */
export async function noLongerDeclared(
  missing: readonly DeclaredBefore[],
  elsewhere: Elsewhere,
): Promise<readonly DeclaredBefore[]> {
  if (missing.length === 0) return [];
  const outside = elsewhere.options.paths.length === 0 ? new Set() : claimedInProject(elsewhere.options);
  const left = missing.filter(({ campaignId }) => !outside.has(campaignId));
  return left.length === 0 ? [] : withoutOffDisk(left, elsewhere);
}

function claimedInProject(options: Elsewhere["options"]): ReadonlySet<string> {
  const found = new Set<string>();
  readDeclarations({
    ...options,
    paths: [],
    see: (_, { claims }) => {
      for (const { campaignId } of claims) found.add(campaignId);
    },
  });
  return found;
}

async function withoutOffDisk(
  missing: readonly DeclaredBefore[],
  { base, reader, now }: Elsewhere,
): Promise<readonly DeclaredBefore[]> {
  const off = new Map([...(await base.offDisk())].map(([path, id]) => [onDisk(path, base), id]));
  if (off.size === 0) return missing;
  const { ids } = reader.files;
  const asBefore = new Set(
    [...off].filter(([path, id]) => ids.get(path) === id).map(([path]) => reader.nameOf(path)),
  );
  const others = new Map([...off].filter(([path, id]) => ids.get(path) !== id));
  const declared = await campaignsIn(others, reader, now.choice);
  return missing.filter(({ campaignId, file }) => !asBefore.has(file) && !declared.has(campaignId));
}
