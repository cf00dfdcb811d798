import { campaignErrorOf } from "../campaign-error.ts";
import type { Campaign, CampaignError, Update } from "../domain.ts";
import { AccessError, ApiError, InterruptedError, NetworkError } from "../errors.ts";
import { testGuard } from "../plan/guard.ts";
import type { CampaignReader, CampaignWriter, Clock, WriteReceipt } from "../ports.ts";
import type { Written } from "./evaluation.ts";
import { type ReadBack, readBack } from "./read-back.ts";
import type { Turns } from "./turns.ts";

/** What the write of one campaign needs. */
export type WritePorts = {
  readonly reader: CampaignReader;
  readonly writer: CampaignWriter;
  readonly clock: Clock;
  readonly turns: Turns;
};

/** How the write of one campaign ended. `live` is the last state that was read. */
export type WriteEnd =
  | { readonly kind: "written"; readonly live: Campaign; readonly evidence: Written }
  | { readonly kind: "unchanged"; readonly live: Campaign }
  | { readonly kind: "locked"; readonly live: Campaign | null }
  | { readonly kind: "stale"; readonly live: Campaign }
  | { readonly kind: "not-attempted"; readonly reason: "interrupted" | "no-access" }
  | {
      readonly kind: "failed";
      readonly error: CampaignError;
      readonly mayHaveLanded: boolean;
      readonly accessDenied: boolean;
    };

/** How often one campaign is written when the answers to the writes get lost and nothing has landed. */
const MAX_WRITES = 3;

/**
 * Brings one changed campaign from `before` to `after`: reads again, tests the guard, writes both lists, reads back. It
 * holds a turn from the first read to the answer to the write, so that they stay close together.
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
  try {
    const begun = await ports.turns.take(() => begin(update, ports, signal));
    if (begun === "closed") return { kind: "not-attempted", reason: "no-access" };
    return "previous" in begun ? await writeUntilKnown(update, begun, ports, signal) : begun;
  } catch (error) {
    if (error instanceof InterruptedError) return { kind: "not-attempted", reason: "interrupted" };
    return failed(error, "nothing-landed");
  }
}

/** A campaign whose write was sent, and what was live just before. */
type Begun = { readonly previous: Campaign; readonly first: Sent };

async function begin(update: Update, ports: WritePorts, signal: AbortSignal): Promise<WriteEnd | Begun> {
  try {
    signal.throwIfAborted();
    const previous = await ports.reader.readCampaign(update.campaignId, signal);
    return guard(update, previous) ?? (await sendFirst(update, previous, ports, signal));
  } catch (error) {
    // Before the turn is given back, so that whoever has the next one finds the turns closed.
    if (error instanceof AccessError) ports.turns.close();
    throw error;
  }
}

