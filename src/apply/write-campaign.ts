import { isRefusedAsLocked } from "../domain/api-codes.ts";
import { campaignErrorOf } from "../domain/campaign-error.ts";
import { ApiError, InterruptedError } from "../domain/errors.ts";
import type { Update, WriteRecord } from "../domain/model.ts";
import type { CampaignReader, CampaignWriter, Clock, WriteStep } from "../domain/ports.ts";
import { afterReadBack } from "./after-read-back.ts";
import { readBack } from "./read-back.ts";
import {
  acceptedBy,
  type LostWrite,
  mayHaveLanded,
  merge,
  recordOf,
  type SentWrite,
  sentDespite,
} from "./sent.ts";
import { failed, failedBy, type WriteEnd } from "./write-end.ts";
import { type CampaignGuard, createGuard, NotSent } from "./write-guard.ts";

/**
 * What the write of one campaign needs. `note` is told each step as it is taken; `record` each write that was accepted,
 * or whose answer was lost. A refused write, or one that never left, is none.
 */
export type WritePorts = {
  readonly reader: CampaignReader;
  readonly writer: CampaignWriter;
  readonly clock: Clock;
  readonly note: (step: WriteStep) => void;
  readonly record: (write: WriteRecord) => void;
  /** Whether the rules let it be written at this moment. */
  readonly mayWrite: () => boolean;
  /** What the write is for. */
  readonly kind: WriteRecord["kind"];
};

/** How often one campaign is written when the answers to the writes get lost and nothing has landed. */
const MAX_WRITES = 3;

/** How long a campaign is written again and again while the API says when to come back, in milliseconds. */
const WAIT = { inAllMs: 300_000, atMostMs: 120_000 } as const;

/**
 * Brings one changed campaign from `before` to `after`: reads again, tests the guard, writes both lists, reads back.
 *
 * After a lost answer it reads before it decides: there already is success, still `before` is worth another write,
 * anything else was somebody else. Never throws but for a bug.
 *
 * @param signal no write begins after it aborts; one under way ends and is read back.
 */
export async function writeCampaign(
  update: Update,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd> {
  const notes = createNotes(ports.note);
  const guard = createGuard(update, { ...ports, onSending: notes.sending, onRefused: notes.refused }, signal);
  try {
    signal.throwIfAborted();
    return (await guard.look()) ?? (await writeUntilKnown(update, guard, notes, ports, signal));
  } catch (error) {
    return afterRefusal(error, null);
  }
}

async function writeUntilKnown(
  update: Update,
  guard: CampaignGuard,
  notes: Notes,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd> {
  const begunAt = ports.clock.monotonic();
  let lost: LostWrite | null = null;
  for (let write = 1; ; ) {
    const sent = await send(update, guard, ports, signal, lost);
    if ("end" in sent) {
      notes.refused();
      return sent.end;
    }
    notes.answered(sent);
    const previous = guard.seen();
    const back = await readBack(update, previous, sent.kind, ports, signal);
    const end = afterReadBack(update, previous, sent, back);
    if (end.kind !== "still-before") return end;
    if (sent.kind !== "lost") throw new Error("A write was to be repeated although none was lost.");
    lost = sent;
    guard.adopt(end.live);
    const late = await beforeNext(lost, write, ports.clock.monotonic() - begunAt, ports, signal);
    if (late !== null) return late;
    if (lost.waitMs === null) write += 1;
  }
}

/** The end of a campaign that is not written once more; null when it may be, after the pause that the API asked for. */
async function beforeNext(
  lost: LostWrite,
  write: number,
  elapsedMs: number,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd | null> {
  if (lost.otherwise === "give-up") return failedBy(lost, " The campaign still has the old audiences.");
  if (lost.waitMs !== null) return waitAsAsked(lost, lost.waitMs, elapsedMs, ports, signal);
  return write === MAX_WRITES ? gaveUp(lost) : null;
}

/** What is told of a campaign's writes: while an earlier one may have landed, a refusal leaves something open. */
type Notes = { sending(): void; answered(sent: SentWrite): void; refused(): void };

function createNotes(note: WritePorts["note"]): Notes {
  let open: "nothing" | "a-write" = "nothing";
  const noteNothingNew = (): void => note(open === "nothing" ? "settled" : "not-accepted");
  return {
    sending: () => note("sending"),
    answered(sent) {
      if (sent.kind === "lost" && sent.mayHaveLanded) open = "a-write";
      if (sent.kind === "accepted") note("accepted");
      else noteNothingNew();
    },
    refused: noteNothingNew,
  };
}

/** The write as it was sent, merged with those lost before it; or the end of a campaign whose write was refused. */
async function send(
  update: Update,
  guard: CampaignGuard,
  ports: WritePorts,
  signal: AbortSignal,
  earlier: LostWrite | null,
): Promise<SentWrite | { readonly end: WriteEnd }> {
  try {
    signal.throwIfAborted();
    const receipt = await ports.writer.replaceAudience(update.campaignId, update.after, guard, signal);
    ports.record(recordOf(receipt, ports.clock.now(), ports.kind));
    return acceptedBy(receipt, ports.clock.monotonic());
  } catch (error) {
    if (mayHaveLanded(error)) {
      ports.record(recordOf({ ...campaignErrorOf(error), serverTime: null }, ports.clock.now(), ports.kind));
    }
    // Locked or moved meanwhile. But an earlier write, whose answer was lost, may have landed first: look.
    if (earlier !== null && (error instanceof NotSent || isLocked(error))) return earlier;
    if (error instanceof NotSent || error instanceof InterruptedError)
      return { end: afterRefusal(error, earlier) };
    const sent = sentDespite(error, ports.clock.monotonic());
    if (sent === null) return { end: afterRefusal(error, earlier) };
    return sent.kind === "lost" ? merge(earlier, sent) : sent;
  }
}

/** Sleeps for as long as the API asked; or the end, where that is too long. */
async function waitAsAsked(
  lost: LostWrite,
  waitMs: number,
  elapsedMs: number,
  { clock }: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd | null> {
  const wait = `${Math.ceil(waitMs / 1_000)} s`;
  if (waitMs > WAIT.atMostMs) {
    return failedBy(lost, ` The API asks to wait ${wait}, which is not slept. Come back after that.`);
  }
  if (elapsedMs + waitMs > WAIT.inAllMs) {
    const minutes = Math.round(elapsedMs / 60_000);
    return failedBy(
      lost,
      ` The API has asked to come back later for ${minutes} min now, the last time in ${wait}. Come back later.`,
    );
  }
  try {
    await clock.sleep(waitMs, signal);
    return null;
  } catch (error) {
    return afterRefusal(error, lost);
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof ApiError && isRefusedAsLocked(error);
}

function afterRefusal(error: unknown, earlier: LostWrite | null): WriteEnd {
  if (error instanceof InterruptedError) {
    return earlier === null ? { kind: "not-attempted", reason: "interrupted" } : failedBy(earlier);
  }
  if (error instanceof NotSent) return error.end;
  if (isLocked(error)) return { kind: "locked", live: null };
  return failed(error, earlier?.mayHaveLanded === true ? "may-have-landed" : "nothing-landed");
}

function gaveUp(lost: LostWrite): WriteEnd {
  return failedBy(lost, ` Written ${MAX_WRITES} times; the campaign still has the old audiences.`);
}
