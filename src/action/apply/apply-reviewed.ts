import type { Applying, CarriedOut, Refusal } from "../../commands/apply.ts";
import type { JournalOrder } from "../../commands/journal.ts";
import type { Applier } from "../../commands/open.ts";
import type { MadePlan } from "../../commands/plan.ts";
import { tellProgress } from "../../commands/tell-progress.ts";
import { sameBinding } from "../../domain/binding.ts";
import type { Plan, Update } from "../../domain/model.ts";
import type { Clock } from "../../domain/ports.ts";
import type { Verdict } from "../../github/review/compare-reviewed.ts";
import { headStartFor } from "../../github/run/head-start.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { ActionRun } from "../run.ts";

/** Makes an apply of the updates that were reviewed ready. One that was not ends with what its verdict says, unwritten. */
export function beginReviewed(
  { inputs, runner }: ActionRun,
  planned: MadePlan,
  verdicts: ReadonlyMap<string, Verdict>,
  { beginApply }: Applier,
): Applying {
  const { waitTimeoutMs, failOnSkip } = inputs;
  const refused = refusedBy(verdicts, planned.plan);
  const journal = journalIn(runner);
  return beginApply({ planned, approval: null, refused, waitMs: waitTimeoutMs, failOnSkip, journal });
}

/** Carries out what was reviewed, told in the job's log. A run of the same push that may be under way goes first. */
export async function carryOutReviewed(
  run: ActionRun,
  applying: Applying,
  { privacy }: Plan,
  clock: Clock,
): Promise<CarriedOut> {
  await letOthersGoFirst(run, applying, clock);
  const { runner, signal } = run;
  const { onEvent, stop } = tellProgress(runner.log, clock, privacy.minCount);
  return applying.carryOut(onEvent, signal).finally(stop);
}

/** An aborted signal cuts it short; what begins nothing more then is `apply`. */
async function letOthersGoFirst(
  { context, runner, signal }: ActionRun,
  { updates }: Applying,
  clock: Clock,
): Promise<void> {
  const ms = updates === 0 ? 0 : headStartFor(context);
  if (ms === 0 || signal.aborted) return;
  runner.log(`Waiting ${ms / 1_000} s before writing: a run of the same push may be under way.`);
  await clock.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** The job's log outlives a runner that is lost; its disk does not. */
function journalIn(runner: ActionRun["runner"]): JournalOrder {
  return {
    kind: "elsewhere",
    note: (campaignId, step) => {
      if (step === "sending") runner.log(`${campaignId}: writing`);
    },
  };
}

function refusedBy(verdicts: ReadonlyMap<string, Verdict>, plan: Plan): ReadonlyMap<string, Refusal> {
  return new Map(
    updatesOf(plan.changes).flatMap((update) => {
      const refusal = refusalOf(update, verdicts.get(update.campaignId));
      return refusal === null ? [] : [[update.campaignId, refusal]];
    }),
  );
}

function refusalOf(update: Update, verdict: Verdict | undefined): Refusal | null {
  switch (verdict?.kind) {
    case "reviewed":
      return null;
    case "superseded":
    case "branch-moved":
      return { outcome: "not-attempted", reason: verdict.kind };
    default:
      return { outcome: "stale", reason: staleReason(update, verdict) };
  }
}

/** Live moved, the file was changed after the review, or nobody has reviewed a change of this campaign at all. */
function staleReason(update: Update, verdict: Verdict | undefined): string {
  if (verdict?.kind !== "differs" || verdict.reviewed === null) return "not-reviewed";
  return sameBinding(update.after, verdict.reviewed.after) ? "live-changed" : "file-changed";
}
