import { sameBinding } from "../domain/binding.ts";
import { campaignErrorOf } from "../domain/campaign-error.ts";
import { AccessError } from "../domain/errors.ts";
import type { CampaignSpec } from "../domain/model.ts";
import type { CampaignReader, Clock, ProgressEvent } from "../domain/ports.ts";
import { withDeadline } from "../patience/deadline.ts";
import type { LiveRead } from "../plan/build.ts";
import { eachInLine } from "./each-in-line.ts";

/** Every declared campaign's live state, and the refusal that stopped the reading, if one did. */
export type LiveReads = {
  readonly reads: ReadonlyMap<string, LiveRead>;
  readonly accessError: AccessError | null;
};

/** What reading asks, and whom it tells how far it is. */
export type LivePorts = {
  readonly reader: CampaignReader;
  readonly onEvent?: (event: ProgressEvent) => void;
};

/** How long reading may go on. */
export type ReadingTime = { readonly ms: number; readonly clock: Clock };

/**
 * Reads all declared campaigns in their order, as many at once as the reader allows, one request each. One that cannot be
 * read is a value among the others; only a bug is thrown.
 *
 * @param time when it is up, what has no answer yet is left, and is not among the values; null for as long as it takes.
 */
export async function readLive(
  specs: readonly CampaignSpec[],
  ports: LivePorts,
  signal: AbortSignal,
  time: ReadingTime | null = null,
): Promise<LiveReads> {
  const found: Found = { reads: new Map(), accessError: null };
  if (time === null) await readEach(specs, ports, { signal, isLeft: () => false }, found);
  else {
    await withDeadline(time.ms, time.clock, signal, (stop) =>
      readEach(specs, ports, { signal: stop, isLeft: () => stop.aborted && !signal.aborted }, found),
    );
  }
  return found;
}

type Found = { readonly reads: Map<string, LiveRead>; accessError: AccessError | null };

/** `isLeft`: whether a campaign that was not read is left for want of time. */
type Ending = { readonly signal: AbortSignal; readonly isLeft: () => boolean };

async function readEach(
  specs: readonly CampaignSpec[],
  { reader, onEvent }: LivePorts,
  { signal, isLeft }: Ending,
  found: Found,
): Promise<void> {
  const { reads } = found;
  await eachInLine(specs, async ({ campaignId, audience }) => {
    if (isLeft()) return;
    try {
      const campaign = await reader.readCampaign(campaignId, signal);
      // Most are as declared: of two equal bindings one is kept, since there may be thousands of them.
      const isSame = sameBinding(campaign.audience, audience);
      reads.set(campaignId, { campaign: isSame ? { ...campaign, audience } : campaign });
    } catch (error) {
      if (error instanceof AccessError) found.accessError = error;
      else if (isLeft()) return;
      reads.set(campaignId, { error: campaignErrorOf(error) });
    }
    onEvent?.({ kind: "reading", read: reads.size, of: specs.length });
  });
}
