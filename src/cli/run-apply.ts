import { type ApplyOptions, IDLE_PATIENCE_MS } from "../apply/apply-plan.ts";
import { createLedger } from "../apply/ledger.ts";
import { type ApplyInput, type Approval, apply, reportSoFar } from "../commands/apply.ts";
import { readProject, type ValidDeclarations } from "../commands/declare.ts";
import { plan } from "../commands/plan.ts";
import { planInput } from "../commands/plan-input.ts";
import { type Settings, secretsOf } from "../commands/settings.ts";
import type { Project } from "../declarations/project.ts";
import { UsageError } from "../domain/errors.ts";
import { type Condition, exitCodeOf } from "../domain/exit-codes.ts";
import type { Plan, Report } from "../domain/model.ts";
import { TOOL } from "../domain/tool.ts";
import type { Connection } from "../experiture/connection.ts";
import { systemClock } from "../host/clock.ts";
import { exitCodeAfter, type Interruption, listenForSignals } from "../host/signals.ts";
import { parseSavedPlan } from "../plan/saved-plan.ts";
import { renderPlanText } from "../render/plan/plan-text.ts";
import { quantity } from "../text/figures.ts";
import { connectFor, settle } from "./connect.ts";
import { readSaved } from "./read-saved.ts";
import { checkResultFiles } from "./result-files.ts";
import {
  declareOrExplain,
  explainErrors,
  explainRefusal,
  explainUnreachable,
  explainWarnings,
  printResult,
  tellingOn,
  tellProjectAbove,
  warnOfOpenReach,
  warnOfSkipped,
} from "./run.ts";
import { beginJournal } from "./run-journal.ts";
import type { CommonFlags } from "./run-plan.ts";
import { reportResult } from "./run-wait.ts";
import { ask } from "./terminal/question.ts";
import type { Session } from "./terminal/session.ts";
import { showProgress } from "./terminal/show-progress.ts";

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
  const connection = connectFor(settings, flags, session);
  const interruption = listenForSignals(tellingOn(session, INTERRUPTED));
  try {
    const startedAt = systemClock.now();
    const input =
      source.kind === "valid"
        ? await makePlan(source, settings, connection, startedAt, interruption.signal)
        : { plan: source.plan, live: null, accessError: null, tool: TOOL, startedAt };
    const confirm = isApproved(flags)
      ? null
      : (made: Plan) => ask(questionOn(made, settings), interruption.signal);
    return await applyAndReport(input, { ...flags, confirm }, connection, interruption, session);
  } finally {
    interruption.dispose();
    await connection.close();
  }
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

function readSavedPlan(file: string, settings: Settings): Plan {
  return readSaved(file, {
    name: "saved plan",
    parse: (text) => parseSavedPlan(text, settings),
    hint: "Make one with: campaignctl plan --out FILE",
  });
}

async function makePlan(
  declared: ValidDeclarations,
  settings: Settings,
  { reader }: Connection,
  startedAt: number,
  signal: AbortSignal,
): Promise<ApplyInput> {
  const planned = await plan(planInput(declared, settings), { reader, clock: systemClock }, signal);
  if (planned.kind === "no-access") throw planned.error;
  const { plan: made, live, accessError } = planned;
  return { plan: made, live, accessError, tool: TOOL, startedAt };
}

async function applyAndReport(
  input: ApplyInput,
  flags: ApplyFlags & Pick<Approval, "confirm">,
  connection: Connection,
  interruption: Interruption,
  session: Session,
): Promise<number> {
  const approval: Approval = {
    expectDigest: flags.expectDigest,
    maxPlanAge: input.live === null ? flags.maxPlanAge : null,
    confirm: flags.confirm,
  };
  if (flags.format === "text" || flags.confirm !== null) {
    // What a person is asked about, that person must see.
    const { write, style } = flags.confirm === null ? session.asides : session.stderr;
    write(`${renderPlanText(input.plan, { style })}\n`);
  } else {
    explainWarnings(input.plan.diagnostics, session);
  }
  const journal = beginJournal(input.plan, session);
  const progress = showProgress(session.asides, systemClock);
  const ledger = createLedger(input.plan);
  const print = printOnce(flags, session);
  interruption.beforeEnd(() => {
    progress.stop();
    print(reportSoFar(input, ledger, systemClock.now()), 0);
  });
  const ports = {
    reader: connection.reader,
    writer: connection.openWriter(),
    clock: systemClock,
    onEvent: progress.onEvent,
    journal,
    ledger,
  };
  const applied = await apply(input, approval, applyOptions(flags), ports, interruption.signal)
    .finally(progress.stop)
    .catch((error: unknown) => {
      if (!(error instanceof UsageError)) print(reportSoFar(input, ledger, systemClock.now()), 1);
      throw error;
    });
  const exitCode = report({ ...applied, accessError: input.accessError }, flags, interruption.signal, {
    print,
    session,
  });
  journal.end({ isTold: applied.anyRead && !interruption.signal.aborted });
  return exitCode;
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

type Outcome = Awaited<ReturnType<typeof apply>> & Pick<ApplyInput, "accessError">;

/** Tells what a run came to, and gives its exit code. */
function report(
  { report: made, conditions, anyRead, accessError }: Outcome,
  flags: ApplyFlags,
  signal: AbortSignal,
  { print, session }: { readonly print: ReturnType<typeof printOnce>; readonly session: Session },
): number {
  explainRefusal(made, accessError, conditions, session);
  explainUnreachable(
    conditions,
    made.results.map(({ error }) => error),
    session,
  );
  // Refused before anything was read: stdout stays empty, as it does without a saved plan.
  if (conditions.includes("no-access") && !anyRead) return exitCodeAfter(conditions, signal);
  const skipped = made.results.filter(({ outcome }) => outcome === "skipped");
  warnOfSkipped(skipped, flags.format, session);
  warnOfOpenReach(made, session);
  const held: readonly Condition[] =
    flags.failOnSkip && skipped.length > 0 ? [...conditions, "skipped"] : conditions;
  return print(made, exitCodeAfter(held, signal));
}

function applyOptions(flags: ApplyFlags): ApplyOptions {
  const { parallelism } = flags;
  return flags.wait
    ? { parallelism, wait: "until-confirmed", timeoutMs: flags.waitTimeout, idleMs: IDLE_PATIENCE_MS }
    : { parallelism, wait: "none" };
}

function questionOn({ summary: { update }, apiUrl }: Plan, { beatenUrl }: Settings): string {
  const instead = beatenUrl === null ? "" : `, by EXPERITURE_API_URL, and not at ${beatenUrl}`;
  return `Replace the audiences of ${quantity(update, "campaign")} at ${apiUrl}${instead}? Only yes is accepted: `;
}
