/** What a follow-up issue is about: only a run that looked at all of it may close the issue. */
export type IssueScope = {
  /** Campaigns that were left. */
  readonly ids: readonly string[];
  /** Keys of targets of which everything may be left: an apply of theirs did not begin. */
  readonly targets: readonly string[];
};

/** More ids than this would take the room of the text: then the whole target stands for them. */
const MOST_IDS = 300;

/** The hidden line below an issue's marker. Ids and keys have nothing in them that ends an HTML comment. */
export function encodeScope({ ids, targets }: IssueScope, target: string): string {
  const all = ids.length > MOST_IDS ? [...targets, target] : targets;
  const shown = ids.length > MOST_IDS ? [] : ids;
  return `<!-- campaignctl:left ${[...shown, ...new Set(all.map((key) => `*${key}`))].join(" ")} -->`;
}

/** What {@link encodeScope} wrote, from an issue's body. An issue without it is of everything. */
export function decodeScope(body: string, target: string): IssueScope {
  const line = /^<!-- campaignctl:left ([0-9a-z *-]*) -->$/.exec(body.split(/\r?\n/, 2)[1] ?? "")?.[1];
  if (line === undefined) return { ids: [], targets: [target] };
  const words = line.split(" ").filter((word) => word !== "");
  return {
    ids: words.filter((word) => !word.startsWith("*")),
    targets: words.filter((word) => word.startsWith("*")).map((word) => word.slice(1)),
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
};

/** What of an issue a run did not look at, and so cannot call done. */
export function unseenOf(scope: IssueScope, run: IssueRun): IssueScope {
  if (!run.isTip) return scope;
  if (run.isWhole) return { ids: [], targets: [] };
  return {
    ids: scope.ids.filter((id) => !run.seen.has(id)),
    targets: run.isComplete ? scope.targets.filter((target) => target !== run.key) : scope.targets,
  };
}

/** Whether nothing is in it. */
export function isNothing({ ids, targets }: IssueScope): boolean {
  return ids.length === 0 && targets.length === 0;
}
