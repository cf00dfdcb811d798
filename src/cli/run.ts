import { type Declarations, readDeclarations, type ValidDeclarations } from "../commands/declare.ts";
import { secretsOf } from "../commands/settings.ts";
import { hasErrors } from "../domain/diagnostics.ts";
import type { AccessError } from "../domain/errors.ts";
import type { Condition } from "../domain/exit-codes.ts";
import type { CampaignError, Diagnostic, Plan, Report } from "../domain/model.ts";
import { descriptorOf } from "../files/descriptor.ts";
import { writeFileWhole } from "../files/write-file.ts";
import type { Telling } from "../host/signals.ts";
import { renderDiagnostics } from "../render/diagnostics.ts";
import { renderJson } from "../render/json.ts";
import { COMMAND_ADVICE } from "../render/report/advice.ts";
import { resultsOfKind } from "../render/report/report-groups.ts";
import { alike, firstNames } from "../render/same-reason.ts";
import { messageOf } from "../text/error-text.ts";
import { quantity } from "../text/figures.ts";
import { escapeText } from "../text/invisible.ts";
import { accessLine } from "./access-line.ts";
import type { Format } from "./options.ts";
import type { Session } from "./terminal/session.ts";

/** The flags that say which files are meant. */
export type FileFlags = {
  readonly paths: readonly string[];
  readonly config: string | null;
  readonly environment: string | null;
};

/** Reads the files and shows what is wrong in them; null when they have errors, and so nothing may be sent. */
export function declareOrExplain(flags: FileFlags, session: Session): ValidDeclarations | null {
  const declared = declare(flags, session, { needsEnvironment: true });
  if (declared.kind === "valid") return declared;
  explainErrors(declared.diagnostics, session);
  return null;
}

/** Reads the files. A project file that was found further up is told, since it decides what is read and where it goes. */
export function declare(
  flags: FileFlags,
  session: Session,
  { needsEnvironment }: { readonly needsEnvironment: boolean },
): Declarations {
  const { cwd, variables } = session;
  const declared = readDeclarations({ ...flags, cwd, needsEnvironment, secrets: secretsOf(variables) });
  tellProjectAbove(declared, session);
  return declared;
}

/** One line on stderr. */
export function tellProjectAbove(
  { projectAbove }: Pick<Declarations, "projectAbove">,
  { asides }: Session,
): void {
  if (projectAbove !== null) asides.write(`Project file: ${escapeText(projectAbove)} (found upwards)\n`);
}

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

/** A result in every form it may be asked for. */
export type Result = {
  readonly json: Plan | Report;
  readonly text: () => string;
  readonly markdown: () => string;
};

/** Where a result goes. Files get JSON, whatever the format. */
export type Wanted = { readonly format: Format; readonly files: readonly string[] };

/**
 * Prints a result, whole, and writes the files that were asked for. Where one of them is stdout, JSON alone goes there, and
 * the text for people to stderr.
 *
 * @returns the exit code: that of the run, or 1 when the run went well but a file could not be written.
 */
export function printResult(
  result: Result,
  { format, files }: Wanted,
  session: Session,
  exitCode: number,
): number {
  // The JSON of many campaigns is long: it is made only where it is wanted.
  const json = format === "json" || files.length > 0 ? renderJson(result.json) : "";
  const shown = format === "json" ? json : result[format]();
  const isJsonPrinted = format === "json" || files.some(isStdout);
  if (shown !== json && isJsonPrinted) session.asides.write(shown);
  session.stdout.write(isJsonPrinted ? json : shown);
  const failed = files.filter((file) => !isStdout(file) && !writeOrExplain(file, json, session));
  // A plan can be made again; what an apply did cannot be asked of anybody.
  if (failed.length > 0 && !isJsonPrinted && result.json.kind !== "plan") session.stderr.write(json);
  return failed.length > 0 && (exitCode === 0 || exitCode === 2) ? 1 : exitCode;
}

function isStdout(file: string): boolean {
  return descriptorOf(file) === 1;
}

function writeOrExplain(file: string, text: string, session: Session): boolean {
  try {
    writeFileWhole(file, text);
    return true;
  } catch (error) {
    session.stderr.write(
      `error: The result could not be written to ${escapeText(file)}: ${escapeText(messageOf(error))}\n`,
    );
    return false;
  }
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
      ? `skipped ${labelOf(first)}: it is not draft, so it is left alone.`
      : `skipped ${quantity(skipped.length, "campaign")} that are not draft, so they are left alone: ${firstNames(skipped, labelOf)}.`,
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
        ? `${labelOf(first)} is unchanged, but its reach is not confirmed`
        : `${quantity(of.length, "campaign")} are unchanged, but their reach is not confirmed`;
    const names = of.length === 1 ? "" : `: ${firstNames(of, labelOf)}`;
    warn(`${who} (status ${status})${names}. ${advise(first)}`, session);
  }
}

function labelOf({
  campaignId,
  name,
}: {
  readonly campaignId: string;
  readonly name: string | null;
}): string {
  return name === null ? campaignId : `${escapeText(name)} (${campaignId})`;
}

/** How a run of a command tells that it was interrupted. */
export function tellingOn({ stderr }: Session, interrupted: string): Telling {
  return { interrupted, say: (line) => stderr.write(`${line}\n`), stream: "stderr" };
}

/** One warning on stderr. The text must be printable already. */
export function warn(text: string, { stderr }: Session): void {
  stderr.write(`${stderr.style.yellow("warning:")} ${text}\n`);
}

/** Says once, in the words of the API client, why a run was stopped for its credentials. */
export function explainRefusal(
  report: Report,
  accessError: AccessError | null,
  conditions: readonly Condition[],
  session: Session,
): void {
  if (!conditions.includes("no-access")) return;
  const refused = accessError ?? report.results.find(({ reason }) => reason === "no-access")?.error;
  session.stderr.write(
    refused == null
      ? `${session.stderr.style.red("error:")} The API refused the credentials while reach was waited for.\n`
      : accessLine(refused, session),
  );
}

/** Says once on stderr that nothing could be read; the result has the rest, campaign by campaign. */
export function explainUnreachable(
  conditions: readonly Condition[],
  errors: readonly (CampaignError | null)[],
  session: Session,
): void {
  if (!conditions.includes("unreachable")) return;
  const first = errors.find((error) => error !== null);
  session.stderr.write(
    `${session.stderr.style.red("error:")} No campaign could be read. ${first?.message ?? ""}\n`,
  );
}
