import { withResultLost } from "../domain/exit-codes.ts";
import type { Plan, Report } from "../domain/model.ts";
import { descriptorOf } from "../files/descriptor.ts";
import { writeFileWhole } from "../files/write-file.ts";
import { renderJson } from "../render/json.ts";
import { renderPlanMarkdown } from "../render/markdown/plan-markdown.ts";
import { renderReportMarkdown } from "../render/markdown/report-markdown.ts";
import { renderPlanText } from "../render/text/plan-text.ts";
import { renderReportText } from "../render/text/report-text.ts";
import { messageOf } from "../text/error-text.ts";
import { escapeText } from "../text/invisible.ts";
import type { CommonFlags } from "./common-options.ts";
import type { Format } from "./options.ts";
import type { Session } from "./terminal/session.ts";

/** A result in every form it may be asked for. */
type Printable = {
  readonly json: Plan | Report;
  readonly text: () => string;
  readonly markdown: () => string;
};

/** Where a result goes. Files get JSON, whatever the format. */
type Wanted = { readonly format: Format; readonly files: readonly string[] };

/** Where the result of a command goes that has no more flags for it than `--format` and `--out`. */
export function wantedBy({ format, out }: Pick<CommonFlags, "format" | "out">): Wanted {
  return { format, files: out === null ? [] : [out] };
}

/** A plan in every form. */
export function planResult(
  made: Plan,
  { verbose }: Pick<CommonFlags, "verbose">,
  session: Session,
): Printable {
  return {
    json: made,
    text: () => renderPlanText(made, { style: session.stdout.style, isVerbose: verbose }),
    markdown: () => renderPlanMarkdown(made),
  };
}

/** A report in every form. */
export function reportResult(report: Report, session: Session): Printable {
  return {
    json: report,
    text: () => renderReportText(report, { style: session.stdout.style }),
    markdown: () => renderReportMarkdown(report),
  };
}

/**
 * Prints a result, whole, and writes the files that were asked for. Where one of them is stdout, JSON alone goes there, and
 * the text for people to stderr.
 *
 * @returns the exit code: that of the run, or 1 when the run went well but a file could not be written.
 */
export function printResult(
  result: Printable,
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
  return failed.length > 0 ? withResultLost(exitCode) : exitCode;
}

function isStdout(file: string): boolean {
  return descriptorOf(file) === 1;
}

/** Writes a result file; false where that failed, which is told on stderr. */
export function writeOrExplain(file: string, text: string, session: Session): boolean {
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
