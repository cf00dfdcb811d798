import type { ApplyOrder, CarriedOut } from "../commands/apply.ts";
import type { Approval } from "../commands/approval.ts";
import { readProject } from "../commands/declare.ts";
import { type Applier, openApplier } from "../commands/open.ts";
import { readSavedPlan } from "../commands/saved.ts";
import { secretsOf } from "../commands/settings.ts";
import type { Project } from "../declarations/project.ts";
import { UsageError } from "../domain/errors.ts";
import { BUG, exitCodeOf } from "../domain/exit-codes.ts";
import type { Plan, Report } from "../domain/model.ts";
import { exitCodeAfter, type Interruption } from "../host/signals.ts";
import { applyQuestion } from "../render/page/apply-question.ts";
import { renderPlanText } from "../render/text/plan-text.ts";
import { escapeText } from "../text/invisible.ts";
import { declareOrExplain, tellProjectAbove } from "./declared.ts";
import {
  explainErrors,
  explainRefusal,
  explainUnreachable,
  explainWarnings,
  warn,
  warnOfOpenReach,
  warnOfSkipped,
} from "./explain.ts";
import { listening, openingFor, settle } from "./opening.ts";
import { printResult } from "./print-result.ts";
import { checkResultFiles } from "./result-files.ts";
import type { CommonFlags } from "./run-plan.ts";
import { reportResult } from "./run-wait.ts";
import { ask } from "./terminal/question.ts";
import type { Session } from "./terminal/session.ts";
import { showing, showProgress } from "./terminal/show-progress.ts";

/** The flags of `apply`. Durations are milliseconds. */
export type ApplyFlags = CommonFlags & {
  readonly plan: string | null;
  readonly expectDigest: string | null;
  readonly maxPlanAge: number;
  readonly yes: boolean;
  readonly wait: boolean;
  readonly waitTimeout: number;
  readonly failOnSkip: boolean;
  readonly report: string | null;
};

const INTERRUPTED =
  "Interrupted: no new campaign begins, what was written is read back. Once more ends at once, with a report.";

/** `campaignctl apply`: carries out an approved plan and waits for reach. */
export async function runApply(flags: ApplyFlags, session: Session): Promise<number> {
  checkFlags(flags, session);
  const basis =
    flags.plan === null ? declareOrExplain(flags, session) : savedOrExplain(flags.plan, flags, session);
  if (basis === null) return exitCodeOf(["invalid"]);
  const settings = settle(flags, basis.project, session);
  const source = basis.kind === "saved" ? { ...basis, plan: readSavedPlan(basis.file, settings) } : basis;
  return openApplier(openingFor(settings, flags, session), (applier) =>
    listening(session, INTERRUPTED, async (interruption) => {
      const { signal } = interruption;
      const planned =
        source.kind === "valid"
          ? await showing(session, applier.clock, (onEvent) =>
              applier.plan(source, { countChanges: false, onEvent }, signal),
            )
          : source;
      const confirm = isApproved(flags)
        ? null
        : (made: Plan) => ask(escapeText(applyQuestion(made, settings.beatenUrl)), signal);
      const order: ApplyOrder = {
        planned,
        approval: {
          expectDigest: flags.expectDigest,
          maxPlanAge: planned.kind === "saved" ? flags.maxPlanAge : null,
          confirm,
        },
        waitMs: flags.wait ? flags.waitTimeout : null,
        failOnSkip: flags.failOnSkip,
        journal: { kind: "files", cwd: session.cwd, warn: (sentence) => warn(sentence, session) },
      };
      return applyAndReport(order, flags, applier, interruption, session);
    }),
  );
}

function checkFlags(flags: ApplyFlags, session: Session): void {
  if (flags.plan !== null && flags.paths.length > 0) {
    throw new UsageError(
      "--plan and paths do not go together: a saved plan names its campaigns.",
      "Leave the paths out, or make a new plan of them.",
    );
  }
  if (!isApproved(flags) && !session.isInteractive) {
    throw new UsageError(
      "apply needs approval, and there is no terminal to ask on. Nothing was sent.",
      "Give --yes, or a reviewed plan with --plan FILE, or its digest with --expect-digest.",
    );
  }
  checkResultFiles(
    [
      ["--out", flags.out],
      ["--report", flags.report],
    ],
    [
      ["--plan", flags.plan],
      ["--config", flags.config],
    ],
  );
}

function isApproved(flags: ApplyFlags): boolean {
  return flags.yes || flags.plan !== null || flags.expectDigest !== null;
}

/** A saved plan, and the project file, which still says where an environment is. No campaign file is needed. */
type Saved = { readonly kind: "saved"; readonly file: string; readonly project: Project | null };

function savedOrExplain(file: string, { config }: ApplyFlags, session: Session): Saved | null {
  const { cwd, variables } = session;
  const read = readProject({ config, cwd, secrets: secretsOf(variables) });
  tellProjectAbove(read, session);
  return explainErrors(read.diagnostics, session) ? null : { kind: "saved", file, project: read.project };
}

async function applyAndReport(
  order: ApplyOrder,
  flags: ApplyFlags,
  { clock, beginApply }: Applier,
  interruption: Interruption,
  session: Session,
): Promise<number> {
  const { plan } = order.planned;
  showPlan(plan, flags, order.approval?.confirm ?? null, session);
  const applying = beginApply(order);
  const { stop, onEvent } = showProgress(session, clock);
  const print = printOnce(flags, session);
  interruption.beforeEnd(() => {
    stop();
    print(applying.soFar(), 0);
  });
  const applied = await applying
    .carryOut(onEvent, interruption.signal)
    .finally(stop)
    .catch((error: unknown) => {
      if (!(error instanceof UsageError)) print(applying.soFar(), BUG);
      throw error;
    });
  const exitCode = tell(applied, flags, interruption.signal, { print, session });
  applied.end();
  return exitCode;
}

/** What a person is asked about, that person must see. */
function showPlan(
  plan: Plan,
  { format, verbose }: ApplyFlags,
  confirm: Approval["confirm"],
  session: Session,
): void {
  if (format === "text" || confirm !== null) {
    const { write, style } = confirm === null ? session.asides : session.stderr;
    write(`${renderPlanText(plan, { style, isVerbose: verbose })}\n`);
  } else {
    explainWarnings(plan.diagnostics, session);
  }
}

/** Prints the report and writes the files, the first time only: a second signal may come while it is being done. */
function printOnce(flags: ApplyFlags, session: Session): (report: Report, exitCode: number) => number {
  let isPrinted = false;
  return (made, exitCode) => {
    if (isPrinted) return exitCode;
    isPrinted = true;
    const files = [flags.out, flags.report].filter((file) => file !== null);
    return printResult(reportResult(made, session), { format: flags.format, files }, session, exitCode);
  };
}

/** Tells what a run came to, and gives its exit code. */
function tell(
  { report, conditions, anyRead, accessError }: CarriedOut,
  { format }: ApplyFlags,
  signal: AbortSignal,
  { print, session }: { readonly print: ReturnType<typeof printOnce>; readonly session: Session },
): number {
  explainRefusal(report, accessError, conditions, session);
  explainUnreachable(
    conditions,
    report.results.map(({ error }) => error),
    session,
  );
  const exitCode = exitCodeAfter(conditions, signal);
  // Refused before anything was read: stdout stays empty, as it does without a saved plan.
  if (conditions.includes("no-access") && !anyRead) return exitCode;
  warnOfSkipped(
    report.results.filter(({ outcome }) => outcome === "skipped"),
    format,
    session,
  );
  warnOfOpenReach(report, session);
  return print(report, exitCode);
}
