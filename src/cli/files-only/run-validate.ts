import type { Declarations } from "../../commands/declare.ts";
import type { RulesChecked } from "../../commands/rules/check-rules.ts";
import { checkApiUrls } from "../../commands/settings.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import type { Diagnostic } from "../../domain/model.ts";
import { renderJson } from "../../render/json.ts";
import { findingSections } from "../../render/page/rules/finding-entry.ts";
import { renderDiagnostics } from "../../render/text/diagnostics.ts";
import { toldLines } from "../../render/text/finding-lines.ts";
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
  const { broken, warnings, findings } = await rulesOn(declared, session);
  const others = [...declared.diagnostics, ...warnings];
  const diagnostics = [...others, ...broken];
  // Before anything can be refused: in JSON the diagnostics are printed always.
  if (flags.format === "json") {
    session.stdout.write(renderJson({ formatVersion: "1.0", kind: "validation", diagnostics, findings }));
  } else {
    tell(declared, diagnostics, findings, session);
  }
  checkApiUrls(declared.project);
  if (declared.kind === "invalid") return exitCodeOf(["invalid"]);
  if (flags.strict && diagnostics.length > 0) {
    if (flags.format === "text") {
      session.stderr.write(`Under --strict warnings fail: ${quantity(diagnostics.length, "warning")}.\n`);
    }
    return exitCodeOf([others.length > 0 ? "invalid" : "guardrail"]);
  }
  if (flags.format === "text") session.stdout.write(countsLine(declared));
  return 0;
}

const NOTHING_SAID: RulesChecked = { findings: [], broken: [], warnings: [] };

/** What judges is loaded only where a project has rules, and the clock only for waivers: they alone end. */
async function rulesOn(declared: Declarations, { machine }: Session): Promise<RulesChecked> {
  if (declared.kind === "invalid" || declared.guardrails.sets.length === 0) return NOTHING_SAID;
  const { checkRules } = await import("../../commands/rules/check-rules.ts");
  if (declared.guardrails.waivers.length === 0) return checkRules(declared, 0);
  const { MACHINE } = await import("../../commands/open.ts");
  return checkRules(declared, (machine ?? MACHINE).clock.now());
}

function tell(
  declared: Declarations,
  diagnostics: readonly Diagnostic[],
  findings: RulesChecked["findings"],
  { stderr }: Session,
): void {
  if (diagnostics.length > 0) stderr.write(renderDiagnostics(diagnostics, { style: stderr.style }));
  const campaigns = declared.kind === "valid" ? declared.specs : [];
  const told = toldLines(findingSections(findings, campaigns), stderr.style);
  if (told.length > 0) stderr.write(`${told.join("\n")}\n`);
}

function countsLine({ campaigns, files, leftOut }: Declarations): string {
  const left = leftOut === 0 ? "" : `, ${leftOut} left out (no id for this environment)`;
  return `Validate: ${quantity(campaigns, "campaign")} in ${quantity(files, "file")}${left}, 0 errors.\n`;
}
