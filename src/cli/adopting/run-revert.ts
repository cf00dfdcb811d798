import { readRevertGround } from "../../commands/adopting/revert.ts";
import { readProject } from "../../commands/declare.ts";
import { openPlanner } from "../../commands/open.ts";
import { readReportToRevert } from "../../commands/saved.ts";
import { secretsOf } from "../../commands/settings.ts";
import { exitCodeOf } from "../../domain/exit-codes.ts";
import type { CommonFlags } from "../common-options.ts";
import { tellProjectAbove } from "../declared.ts";
import { explainErrors } from "../explain.ts";
import { listening, openingFor, settle } from "../opening.ts";
import { checkResultFiles } from "../result-files.ts";
import { planAndPrint } from "../run-plan.ts";
import type { Session } from "../terminal/session.ts";

/** The flags of `revert`. */
export type RevertFlags = Omit<CommonFlags, "paths"> & { readonly report: string };

/** `campaignctl revert`: makes a plan that puts back what an apply changed. */
export async function runRevert(flags: RevertFlags, session: Session): Promise<number> {
  const { report: file, config, environment, out } = flags;
  const inputs = [
    ["REPORT", file],
    ["--config", config],
  ] as const;
  checkResultFiles([["--out", out]], inputs);
  const { cwd, variables } = session;
  const secrets = secretsOf(variables);
  const read = readProject({ config, cwd, secrets });
  tellProjectAbove(read, session);
  const ground = readRevertGround(read, { cwd, environment, secrets });
  if (ground.kind === "invalid") {
    explainErrors(ground.diagnostics, session);
    return exitCodeOf(["invalid"]);
  }
  const settings = settle(flags, read.project, session);
  const report = readReportToRevert(file, settings);
  const declared = ground.declaredBy(report);
  if (declared.specs.length === 0)
    session.asides.write("This apply wrote nothing: there is nothing to put back.\n");
  return openPlanner(openingFor(settings, flags, session), (planner) =>
    listening(session, "Interrupted: reading ends.", ({ signal }) =>
      planAndPrint({ declared, planner, signal }, { countChanges: false, revert: report }, flags, session),
    ),
  );
}
