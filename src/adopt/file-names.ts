import { slugOf, uniqueNames } from "../text/slug.ts";

/** Names that Windows keeps for devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const LONGEST = 60;

/**
 * A name for the file of each campaign, without its folder: that of the campaign in letters that are safe on every
 * system, with a part of the id where two would collide.
 *
 * @param taken names of files that are there already, in lower case.
 */
export function fileNamesFor(
  campaigns: readonly { readonly campaignId: string; readonly name: string | null }[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const wishes = new Map(
    campaigns.map(({ campaignId, name }) => [campaignId, slugOf(name ?? "", LONGEST)] as const),
  );
  const isFree = (name: string): boolean => !RESERVED.test(name) && !taken.has(`${name}.yaml`);
  const names = uniqueNames(wishes, isFree, "campaign", 2 * LONGEST);
  return new Map([...names].map(([id, name]) => [id, `${name}.yaml`]));
}
