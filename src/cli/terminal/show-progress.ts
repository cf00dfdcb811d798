import { type ProgressDisplay, tellProgress } from "../../commands/tell-progress.ts";
import type { Clock, ProgressEvent } from "../../domain/ports.ts";
import { createTally, eventJson, isNews, watchedLine } from "../../render/progress.ts";
import { cutToWidth } from "../../text/width.ts";
import type { Output, Session } from "./session.ts";

const REDRAW_MS = 250;
/** A run that is over before that has shown nothing, in milliseconds. */
const QUIET_MS = 1_000;

/** Shows how a run goes on, as the session's manner of progress says. */
export function showProgress({ progress, stderr, asides }: Session, clock: Clock): ProgressDisplay {
  switch (progress) {
    case "none":
      return { onEvent: () => undefined, stop: () => undefined };
    case "json":
      return jsonProgress(stderr, clock);
    case "auto":
      return asides.isTerminal
        ? liveProgress(asides, clock)
        : tellProgress((line) => asides.write(`${line}\n`), clock);
  }
}

/** Shows how some work goes on while it does. */
export async function showing<T>(
  session: Session,
  clock: Clock,
  work: (onEvent: ProgressDisplay["onEvent"]) => Promise<T>,
): Promise<T> {
  const { onEvent, stop } = showProgress(session, clock);
  try {
    return await work(onEvent);
  } finally {
    stop();
  }
}

/** Each event is a line. Of what is read or counted there may be thousands: that is told once a second, and at the end. */
function jsonProgress(output: Output, clock: Clock): ProgressDisplay {
  let told = { kind: "", atMs: 0 };
  const isDue = (event: ProgressEvent): boolean => {
    if (event.kind !== "reading" && event.kind !== "counting" && event.kind !== "listing") return true;
    const now = clock.monotonic();
    if (event.kind === told.kind && !isLast(event) && now - told.atMs < 1_000) return false;
    told = { kind: event.kind, atMs: now };
    return true;
  };
  return {
    onEvent(event) {
      if (isDue(event)) output.write(eventJson(event, clock.now()));
    },
    stop: () => undefined,
  };
}

/** How many there are to list is not known before the end. */
function isLast(event: Extract<ProgressEvent, { kind: "reading" | "counting" | "listing" }>): boolean {
  switch (event.kind) {
    case "listing":
      return false;
    case "reading":
      return event.read >= event.of;
    case "counting":
      return event.counted >= event.of;
  }
}

/** One line that changes, from a second after the first event on; what has ended stays above it. */
function liveProgress(output: Output, clock: Clock): ProgressDisplay {
  const tally = createTally();
  let beganMs: number | null = null;
  let isOver = false;
  const draw = (): void => {
    const elapsedMs = beganMs === null ? 0 : clock.monotonic() - beganMs;
    const line = isOver || elapsedMs < QUIET_MS ? null : tally.line(elapsedMs);
    output.show(line === null ? [] : [cutToWidth(line, output.width())]);
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    onEvent(event) {
      beganMs ??= clock.monotonic();
      tally.count(event);
      if (isNews(event)) output.write(`${watchedLine(event)}\n`);
    },
    stop() {
      clearInterval(timer);
      isOver = true;
      draw();
    },
  };
}
