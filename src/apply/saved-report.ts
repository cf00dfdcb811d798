import { isCanonical } from "../domain/binding.ts";
import { compare } from "../domain/compare.ts";
import { type Destination, destinationMismatch } from "../domain/destination.ts";
import { UsageError } from "../domain/errors.ts";
import type { Report } from "../domain/model.ts";
import validateReport from "../generated/validate-apply-report.js";
import { isFingerprinted } from "../plan/fingerprint.ts";
import { withoutByteOrderMark } from "../text/invisible.ts";

const NO_REPORT = 'The file is not an apply report: it has no "kind": "apply-report".';
const GIVE_ANOTHER = "Give the report of the apply that wrote: campaignctl apply --report FILE";

/**
 * Reads the report of an earlier apply, as evidence of what it wrote: as {@link parseReport}, and one of a wait, or of an
 * apply to another API or environment, is refused too.
 *
 * @throws UsageError with what is wrong and how to mend it. Nothing has been sent then.
 */
export function parseSavedReport(text: string, destination: Destination): Report {
  const report = parseReport(text);
  if (report.kind !== "apply-report") throw refuse(NO_REPORT);
  checkDestination(report, destination);
  return report;
}

/**
 * Reads the report of an earlier apply, to put back what it changed: as {@link parseSavedReport}, and one that was altered,
 * or that cannot show that it was not, is refused too.
 *
 * @throws UsageError with what is wrong and how to mend it. Nothing has been sent then.
 */
export function parseReportToRevert(text: string, destination: Destination): Report {
  const report = parseSavedReport(text, destination);
  for (const { campaignId, before, after } of report.results) {
    const lists = [before, after].filter((binding) => binding !== null);
    if (!lists.every(isCanonical)) {
      throw refuse(`The apply report was altered: the audiences of campaign ${campaignId} are not in order.`);
    }
  }
  if (!isFingerprinted(report))
    throw refuse("The apply report was altered: its fingerprint does not fit what it says.");
  return report;
}

/**
 * Reads a report, as untrusted as any input: what is none, or is of another major version, is refused. A byte order mark
 * at the start is ignored.
 *
 * @throws UsageError with what is wrong and how to mend it. Nothing has been sent then.
 */
export function parseReport(text: string): Report {
  const value = parseJson(withoutByteOrderMark(text));
  checkFormat(value);
  if (!validateReport(value)) throw refuse(`The apply report is not valid: ${firstError()}.`);
  const report = value as Report;
  const ids = report.results.map(({ campaignId }) => campaignId);
  if (ids.join() !== [...new Set(ids)].sort(compare).join()) {
    throw refuse("The apply report was altered: its campaigns are not each there once, in order.");
  }
  return report;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("The apply report is not JSON.");
  }
}

function checkFormat(value: unknown): void {
  const { kind, formatVersion: version }: { kind?: unknown; formatVersion?: unknown } = Object(value);
  if (kind !== "apply-report" && kind !== "wait-report") throw refuse(NO_REPORT);
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    throw refuse(`The apply report has format version ${JSON.stringify(version)}; this program reads 1.x.`);
  }
}

function firstError(): string {
  const error = validateReport.errors?.[0];
  return `${error?.instancePath || "the document"} ${error?.message}`;
}

function checkDestination(report: Report, destination: Destination): void {
  const words = { of: "The apply report is of", for: "The apply report is for", use: "read from" };
  const mismatch = destinationMismatch(report, destination, words);
  if (mismatch !== null) throw refuse(mismatch);
}

function refuse(message: string): UsageError {
  return new UsageError(`${message} Nothing was sent.`, GIVE_ANOTHER);
}
