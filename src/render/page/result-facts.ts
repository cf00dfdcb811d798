import type { ApplyResult, Report } from "../../domain/model.ts";
import { errorFacts, type Fact, positionText, reasonWords } from "./facts.ts";
import { reachResultWords } from "./reach-words.ts";

/** What there is to say of one result. Values are not escaped yet. Only an apply report has writes to speak of. */
export function resultFacts(result: ApplyResult, reportKind: Report["kind"]): readonly Fact[] {
  const { campaignId, source, outcome, reason, reach, error } = result;
  const written = outcome === "applied" || outcome === "unchanged";
  return [
    { label: "campaign", value: campaignId },
    { label: "file", value: positionText(source) },
    ...(reason === null || reason === error?.code ? [] : [{ label: "reason", value: reasonWords(reason) }]),
    ...(written ? [{ label: "reach", value: reachResultWords(reach, result) }] : []),
    ...(error === null ? [] : errorFacts(error)),
    ...(error === null || reportKind === "wait-report" ? [] : [landedFact(error)]),
  ];
}

function landedFact(error: { readonly mayHaveLanded: boolean }): Fact {
  const value = error.mayHaveLanded
    ? "MAY HAVE LANDED: the campaign may have the new audiences, or not"
    : "nothing was written";
  return { label: "write", value };
}
