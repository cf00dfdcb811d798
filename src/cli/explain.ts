import { hasErrors } from "../domain/diagnostics.ts";
import type { AccessError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { CampaignError, Diagnostic, Report } from "../domain/model.ts";
import { COMMAND_ADVICE } from "../render/page/advice.ts";
import { resultsOfKind } from "../render/page/report-groups.ts";
import { alike, firstNames } from "../render/page/same-reason.ts";
import { renderDiagnostics } from "../render/text/diagnostics.ts";
import { quantity } from "../text/figures.ts";
import { escapeText } from "../text/invisible.ts";
import { accessLine } from "./access-line.ts";
import type { Format } from "./options.ts";
import type { Session } from "./terminal/session.ts";

/** Shows warnings that the result of a command does not. */
export function explainWarnings(warnings: readonly Diagnostic[], { stderr }: Session): void {
  if (warnings.length > 0) stderr.write(renderDiagnostics(warnings, { style: stderr.style }));
}

/** Shows diagnostics when there is an error among them, and says whether there is. */
export function explainErrors(diagnostics: readonly Diagnostic[], session: Session): boolean {
  if (!hasErrors(diagnostics)) return false;
  session.stderr.write(renderDiagnostics(diagnostics, { style: session.stderr.style }));
  return true;
}

/**
 * Tells of skipped campaigns on stderr as well, so that they are seen when stdout goes elsewhere. On a terminal the text
 * has them in a section of their own.
 */
export function warnOfSkipped(
  skipped: readonly { readonly campaignId: string; readonly name: string | null }[],
  format: Format,
  session: Session,
): void {
  if (format === "text" && session.stdout.isTerminal) return;
  const [first] = skipped;
  if (first === undefined) return;
  warn(
    skipped.length === 1
      ? `skipped ${campaignLabel(first)}: it is not draft, so it is left alone.`
      : `skipped ${quantity(skipped.length, "campaign")} that are not draft, so they are left alone: ${firstNames(skipped, campaignLabel)}.`,
    session,
  );
}

/** Tells on stderr of unchanged campaigns whose reach is open or failed: a warning, not an exit code, of `apply`. */
export function warnOfOpenReach(report: Report, session: Session): void {
  const open = resultsOfKind(report, "unchanged-open");
  const { reach: advise } = COMMAND_ADVICE[report.kind];
  const likewise = alike(open, (result) => `${result.reach?.status}\n${advise(result)}`);
  for (const of of likewise) {
    const [first] = of;
    const status = escapeText(first.reach?.status ?? "unknown");
    const who =
      of.length === 1
        ? `${campaignLabel(first)} is unchanged, but its reach is not confirmed`
        : `${quantity(of.length, "campaign")} are unchanged, but their reach is not confirmed`;
    const names = of.length === 1 ? "" : `: ${firstNames(of, campaignLabel)}`;
    warn(`${who} (status ${status})${names}. ${advise(first)}`, session);
  }
}

/** A campaign by its name, where it has one, and its id. */
export function campaignLabel({
  campaignId,
  name,
}: {
  readonly campaignId: string;
  readonly name: string | null;
}): string {
  return name === null ? escapeText(campaignId) : `${escapeText(name)} (${campaignId})`;
}

/** One warning on stderr. The text must be printable already. */
export function warn(text: string, { stderr }: Session): void {
  stderr.write(`${stderr.style.yellow("warning:")} ${text}\n`);
}

/** One error on stderr. The text must be printable already. */
export function tellError(text: string, { stderr }: Session): void {
  stderr.write(`${stderr.style.red("error:")} ${text}\n`);
}

/** Says once on stderr why a run was stopped, or came to nothing; the report has the rest, campaign by campaign. */
export function explainFailure(
  report: Report,
  accessError: AccessError | null,
  conditions: readonly Condition[],
  session: Session,
): void {
  explainRefusal(report, accessError, conditions, session);
  const errors = report.results.map(({ error }) => error);
  explainUnreachable(conditions, errors, session);
}

/** Says once, in the words of the API client, why a run was stopped for its credentials. */
function explainRefusal(
  report: Report,
  accessError: AccessError | null,
  conditions: readonly Condition[],
  session: Session,
): void {
  if (!conditions.includes("no-access")) return;
  const refused = accessError ?? report.results.find(({ reason }) => reason === "no-access")?.error;
  if (refused == null) tellError("The API refused the credentials while reach was waited for.", session);
  else session.stderr.write(accessLine(refused, session));
}

/** Says once on stderr that nothing could be read; the result has the rest, campaign by campaign. */
export function explainUnreachable(
  conditions: readonly Condition[],
  errors: readonly (CampaignError | null)[],
  session: Session,
): void {
  if (!conditions.includes("unreachable")) return;
  const first = errors.find((error) => error !== null);
  const why = first?.message ?? "The time was up before the first answer came.";
  tellError(`No campaign could be read. ${why}`, session);
}
