import type { Clock, ProgressEvent } from "../domain/ports.ts";
import { createTally, eventLine, isNews } from "../render/progress.ts";

/** Tells how a run goes on; `stop` ends that, and is called again without harm. */
export type ProgressDisplay = { onEvent(event: ProgressEvent): void; stop(): void };

/** How often a run that is not watched says how far it is, milliseconds. */
const TELL_MS = 10_000;

/**
 * For output that is kept, such as a job's log: a line for what ended, and one every ten seconds from the first event on
 * that says how far the run is.
 *
 * @param minCount below how many people a count is not shown; left out where nobody else reads it.
 */
export function tellProgress(say: (line: string) => void, clock: Clock, minCount?: number): ProgressDisplay {
  const tally = createTally();
  let timer: NodeJS.Timeout | null = null;
  const begin = (): NodeJS.Timeout => {
    const beganMs = clock.monotonic();
    const tell = () => {
      const line = tally.line(clock.monotonic() - beganMs);
      if (line !== null) say(line);
    };
    return setInterval(tell, TELL_MS).unref();
  };
  return {
    onEvent(event) {
      timer ??= begin();
      tally.count(event);
      if (isNews(event)) say(eventLine(event, minCount));
    },
    stop: () => clearInterval(timer ?? undefined),
  };
}
