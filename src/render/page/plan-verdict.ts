import type { Plan, PlanSummary } from "../../domain/model.ts";
import { noExcludeIsLeft, updatesOf } from "../../plan/updates.ts";
import { countText, quantity } from "../../text/figures.ts";
import type { Sentences } from "./page-section.ts";

/** What a plan comes to, the main sentence first. Says "No changes." only of campaigns that were read. */
export function planVerdict(plan: Plan): Sentences {
  const { summary } = plan;
  return [
    mainSentence(summary),
    ...bareSentence(plan),
    ...unreadSentence(summary),
    ...lockedSentence(summary),
  ];
}

/** The most dangerous change is told before any detail, however many campaigns there are. */
function bareSentence({ changes }: Plan): string[] {
  const bare = updatesOf(changes).filter(noExcludeIsLeft).length;
  if (bare === 0) return [];
  return [
    bare === 1
      ? "1 CAMPAIGN LOSES ITS LAST EXCLUDE."
      : `${countText(bare)} CAMPAIGNS LOSE THEIR LAST EXCLUDE.`,
  ];
}

function mainSentence({ update, noOp, skip, error, widens }: PlanSummary): string {
  if (update > 0) return `${quantity(update, "campaign")} to change${wideningWords(update, widens)}.`;
  if (error === 0) return skip > 0 ? "No changes." : "No changes. The live audiences are those of the files.";
  return noOp + skip === 0 ? "No campaign could be read." : "No changes in the campaigns that could be read.";
}

function wideningWords(update: number, widens: number): string {
  if (widens === 0) return "";
  if (update === 1) return " that can reach more people";
  return `, ${widens === update ? "all" : countText(widens)} of them can reach more people`;
}

function unreadSentence({ update, noOp, skip, error }: PlanSummary): string[] {
  if (error === 0 || update + noOp + skip === 0) return [];
  return [`${quantity(error, "campaign")} could not be read.`];
}

function lockedSentence({ skip }: PlanSummary): string[] {
  if (skip === 0) return [];
  return [
    skip === 1
      ? "1 campaign differs from its file but is not draft: skipped."
      : `${quantity(skip, "campaign")} differ from their files but are not draft: skipped.`,
  ];
}

/** What a plan comes to where nobody is about to apply it. Of what could not be read nobody knows whether it has drifted. */
export function driftVerdict({ update, error }: PlanSummary): string {
  const unread = error === 0 ? "" : `${quantity(error, "campaign")} could not be read`;
  if (update > 0) {
    const drift = `Drift: ${quantity(update, "campaign")} not as in the files`;
    return unread === "" ? drift : `${drift}, ${unread}`;
  }
  return unread === "" ? "No drift" : `Drift is not known: ${unread}`;
}
