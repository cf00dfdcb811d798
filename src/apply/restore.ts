import type { ApplyResult, Update, WriteRecord } from "../domain/model.ts";
import type { WriteStep } from "../domain/ports.ts";
import { diffBindings } from "../plan/diff.ts";
import { restoredResult, withBreach } from "./result.ts";
import { type WritePorts, writeCampaign } from "./write-campaign.ts";
import type { RecordedEnd, WriteEnd } from "./write-end.ts";

/** What putting back needs. `settle` is told what is known of the campaign, as often as that changes. */
export type RestorePorts = Pick<WritePorts, "reader" | "writer" | "clock" | "mayWrite"> & {
  readonly settle: (result: ApplyResult) => void;
  /** The journal of the run. */
  readonly note: (step: WriteStep) => void;
};

/** A campaign whose old audiences are back; or the result of one where they are not, which says why. */
export type RestoreEnd =
  | {
      readonly kind: "restored";
      readonly result: ApplyResult;
      readonly written: Extract<RecordedEnd, { kind: "written" }>;
    }
  | { readonly kind: "left"; readonly result: ApplyResult };

/**
 * Puts back what a campaign had before: the guarded write with both sides exchanged. So what somebody edited since stands,
 * and a locked campaign is left alone.
 *
 * @param signal no write begins after it aborts; one under way ends and is read back.
 */
export async function restoreCampaign(
  update: Update,
  applied: ApplyResult,
  ports: RestorePorts,
  signal: AbortSignal,
): Promise<RestoreEnd> {
  const writes: WriteRecord[] = [];
  const soFar = (why: string): ApplyResult => ({
    ...withBreach(applied, why),
    writes: [...applied.writes, ...writes],
  });
  ports.settle(soFar(CUT_OFF.settled));
  const note = (step: WriteStep): void => {
    ports.settle(soFar(CUT_OFF[step]));
    ports.note(step);
  };
  const record = (write: WriteRecord): void => void writes.push(write);
  const end = await writeCampaign(exchanged(update), { ...ports, note, record, kind: "restore" }, signal);
  ports.note("settled");
  if (end.kind !== "written") return { kind: "left", result: soFar(reasonOf(end)) };
  const written = { ...end, writes };
  return { kind: "restored", result: restoredResult(applied, written), written };
}

function exchanged({ before, after, ...rest }: Update): Update {
  return { ...rest, ...diffBindings(after, before), before: after, after: before };
}

const CUT_OFF: Readonly<Record<WriteStep, string>> = {
  settled: "the run ended first.",
  sending: "the run ended before it was known whether the API carried out that write.",
  "not-accepted": "the run ended before it was known whether the API carried out that write.",
  accepted: "the run ended before that write, which the API accepted, was read back.",
};

function reasonOf(end: Exclude<WriteEnd, { kind: "written" }>): string {
  switch (end.kind) {
    case "unchanged":
      return "they were back already, by somebody else.";
    case "locked":
      return "the campaign is not draft any more.";
    case "stale":
      return "somebody edited the campaign since, and that edit stands.";
    case "not-attempted":
      return NOT_ATTEMPTED[end.reason];
    case "failed":
      return `${end.error.message}${end.mayHaveLanded ? " That write may have landed." : ""}`;
  }
}

const NOT_ATTEMPTED = {
  interrupted: CUT_OFF.settled,
  "no-access": "the API refused the credentials.",
  guardrail: "a rule forbids to write at this time.",
} as const;
