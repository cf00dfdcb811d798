import { parseReport, parseReportToRevert, parseSavedReport } from "../apply/saved-report.ts";
import type { Destination } from "../domain/destination.ts";
import { UsageError } from "../domain/errors.ts";
import type { Plan, Report } from "../domain/model.ts";
import { readAtMost } from "../files/descriptor.ts";
import { decodeSaved } from "../plan/decode-saved.ts";
import { parsePlan, parseSavedPlan } from "../plan/saved-plan.ts";
import { messageOf } from "../text/error-text.ts";
import { withoutByteOrderMark } from "../text/invisible.ts";
import { systemCode } from "../text/system-code.ts";

/**
 * Reads a plan that an earlier run saved, to be carried out where it was made for.
 *
 * @throws UsageError for one that cannot be read, was altered, or is for another API or environment. Nothing has been
 *   sent then.
 */
export function readSavedPlan(file: string, destination: Destination): Plan {
  return readSaved(file, {
    name: "saved plan",
    parse: (text) => parseSavedPlan(text, destination),
    hint: "Make one with: campaignctl plan --out FILE",
  });
}

/** As {@link readSavedPlan}, of the report of an earlier apply. */
export function readSavedReport(file: string, destination: Destination): Report {
  return readSaved(file, { ...APPLY_REPORT, parse: (text) => parseSavedReport(text, destination) });
}

/** As {@link readSavedReport}, to put back what it changed: one that was altered is refused. */
export function readReportToRevert(file: string, destination: Destination): Report {
  return readSaved(file, { ...APPLY_REPORT, parse: (text) => parseReportToRevert(text, destination) });
}

const APPLY_REPORT = {
  name: "apply report",
  hint: "apply makes one with: campaignctl apply --report FILE",
};

/**
 * Reads a plan or a report that an earlier run saved, to be shown: where it was made for does not matter.
 *
 * @throws UsageError for one that cannot be read, was altered, or is neither.
 */
export function readResult(file: string): Plan | Report {
  return readSaved(file, {
    name: "saved result",
    parse: parseResult,
    hint: "Make one with: campaignctl plan --out FILE, or campaignctl apply --report FILE",
  });
}

function parseResult(text: string): Plan | Report {
  const kind = kindOf(text);
  if (kind === "plan") return parsePlan(text);
  if (kind === "apply-report" || kind === "wait-report") return parseReport(text);
  throw new UsageError(
    "The file is neither a saved plan nor a report.",
    "plan --out FILE writes the one, apply --report FILE and wait --out FILE the other.",
  );
}

/** What a document says it is; undefined where it is no JSON. */
function kindOf(text: string): unknown {
  try {
    return Object(JSON.parse(withoutByteOrderMark(text))).kind;
  } catch {
    return undefined;
  }
}

/** A result of an earlier run that was saved to a file. */
type Saved<T> = {
  /** What it is called in a message, such as "apply report". */
  readonly name: string;
  readonly parse: (text: string) => T;
  readonly hint: string;
};

/** Over any result this tool makes, and under what would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** @throws UsageError when it cannot be read, is too large, or is refused by `parse`. */
function readSaved<T>(file: string, { name, parse, hint }: Saved<T>): T {
  try {
    const bytes = readAtMost(file, MAX_BYTES);
    if (bytes.length > MAX_BYTES)
      throw new UsageError(`The ${name} ${file} is larger than 256 MiB. Nothing was sent.`);
    return parse(decodeSaved(bytes, name));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = systemCode(error) ?? messageOf(error);
    throw new UsageError(
      `The ${name} ${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : code}. Nothing was sent.`,
      hint,
    );
  }
}
