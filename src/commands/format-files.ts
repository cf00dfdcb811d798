import { resolve } from "node:path";
import { writeFileWhole } from "../files/write-file.ts";
import { formatCampaign } from "../form/format-campaign.ts";
import { type Declarations, type DeclareOptions, readDeclarations } from "./declare.ts";

/** A file that is not in the one form: what it says now, and what it would say. */
export type Reformed = { readonly file: string; readonly before: string; readonly after: string };

/** What was read, and which files are not in the one form. */
export type FormsRead = {
  readonly declared: Declarations;
  /** Empty where a file has a mistake. */
  readonly reformed: readonly Reformed[];
  /** Files that cannot be put into the form without a loss, and are left alone. */
  readonly leftAlone: readonly string[];
};

/** Reads campaign files, and puts each into the one canonical form. Writes nothing. */
export function readForms(
  options: Omit<DeclareOptions, "needsEnvironment" | "see" | "environment">,
): FormsRead {
  const reformed: Reformed[] = [];
  const leftAlone: string[] = [];
  const declared = readDeclarations({
    ...options,
    environment: null,
    needsEnvironment: false,
    see: ({ text: { file, text: before }, says }, { diagnostics }) => {
      // One mistake anywhere, and nothing is written: it need not be looked at.
      if (says === null || diagnostics.some(({ severity }) => severity === "error")) return;
      const after = formatCampaign(before);
      if (after === null) leftAlone.push(file);
      else if (after !== before) reformed.push({ file, before, after });
    },
  });
  return declared.kind === "valid"
    ? { declared, reformed, leftAlone }
    : { declared, reformed: [], leftAlone: [] };
}

/** Writes a file in its new form. */
export function writeForm({ file, after }: Reformed, cwd: string): void {
  writeFileWhole(resolve(cwd, file), after);
}
