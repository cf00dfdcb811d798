/** What a follow-up issue is about: only a run that looked at all of it may close the issue. */
export type IssueScope = {
  /** Campaigns that were left. */
  readonly ids: readonly string[];
  /** Keys of targets of which everything may be left: an apply of theirs did not begin. */
  readonly targets: readonly string[];
  /** Whether it is of campaigns that it does not name, there being too many. */
  readonly hasMore?: boolean;
};

/** More ids than this would take the room of the text: then the whole target stands for them. */
const MOST_IDS = 300;

/** The hidden line below an issue's marker. Ids and keys have nothing in them that ends an HTML comment. */
export function encodeScope({ ids, targets, hasMore = false }: IssueScope, target: string): string {
  const isTooLong = ids.length > MOST_IDS;
  const all = isTooLong ? [...targets, target] : targets;
  const shown = isTooLong ? [] : ids;
  const more = isTooLong || hasMore ? [MORE] : [];
  return `<!-- campaignctl:left ${[...shown, ...new Set(all.map((key) => `*${key}`)), ...more].join(" ")} -->`;
}

const MORE = "+";

/** What {@link encodeScope} wrote, from an issue's body. An issue without it is of everything. */
export function decodeScope(body: string, target: string): IssueScope {
  const line = /^<!-- campaignctl:left ([0-9a-z *+-]*) -->$/.exec(body.split(/\r?\n/, 2)[1] ?? "")?.[1];
  if (line === undefined) return { ids: [], targets: [target], hasMore: true };
  const words = line.split(" ").filter((word) => word !== "");
  return {
    ids: words.filter((word) => !word.startsWith("*") && word !== MORE),
    targets: words.filter((word) => word.startsWith("*")).map((word) => word.slice(1)),
    ...(words.includes(MORE) ? { hasMore: true } : {}),
  };
}

/** A run, as far as issues are concerned. */
export type IssueRun = {
  /** Key of the run's own target, with its paths. */
  readonly key: string;
  /** Whether its commit is the newest of the branch: of a later one an older run knows nothing. */
  readonly isTip: boolean;
  /** Whether it looked at every declared campaign. */
  readonly isWhole: boolean;
  /** Whether it looked at every campaign of its own paths. */
  readonly isComplete: boolean;
  /** Campaigns that it looked at. */
  readonly seen: ReadonlySet<string>;
  /** Whether a campaign is surely declared no more; of none when left out. */
  readonly isGone?: (campaignId: string) => boolean;
};

/** What of an issue a run did not look at, and so cannot call done. */
export function unseenOf(scope: IssueScope, run: IssueRun): IssueScope {
  if (!run.isTip) return scope;
  if (run.isWhole) return { ids: [], targets: [] };
  const targets = run.isComplete ? scope.targets.filter((target) => target !== run.key) : scope.targets;
  return {
    ids: scope.ids.filter((id) => !run.seen.has(id) && run.isGone?.(id) !== true),
    targets,
    // A part of the campaigns cannot be all of those.
    ...(scope.hasMore === true && targets.length > 0 ? { hasMore: true } : {}),
  };
}

/** Whether nothing is in it. */
export function isNothing({ ids, targets }: IssueScope): boolean {
  return ids.length === 0 && targets.length === 0;
}
