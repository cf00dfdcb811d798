import { makeDiagnostic, sortDiagnostics } from "../domain/diagnostics.ts";
import type { CampaignSpec, Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { type Claim, repeatedCampaigns } from "./campaign-claims.ts";
import { readCampaignFile } from "./campaign-file.ts";
import { type EnvironmentChoice, type ResolvedCampaign, resolveCampaign } from "./resolve.ts";

/** Most errors that are shown of one file; the rest is only counted. */
const MAX_ERRORS_PER_FILE = 20;

/** What all the files together declare. */
export type LoadedCampaigns = {
  /** One for each file without an error, in the order of the files. */
  readonly specs: readonly CampaignSpec[];
  /** How many files declare a campaign without an error, also where no environment was chosen to make a spec of. */
  readonly campaigns: number;
  /** How many files are campaign files, with or without an error: those of another kind are left out. */
  readonly files: number;
  /** Whether any file has an id for each environment: for the chosen one, where one was chosen. */
  readonly hasIdsByEnvironment: boolean;
  readonly diagnostics: readonly Diagnostic[];
};

/** What was found in one file: what is shown, and how much is not. */
type Findings = { readonly shown: Diagnostic[]; hidden: number };

/**
 * Reads campaign files one at a time, and tells every mistake in each and the campaigns that two of them declare.
 * A source that is a diagnostic is a file that could not be read. A file with an error yields no spec.
 */
export function loadCampaigns(
  sources: Iterable<SourceFile | Diagnostic>,
  options: EnvironmentChoice,
): LoadedCampaigns {
  const findings = new Map<string, Findings>();
  const claims: Claim[] = [];
  const specs: CampaignSpec[] = [];
  const files: string[] = [];
  let count = 0;
  for (const source of sources) {
    const read =
      "bytes" in source ? detached(resolveCampaign(readCampaignFile(source), options)) : unread(source);
    add(findings, read.diagnostics);
    if (!read.diagnostics.some(isOfAnotherKind)) count += 1;
    if (!("bytes" in source)) continue;
    claims.push(...read.claims);
    if (read.spec !== null) specs.push(read.spec);
    files.push(source.file);
  }
  add(findings, repeatedCampaigns(claims));
  return {
    specs: specs.filter(({ source }) => !findings.has(source.file)),
    campaigns: files.filter((file) => !findings.has(file)).length,
    files: count,
    hasIdsByEnvironment: claims.some(({ environment }) => environment !== null),
    diagnostics: sortDiagnostics([...findings.values()].flatMap(shownOf)),
  };
}

function unread(diagnostic: Diagnostic): ResolvedCampaign {
  return { claims: [], spec: null, diagnostics: [diagnostic] };
}

function isOfAnotherKind({ code }: Diagnostic): boolean {
  return code === "not-a-campaign";
}

/** A copy that shares no text with the file, which would otherwise stay in memory for a few short strings. */
function detached<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function add(findings: Map<string, Findings>, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const file = diagnostic.file ?? "";
    const found = findings.get(file) ?? { shown: [], hidden: 0 };
    findings.set(file, found);
    if (found.shown.length < MAX_ERRORS_PER_FILE) found.shown.push(diagnostic);
    else found.hidden += 1;
  }
}

function shownOf({ shown, hidden }: Findings): readonly Diagnostic[] {
  if (hidden === 0) return shown;
  const detail = `… and ${hidden} more that ${hidden === 1 ? "is" : "are"} not shown. Mend the first ${MAX_ERRORS_PER_FILE} and run again.`;
  return [...shown, makeDiagnostic("more-errors", { detail, file: shown[0]?.file ?? null })];
}
