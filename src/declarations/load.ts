import { makeDiagnostic, sortDiagnostics } from "../domain/diagnostics.ts";
import type { CampaignSpec, Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { quantity } from "../text/figures.ts";
import { type Claim, repeatedCampaigns } from "./campaign-claims.ts";
import { readCampaignFile } from "./campaign-file.ts";
import { createDetacher, type Detach } from "./detach-campaigns.ts";
import { type CampaignChoice, type ResolvedCampaign, resolveCampaign } from "./resolve.ts";

/** Most errors that are shown of one file; the rest is only counted. */
const MAX_ERRORS_PER_FILE = 20;

/** What all the files together declare. */
export type LoadedCampaigns = {
  /** One for each file without an error that is not left out, in the order of the files. */
  readonly specs: readonly CampaignSpec[];
  /** How many files declare a campaign without an error, also where no environment was chosen, and those left out. */
  readonly campaigns: number;
  /** How many of these campaigns have no id for the chosen environment, which need not have every campaign. */
  readonly leftOut: number;
  /** The names that the files use, of audiences and groups. */
  readonly usedNames: ReadonlySet<string>;
  /** How many files are campaign files, with or without an error: those of another kind are left out. */
  readonly files: number;
  /** Whether any file has an id for each environment: for the chosen one, where one was chosen. */
  readonly hasIdsByEnvironment: boolean;
  readonly diagnostics: readonly Diagnostic[];
};

/** What was found in one file: what is shown, and how many errors are not. */
type Findings = { readonly shown: Diagnostic[]; errors: number };

/**
 * Reads campaign files one at a time, and tells every mistake in each and the campaigns that two of them declare.
 * A source that is a diagnostic is a file that could not be read. A file with an error yields no spec.
 */
export function loadCampaigns(
  sources: Iterable<SourceFile | Diagnostic>,
  choice: CampaignChoice,
): LoadedCampaigns {
  const findings = new Map<string, Findings>();
  const claims: Claim[] = [];
  const specs: CampaignSpec[] = [];
  const files: { readonly file: string; readonly isLeftOut: boolean }[] = [];
  const usedNames = new Set<string>();
  const kept = { usedNames, detach: createDetacher() };
  let count = 0;
  for (const source of sources) {
    if (!("bytes" in source)) {
      add(findings, [source]);
      if (!isOfAnotherKind(source)) count += 1;
      continue;
    }
    const read = readOne(source, choice, kept);
    add(findings, read.diagnostics);
    if (read.diagnostics.some(isOfAnotherKind)) continue;
    count += 1;
    claims.push(...read.claims);
    if (read.spec !== null) specs.push(read.spec);
    files.push({ file: source.file, isLeftOut: read.isLeftOut });
  }
  add(findings, repeatedCampaigns(claims));
  const isRight = (file: string): boolean => (findings.get(file)?.errors ?? 0) === 0;
  const right = files.filter(({ file }) => isRight(file));
  return {
    specs: specs.filter(({ source }) => isRight(source.file)),
    campaigns: right.length,
    leftOut: right.filter(({ isLeftOut }) => isLeftOut).length,
    usedNames,
    files: count,
    hasIdsByEnvironment: claims.some(({ environment }) => environment !== null),
    diagnostics: askedOnce(sortDiagnostics([...findings.values()].flatMap(shownOf))),
  };
}

/** What is kept of all files, when their texts are let go. */
type Kept = { readonly usedNames: Set<string>; readonly detach: Detach };

function readOne(source: SourceFile, choice: CampaignChoice, { usedNames, detach }: Kept): ResolvedCampaign {
  const file = readCampaignFile(source);
  for (const { says } of [...(file.says?.include ?? []), ...(file.says?.exclude ?? [])]) {
    if ("name" in says) usedNames.add(says.name);
  }
  const resolved = detach(resolveCampaign(file, choice));
  choice.see?.(file, resolved, source, choice);
  return resolved;
}

function isOfAnotherKind({ code }: Diagnostic): boolean {
  return code === "not-a-campaign";
}

/** Which environment is meant is one question, in however many places it is open. */
function askedOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const asks = ({ code }: Diagnostic): boolean => code === "environment-required";
  const first = diagnostics.find(asks);
  const more = diagnostics.filter(asks).length - 1;
  if (first === undefined || more === 0) return diagnostics;
  const detail = `${first.detail} ${quantity(more, "more place")} ${more === 1 ? "needs" : "need"} one too.`;
  const others = (each: Diagnostic): boolean => each === first || !asks(each);
  return diagnostics.filter(others).map((each) => (each === first ? { ...first, detail } : each));
}

function add(findings: Map<string, Findings>, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const file = diagnostic.file ?? "";
    const found = findings.get(file) ?? { shown: [], errors: 0 };
    findings.set(file, found);
    if (diagnostic.severity === "error") found.errors += 1;
    if (diagnostic.severity === "warning" || found.errors <= MAX_ERRORS_PER_FILE)
      found.shown.push(diagnostic);
  }
}

function shownOf({ shown, errors }: Findings): readonly Diagnostic[] {
  const hidden = errors - MAX_ERRORS_PER_FILE;
  if (hidden <= 0) return shown;
  const detail = `… and ${hidden} more that ${hidden === 1 ? "is" : "are"} not shown. Mend the first ${MAX_ERRORS_PER_FILE} and run again.`;
  return [...shown, makeDiagnostic("more-errors", { detail, file: shown[0]?.file ?? null })];
}

/** What is told of one file by itself: of many errors the first ones. */
export function firstErrors(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const findings = new Map<string, Findings>();
  add(findings, diagnostics);
  return [...findings.values()].flatMap(shownOf);
}