async function sendFirst(
  update: Update,
  previous: Campaign,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd | Begun> {
  try {
    return { previous, first: await send(update, ports, signal) };
  } catch (error) {
    if (error instanceof AccessError) throw error;
    return afterRefusal(error, null);
  }
}

/** The end of a campaign that must not be written, judged on its freshly read state; null when the way is free. */
function guard(update: Update, live: Campaign): WriteEnd | null {
  const verdict = testGuard(live.audience, update);
  if (verdict === "already-there") return { kind: "unchanged", live };
  if (live.authoringStatus !== "draft") return { kind: "locked", live };
  return verdict === "moved" ? { kind: "stale", live } : null;
}

/** One write: accepted with the server's time, or its answer lost or not understood. */
type Sent = (WriteReceipt & { readonly answeredAt: number }) | Lost;

type Lost = { readonly lost: CampaignError; readonly mayHaveLanded: boolean; readonly answeredAt: number };

/** The way was no longer free when a refused write was to be sent once more: it was not. */
class NotSent extends Error {
  readonly end: WriteEnd;
  constructor(end: WriteEnd) {
    super("The write was not repeated.");
    this.end = end;
  }
}

async function writeUntilKnown(
  update: Update,
  { previous, first }: Begun,
  ports: WritePorts,
  signal: AbortSignal,
): Promise<WriteEnd> {
  let sent = first;
  let earlier: Lost | null = null;
  for (let write = 1; ; write += 1) {
    if ("lost" in sent) sent = earlier = merge(earlier, sent);
    const seen = "lost" in sent ? previous : null;
    const end = afterReadBack(update, previous, sent, await readBack(update, seen, ports, signal));
    if (end !== "write-again") return end;
    if (earlier === null) throw new Error("A write was to be repeated although none was lost.");
    if (write === MAX_WRITES) return gaveUp(earlier);
    try {
      sent = await send(update, ports, signal);
    } catch (error) {
      // Locked or moved meanwhile. But an earlier write, whose answer was lost, may have landed first: look.
      if (!mayHideALanding(error)) return afterRefusal(error, earlier);
      sent = earlier;
    }
  }
}

function mayHideALanding(error: unknown): boolean {
  return isLocked(error) || error instanceof NotSent;
}

async function send(update: Update, ports: WritePorts, signal: AbortSignal): Promise<Sent> {
  signal.throwIfAborted();
  const readAgain = () => guardAgain(update, ports, signal);
  try {
    const receipt = await ports.writer.replaceAudience(update.campaignId, update.after, signal, readAgain);
    return { ...receipt, answeredAt: ports.clock.monotonic() };
  } catch (error) {
    if (error instanceof InterruptedError || error instanceof NotSent || isRefusal(error)) throw error;
    const mayHaveLanded = !(error instanceof NetworkError && error.sent === "no");
    return { lost: campaignErrorOf(error), mayHaveLanded, answeredAt: ports.clock.monotonic() };
  }
}

/** A refusal for rate is slept for up to minutes, and a renewed token takes its time: what was read is old by then. */
async function guardAgain(update: Update, { reader }: WritePorts, signal: AbortSignal): Promise<void> {
  let end: WriteEnd | null;
  try {
    end = guard(update, await reader.readCampaign(update.campaignId, signal));
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    end = failed(error, "nothing-landed");
  }
  if (end !== null) throw new NotSent(end);
}

/** A 4xx, or a write that was not even tried, says that nothing was written. A 5xx, a lost or an odd answer does not. */
function isRefusal(error: unknown): boolean {
  if (error instanceof NetworkError) return error.sent === "withheld";
  return error instanceof ApiError && error.status < 500;
}

function isLocked(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.code.split(".").at(-1) === "NOT_DRAFT";
}

/** An earlier write may land yet, whatever became of the later one. */
function merge(earlier: Lost | null, later: Lost): Lost {
  return { ...later, mayHaveLanded: later.mayHaveLanded || earlier?.mayHaveLanded === true };
}

function afterRefusal(error: unknown, earlier: Lost | null): WriteEnd {
  if (error instanceof InterruptedError) {
    return earlier === null ? { kind: "not-attempted", reason: "interrupted" } : failedBy(earlier);
  }
  if (error instanceof NotSent) return error.end;
  if (isLocked(error)) return { kind: "locked", live: null };
  return failed(error, earlier?.mayHaveLanded === true ? "may-have-landed" : "nothing-landed");
}

/** What the read after a write says of it. */
function afterReadBack(
  update: Update,
  previous: Campaign,
  sent: Sent,
  back: ReadBack,
): WriteEnd | "write-again" {
  const isLost = "lost" in sent;
  switch (back.kind) {
    case "equal": {
      // Nothing of ours reached the API, so somebody else made it equal.
      if (isLost && !sent.mayHaveLanded) return { kind: "unchanged", live: back.live };
      const latest = isLost ? back.live.serverTime : (sent.serverTime ?? back.live.serverTime);
      const known = { after: update.after, previous, readBack: back.live, latest };
      const evidence: Written = { kind: "written", ...known, answeredAt: sent.answeredAt };
      return { kind: "written", live: back.live, evidence };
    }
    case "unreadable":
      if (isLost && !sent.mayHaveLanded) return failedBy(sent);
      return failed(back.error, "may-have-landed", "The write could not be verified");
    case "still-before":
      if (!isLost) {
        return notConverged(
          "The API accepted the write, but the campaign has the old audiences: somebody put them back, or the write took no effect.",
        );
      }
      return back.live.authoringStatus === "draft" ? "write-again" : { kind: "locked", live: back.live };
    case "different":
      if (isLost && !sent.mayHaveLanded) return { kind: "stale", live: back.live };
      return notConverged(
        "After the write the campaign has neither the old nor the declared audiences: somebody edited it right after, and their edit stands; or the API stored something else.",
      );
  }
}

function notConverged(what: string): WriteEnd {
  const message = `${what} It was not written again. Run plan to see what is live.`;
  const error = { code: "not-converged", status: null, message, correlationId: null };
  return { kind: "failed", error, mayHaveLanded: true, accessDenied: false };
}

function gaveUp(lost: Lost): WriteEnd {
  const message = `${lost.lost.message} Written ${MAX_WRITES} times; the campaign still has the old audiences.`;
  return failedBy({ ...lost, lost: { ...lost.lost, message } });
}

function failedBy({ lost, mayHaveLanded }: Lost): WriteEnd {
  return { kind: "failed", error: lost, mayHaveLanded, accessDenied: false };
}

function failed(error: unknown, landed: "nothing-landed" | "may-have-landed", prefix?: string): WriteEnd {
  const known = campaignErrorOf(error);
  return {
    kind: "failed",
    error: prefix === undefined ? known : { ...known, message: `${prefix}: ${known.message}` },
    mayHaveLanded: landed === "may-have-landed",
    accessDenied: error instanceof AccessError,
  };
}
