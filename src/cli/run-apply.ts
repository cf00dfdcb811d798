import type { ApplyOrder } from "../commands/apply.ts";
import { readProject } from "../commands/declare.ts";
import { type Applier, openApplier } from "../commands/open.ts";
import { readRules } from "../commands/rules/read-rules.ts";
import { readSavedPlan, readSavedReport } from "../commands/saved.ts";
import { secretsOf } from "../commands/settings.ts";
import type { Project } from "../declarations/project.ts";
import { UsageError } from "../domain/errors.ts";
import { BUG, exitCodeOf } from "../domain/exit-codes.ts";
import type { Plan, Report } from "../domain/model.ts";
import { allowedBy } from "../guardrails/allowed.ts";
import type { Rules } from "../guardrails/judge-plan.ts";
import { RESTORED_BEFORE, restoredBefore } from "../guardrails/restored-before.ts";
import type { Interruption } from "../host/signals.ts";
import type { CommonFlags } from "./common-options.ts";
import { declareOrExplain, tellProjectAbove } from "./declared.ts";
import { explainErrors, warn } from "./explain.ts";
import { listening, openingFor, settle } from "./opening.ts";
import { checkResultFiles } from "./result-files.ts";
import { printOnce, questionOn, showPlan, tellEnd } from "./tell-apply.ts";
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
  /** The report of an earlier apply. */
  readonly after: string | null;
  /** `RULE`, or `RULE=REASON`. */
  readonly allow: readonly string[];
};

const INTERRUPTED =
  "Interrupted: no new campaign begins, what was written is read back. Once more ends at once, with a report.";

/** `campaignctl apply`: carries out an approved plan and waits for reach. */
export async function runApply(flags: ApplyFlags, session: Session): Promise<number> {
  checkFlags(flags, session);
  const basis =
    flags.plan === null ? await declareOrExplain(flags, session) : savedOrExplain(flags.plan, flags, session);
  if (basis === null) return exitCodeOf(["invalid"]);
  const settings = settle(flags, basis.project, session);
  const after = flags.after === null ? null : readSavedReport(flags.after, settings);
  const source = basis.kind === "saved" ? { ...basis, plan: readSavedPlan(basis.file, settings) } : basis;
  return openApplier(openingFor(settings, flags, session), (applier) =>
    listening(session, INTERRUPTED, async (interruption) => {
      const { signal } = interruption;
      const planned =
        source.kind === "valid"
          ? await showing(session, applier.clock, (onEvent) =>
              applier.plan(source, { countChanges: false, allow: flags.allow, onEvent }, signal),
            )
          : source;
      const confirm = isApproved(flags) ? null : (made: Plan) => ask(questionOn(made, settings), signal);
      const order: ApplyOrder = {
        planned,
        refused: refusedAfter(after, planned.plan),
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

/** What an earlier apply put back is not written again. */
function refusedAfter(after: Report | null, { changes }: Plan): NonNullable<ApplyOrder["refused"]> {
  const ids = after === null ? [] : restoredBefore(after, changes);
  return new Map(ids.map((id) => [id, { outcome: "not-attempted", reason: RESTORED_BEFORE }]));
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
      ["--after", flags.after],
      ["--config", flags.config],
    ],
  );
}

function isApproved(flags: ApplyFlags): boolean {
  return flags.yes || flags.plan !== null || flags.expectDigest !== null;
}

/** A saved plan, and the project file, which still says where an environment is. No campaign file is needed. */
type Saved = {
  readonly kind: "saved";
  readonly file: string;
  readonly project: Project | null;
  readonly rules: Rules;
};

function savedOrExplain(
  file: string,
  { config, environment, allow }: ApplyFlags,
  session: Session,
): Saved | null {
  const { cwd, variables } = session;
  const secrets = secretsOf(variables);
  const read = readProject({ config, cwd, secrets });
  tellProjectAbove(read, session);
  if (explainErrors(read.diagnostics, session)) return null;
  const { guardrails, diagnostics } = readRules(read, { cwd, environment, secrets });
  if (explainErrors(diagnostics, session)) return null;
  const { project } = read;
  return { kind: "saved", file, project, rules: { guardrails, allowed: allowedBy(allow, guardrails) } };
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
  const exitCode = tellEnd(applied, flags, interruption.signal, { print, session });
  applied.end();
  return exitCode;
}
