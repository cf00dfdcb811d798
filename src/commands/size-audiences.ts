import { campaignErrorOf } from "../domain/campaign-error.ts";
import { TimeoutError } from "../domain/errors.ts";
import type { AudienceSize } from "../domain/model.ts";
import type { AudienceSizer, Clock, ProgressEvent } from "../domain/ports.ts";
import { type Sizing, type UnknownSize, unknownSizeOf } from "../people/sizing.ts";

/** So long at most a plan waits for its sizes. They explain it, and decide nothing. */
export const PATIENCE_MS = 120_000;

/** How many audiences stand in the sizer's line at once: more than can be under way, and few enough to keep. */
const IN_LINE = 250;

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
  const rest = audienceIds.values();
  if (audienceIds.length > 0) onEvent?.({ kind: "counting", counted: 0, of: audienceIds.length });
  await withPatience(clock, signal, async (patience) => {
    const sizeOn = async () => {
      for (const audienceId of rest) {
        try {
          const { count, isExact } = await sizer.sizeAudience(
            previewIds.get(audienceId) ?? audienceId,
            patience,
          );
          sizes.set(audienceId, { count, isExact, at: new Date(clock.now()).toISOString() });
        } catch (error) {
          unknown.set(audienceId, unknownSizeOf(campaignErrorOf(error)));
        }
        onEvent?.({ kind: "counting", counted: sizes.size + unknown.size, of: audienceIds.length });
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_LINE, audienceIds.length) }, sizeOn));
  });
  return { sizes, unknown };
}

/** Does work that is cut off when its time is over. */
async function withPatience(
  clock: Clock,
  signal: AbortSignal,
  work: (patience: AbortSignal) => Promise<void>,
): Promise<void> {
  const late = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(PATIENCE_MS, done.signal).then(
    () => late.abort(new TimeoutError(`Not counted within ${PATIENCE_MS / 1_000} s.`)),
    () => undefined,
  );
  try {
    await work(AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
    await timer;
  }
}
