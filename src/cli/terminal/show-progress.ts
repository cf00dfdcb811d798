import type { Clock, ProgressEvent } from "../../domain/ports.ts";
import { advance, eventLine, liveLines, NO_PROGRESS } from "../../render/progress.ts";
import type { Output } from "./session.ts";

/** Shows how a run goes on; `stop` takes the live lines away. */
export type ProgressDisplay = { onEvent(event: ProgressEvent): void; stop(): void };

const REDRAW_MS = 250;
const MAX_ROWS = 10;

/** On a terminal live lines, elsewhere one plain line an event. */
export function showProgress(output: Output, clock: Clock): ProgressDisplay {
  return output.isTerminal ? liveProgress(output, clock) : plainProgress(output);
}

function plainProgress(output: Output): ProgressDisplay {
  return {
    onEvent(event) {
      if (isNews(event)) output.write(`${eventLine(event)}\n`);
    },
    stop: () => undefined,
  };
}

/** What did not happen is for the report, which says it once of all. */
function isNews(event: ProgressEvent): boolean {
  return event.kind !== "ended" || event.outcome !== "not-attempted";
}

function liveProgress(output: Output, clock: Clock): ProgressDisplay {
  let state = NO_PROGRESS;
  let isOver = false;
  const draw = () => {
    const rows = Math.max(1, Math.min(MAX_ROWS, output.height() - 1));
    if (!isOver) output.show(liveLines(state, clock.monotonic(), output.width(), rows));
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    onEvent(event) {
      state = advance(state, event, clock.monotonic());
      // What is only on its way has its live line; what has ended stays on the screen.
      if (event.kind !== "waiting" && isNews(event)) output.write(`${eventLine(event)}\n`);
      draw();
    },
    stop() {
      clearInterval(timer);
      isOver = true;
      output.show([]);
    },
  };
}
