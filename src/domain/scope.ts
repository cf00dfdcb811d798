/**
 * Which of the declared campaigns a plan or a report looked at. What was not looked at is in none of its counts.
 * `changed`: those that are declared otherwise than in a commit. `shard`: one part of all. A part of what changed is
 * `changed`, and names its `shard`.
 */
export type Scope = {
  readonly kind: "all" | "changed" | "shard";
  /** The full id of the commit compared with; null unless `changed`. */
  readonly since: string | null;
  /** Which part, such as `2/3`; null where it is no part. */
  readonly shard: string | null;
  /** How many campaigns were looked at. */
  readonly planned: number;
  /** How many campaigns the files declare. */
  readonly declared: number;
  /** How many more would have been looked at, had the time not been up; left out where it was not. */
  readonly outOfTime?: number;
};

/** Every declared campaign was looked at. */
export function wholeScope(declared: number): Scope {
  return { kind: "all", since: null, shard: null, planned: declared, declared };
}

/** Only what is declared otherwise than in a commit was looked at. */
export function changedSince(since: string, planned: number, declared: number): Scope {
  return { kind: "changed", since, shard: null, planned, declared };
}

/** The same scope after a part of it was taken. */
export function partOf(scope: Scope, shard: string, planned: number): Scope {
  return { ...scope, kind: scope.kind === "changed" ? "changed" : "shard", shard, planned };
}

/** The same scope of a run whose time was up before it had looked at all of it. */
export function cutOff(scope: Scope, planned: number): Scope {
  return planned === scope.planned ? scope : { ...scope, planned, outOfTime: scope.planned - planned };
}
