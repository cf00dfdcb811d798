import type { WrittenId } from "../domain/declared.ts";
import { groupBy } from "../domain/group-by.ts";
import type { Diagnostic } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { diagnosticAt, indexText, positionAt, type SourceText, withDetail } from "../yaml/source-text.ts";

/** That a file declares a campaign: in one environment, or in every one when `environment` is null. */
export type Claim = {
  /** UUID in lower case. */
  readonly campaignId: string;
  readonly environment: string | null;
  readonly file: string;
  /** Where in the file, and its text up to the end of that line: what it takes to show the place, should another claim the same. */
  readonly place: Span;
  readonly head: string;
  /** What must never be shown of the text. */
  readonly secrets: readonly string[];
};

/** That a file declares a campaign, by one of its ids. */
export function claimOf({ says, environment, place }: WrittenId, text: SourceText): Claim {
  const end = text.text.indexOf("\n", Math.max(...place));
  const { file, secrets } = text;
  const head = text.text.slice(0, end === -1 ? undefined : end);
  return { campaignId: says.toLowerCase(), environment, file, place, head, secrets };
}

/** An error in every file that claims a campaign which another file claims too, naming the other. */
export function repeatedCampaigns(claims: readonly Claim[]): Diagnostic[] {
  const byCampaign = groupBy(claims, ({ campaignId }) => campaignId);
  return [...byCampaign.values()].flatMap((group) =>
    group.length === 1
      ? []
      : group.flatMap((claim) => {
          const other = group.find((candidate) => overlap(claim, candidate));
          return other === undefined ? [] : [repeated(claim, other)];
        }),
  );
}

function overlap(a: Claim, b: Claim): boolean {
  if (a.file === b.file) return false;
  return a.environment === null || b.environment === null || a.environment === b.environment;
}

function repeated(claim: Claim, other: Claim): Diagnostic {
  const { line, column } = positionAt(textOf(other), other.place[0]);
  const where = `${other.file}:${line}:${column}`;
  const detail =
    `The campaign ${claim.campaignId} is also declared in ${where}, and each file would undo the other. ` +
    `Keep one of them.`;
  return withDetail(diagnosticAt(textOf(claim), "repeated-campaign", claim.place, ""), detail);
}

function textOf({ file, head, secrets }: Claim): SourceText {
  return indexText(file, head, secrets);
}
