import { campaignErrorOf } from "../domain/campaign-error.ts";
import type { AudienceSize } from "../domain/model.ts";
import type { AudienceSizer, Clock, ProgressEvent } from "../domain/ports.ts";
import { withDeadline } from "../patience/deadline.ts";
import { type Sizing, type UnknownSize, unknownSizeOf } from "../people/sizing.ts";
import { eachInLine } from "./each-in-line.ts";

/** So long at most a plan waits for its sizes. They explain it, and decide nothing. */
export const PATIENCE_MS = 120_000;

/** Which audiences, and the ids that the preview knows some of them by. */
export type SizingOrder = {
  readonly audienceIds: readonly string[];
  readonly previewIds: ReadonlyMap<string, string>;
};

/** What counting needs, and whom it tells how far it is. */
export type SizingPorts = {
  readonly sizer: AudienceSizer;
  readonly clock: Clock;
  readonly onEvent?: ((event: ProgressEvent) => void) | undefined;
};

/**
 * Counts audiences, one request each. One that cannot be counted is a value among the others; only a bug is thrown.
 *
 * @param signal ends the counting, and so does time.
 */
export async function sizeAudiences(
  { audienceIds, previewIds }: SizingOrder,
  { sizer, clock, onEvent }: SizingPorts,
  signal: AbortSignal,
): Promise<Sizing> {
  const sizes = new Map<string, AudienceSize>();
  const unknown = new Map<string, UnknownSize>();
  const tell = () =>
    onEvent?.({ kind: "counting", counted: sizes.size + unknown.size, of: audienceIds.length });
  if (audienceIds.length > 0) tell();
  await withDeadline(PATIENCE_MS, clock, signal, (patience) =>
    eachInLine(audienceIds, async (audienceId) => {
      try {
        const previewId = previewIds.get(audienceId) ?? audienceId;
        const { count, isExact } = await sizer.sizeAudience(previewId, patience);
        sizes.set(audienceId, { count, isExact, at: new Date(clock.now()).toISOString() });
      } catch (error) {
        unknown.set(audienceId, unknownSizeOf(campaignErrorOf(error)));
      }
      tell();
    }),
  );
  return { sizes, unknown };
}
