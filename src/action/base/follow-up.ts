import { followUpMarker, scopeOfIssues } from "../../github/page/follow-up-issue.ts";
import { wholeTarget } from "../../github/run/target.ts";
import { onGitHub } from "../on-github.ts";
import type { ActionRun } from "../run.ts";

/** What the open follow-up issue of a run's target is about; nothing where there is none, or it cannot be read. */
export type FollowUp = {
  /** Campaigns that an apply left. */
  readonly ids: ReadonlySet<string>;
  /** Whether it is of more than it names. */
  readonly hasMore: boolean;
  /** Whether an apply of this very target left more than the issue names, or did not begin. */
  readonly isOfAll: boolean;
  readonly problems: readonly string[];
};

/** Reads the follow-up issue of a run's target. */
export async function openFollowUp({ github, target }: ActionRun): Promise<FollowUp> {
  const problems: string[] = [];
  const whole = wholeTarget(target);
  const issues =
    github === null ? null : await onGitHub(problems, () => github.findIssues(followUpMarker(whole), "open"));
  const { ids, targets, hasMore = false } = scopeOfIssues(issues ?? [], whole);
  return {
    ids: new Set(ids),
    hasMore,
    isOfAll: [target.key, whole.key].some((key) => targets.includes(key)),
    problems,
  };
}
