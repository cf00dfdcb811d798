import { checkApiUrls } from "../../commands/settings.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import { renderJson } from "../../render/json.ts";
import { renderDiagnostics } from "../../render/text/diagnostics.ts";
import { quantity } from "../../text/figures.ts";
import type { FileFlags } from "../common-options.ts";
import { declare } from "../declared.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `validate`. */
export type ValidateFlags = FileFlags & {
  readonly format: "text" | "json";
  /** Whether warnings fail too. */
  readonly strict: boolean;
};

/** `campaignctl validate`: checks files. No network, no credentials. */
export async function runValidate(flags: ValidateFlags, session: Session): Promise<number> {
  const declared = declare(flags, session, { needsEnvironment: false, isStrict: flags.strict });
  const { diagnostics, campaigns, leftOut, files, project } = declared;
  // Before anything can be refused: in JSON the diagnostics are printed always.
  if (flags.format === "json") {
    session.stdout.write(renderJson({ formatVersion: "1.0", kind: "validation", diagnostics }));
  }
  if (diagnostics.length > 0 && flags.format === "text") {
    session.stderr.write(renderDiagnostics(diagnostics, { style: session.stderr.style }));
  }
  checkApiUrls(project);
  if (declared.kind === "invalid") return exitCodeOf(["invalid"]);
  if (flags.strict && diagnostics.length > 0) {
    if (flags.format === "text") {
      session.stderr.write(`Under --strict ${quantity(diagnostics.length, "warning")} fail.\n`);
    }
    return exitCodeOf(["invalid"]);
  }
  if (flags.format === "text") {
    const left = leftOut === 0 ? "" : `, ${leftOut} left out (no id for this environment)`;
    session.stdout.write(
      `Validate: ${quantity(campaigns, "campaign")} in ${quantity(files, "file")}${left}, 0 errors.\n`,
    );
  }
  return 0;
}
