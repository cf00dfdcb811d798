import { readDeclarations } from "../commands/declare.ts";
import { hasErrors } from "../diagnostics.ts";
import { exitCodeOf } from "../errors.ts";
import { renderDiagnostics } from "../render/diagnostics.ts";
import { renderJson } from "../render/json.ts";
import { resolveEnvironment } from "../settings.ts";
import type { FileFlags } from "./run.ts";
import type { Session } from "./session.ts";

/** `campaignctl validate`: checks files. No network, no credentials. */
export async function runValidate(
  flags: FileFlags & { readonly format: "text" | "json" },
  session: Session,
): Promise<number> {
  const needsEnvironment = flags.environment !== null;
  const declared = readDeclarations({ ...flags, cwd: session.cwd, needsEnvironment });
  const { diagnostics, campaigns, files, project } = declared;
  resolveEnvironment(flags.environment, project);
  if (flags.format === "json") {
    session.stdout.write(renderJson({ formatVersion: "1.0", kind: "validation", diagnostics }));
  }
  if (diagnostics.length > 0 && flags.format === "text") {
    session.stderr.write(renderDiagnostics(diagnostics, { style: session.stderr.style }));
  }
  if (hasErrors(diagnostics)) return exitCodeOf(["invalid"]);
  if (flags.format === "text") {
    session.stdout.write(`Validate: ${count(campaigns, "campaign")} in ${count(files, "file")}, 0 errors.\n`);
  }
  return 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
