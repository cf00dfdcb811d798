import type { Change, Plan } from "../../domain/model.ts";
import { type IssueOperation, planCloseIssues, planOpenIssue } from "../review/issue-operation.ts";
import type { OwnIssue, Target } from "../run/model.ts";
import {
  campaignOfDriftIssue,
  renderDriftIssue,
  renderUnreadableIssue,
  UNREADABLE_NIGHTS,
} from "./drift-issue.ts";
import type { FileUrl } from "./file-link.ts";

/** What to do with an issue, and the campaign that it is about. */
export type DriftOperation = { readonly campaignId: string; readonly operation: IssueOperation };

/** What `drift` found, and the issues that there are. */
export type DriftInput = {
  readonly plan: Plan;
  /** Whether a campaign that is not in the plan is surely declared no more, and this run's to tell. */
  readonly isGone: (campaignId: string) => boolean;
  /** In how many nights in a row a campaign could not be read; left out where nobody counts. */
  readonly unreadableNights?: ((campaignId: string) => number) | undefined;
  readonly target: Target;
  /** Ours; those of another target or with another marker are not touched. */
  readonly issues: readonly OwnIssue[];
  readonly fileUrl: FileUrl;
  /** Campaigns that a pull request is about in place of an issue. */
  readonly fixed?: ReadonlySet<string>;
};

/**
 * What to do with drift issues: one open issue a drifted draft, closed when it is clean, locked meanwhile or no longer
 * declared. One that could not be read in several nights gets one too. What could not be read else, or was not looked at, is left alone. A locked one that differs is history, never an issue.
 */
export function planDriftIssues(input: DriftInput): readonly DriftOperation[] {
  const byCampaign = issuesByCampaign(input);
  const changes = new Map(input.plan.changes.map((change) => [change.campaignId, change]));
  return [...new Set([...changes.keys(), ...byCampaign.keys()])].flatMap((campaignId) =>
    operationsOn(campaignId, changes.get(campaignId), byCampaign.get(campaignId) ?? [], input).map(
      (operation) => ({
        campaignId,
        operation,
      }),
    ),
  );
}

function issuesByCampaign({ issues, target }: DriftInput): ReadonlyMap<string, readonly OwnIssue[]> {
  const byCampaign = new Map<string, OwnIssue[]>();
  for (const issue of issues) {
    const campaignId = campaignOfDriftIssue(issue, target);
    if (campaignId !== null) byCampaign.set(campaignId, [...(byCampaign.get(campaignId) ?? []), issue]);
  }
  return byCampaign;
}

function operationsOn(
  campaignId: string,
  change: Change | undefined,
  issues: readonly OwnIssue[],
  { plan: { audiences }, target, fileUrl, isGone, unreadableNights = () => 0, fixed }: DriftInput,
): readonly IssueOperation[] {
  switch (change?.action) {
    case undefined:
      return isGone(campaignId) ? planCloseIssues(issues, NOTES.undeclared) : [];
    case "update":
      if (fixed?.has(campaignId)) return planCloseIssues(issues, NOTES.proposed);
      return planOpenIssue(renderDriftIssue(change, target, { fileUrl, audiences }), issues, NOTES.again);
    case "no-op":
      return planCloseIssues(issues, NOTES.clean);
    case "skip":
      return planCloseIssues(issues, NOTES.locked);
    case "error":
      return unreadableNights(campaignId) < UNREADABLE_NIGHTS
        ? leave(issues)
        : planOpenIssue(renderUnreadableIssue(change, target, fileUrl), issues, NOTES.unreadable);
  }
}

const NOTES = {
  again: "The campaign has drifted again.",
  unreadable: `The campaign could not be read in ${UNREADABLE_NIGHTS} nights.`,
  clean: "The live audiences are those of the file again.",
  proposed: "A pull request makes the file say what is live, in place of this issue.",
  locked: "The campaign is not draft any more: its audiences are locked, so this is history now, not drift.",
  undeclared: "The campaign is no longer declared in a file.",
} as const;

function leave(issues: readonly OwnIssue[]): readonly IssueOperation[] {
  return issues.flatMap(({ isOpen, number }) => (isOpen ? [{ kind: "leave", number } as const] : []));
}
