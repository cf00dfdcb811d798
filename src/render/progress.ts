import type { ProgressEvent } from "../domain/ports.ts";
import { durationText } from "../text/figures.ts";
import { escapeText } from "../text/invisible.ts";
import { cutToWidth } from "../text/width.ts";
import { reasonWords, shownName } from "./page/facts.ts";
import { reachChangeWords, unconfirmedWords } from "./page/reach-words.ts";

/** Said once a run, when the API first refuses a request for rate. */
export const THROTTLED =
  "The API limits how fast it may be asked (429): requests are spread over time. Nothing is lost, it only takes longer.";

/** One event as a plain line, for output that is not a terminal. */
export function eventLine(event: ProgressEvent): string {
  return escapeText(`${shownName(event.name)} (${event.campaignId}): ${eventWords(event)}`);
}

function eventWords(event: ProgressEvent): string {
  switch (event.kind) {
    case "written":
      return "audiences replaced and read back";
    case "waiting":
      return `waiting for reach: ${waitingWords(event.status)}`;
    case "confirmed":
      return `reach confirmed: ${reachChangeWords(event.previousCount, event.evaluatedCount)}`;
    case "unconfirmed":
      return `reach not confirmed: ${unconfirmedWords(event.reason, event.status)} (last status ${event.status})`;
    case "ended": {
      const why = event.reason === null ? "" : ` (${reasonWords(event.reason)})`;
      return `${event.outcome.replace("-", " ")}${why}`;
    }
  }
}

/** `ok` would read as if it were done: right after a write it often is the result of the old audiences. */
function waitingWords(status: string): string {
  return status === "ok" ? "evaluated, not yet known of which audiences" : status;
}

type Waiting = { readonly name: string | null; readonly status: string; readonly sinceMs: number };

/** The campaigns that are being waited for, by id, the longest waiting first. */
export type ProgressState = { readonly waiting: ReadonlyMap<string, Waiting> };

/** Nothing is waited for. */
export const NO_PROGRESS: ProgressState = { waiting: new Map() };

/** The state after an event. `nowMs` are monotonic milliseconds; a wait is timed from its first look. */
export function advance(state: ProgressState, event: ProgressEvent, nowMs: number): ProgressState {
  const waiting = new Map(state.waiting);
  const { campaignId, name } = event;
  switch (event.kind) {
    case "written":
      break;
    case "waiting": {
      const sinceMs = waiting.get(campaignId)?.sinceMs ?? nowMs;
      waiting.set(campaignId, { name, status: waitingWords(event.status), sinceMs });
      break;
    }
    case "confirmed":
    case "unconfirmed":
    case "ended":
      waiting.delete(campaignId);
      break;
  }
  return { waiting };
}

/** Lines that a live display takes at most when the caller does not know the terminal's height. */
const DEFAULT_ROWS = 10;

/**
 * One line a waiting campaign for a live display: elapsed time, status, name. Each fits into `width` columns, all into
 * `rows` lines; what does not fit is counted in the last one.
 */
export function liveLines(
  state: ProgressState,
  nowMs: number,
  width: number,
  rows: number = DEFAULT_ROWS,
): string[] {
  const waiting = [...state.waiting.values()];
  const shown = waiting.length <= rows ? waiting : waiting.slice(0, Math.max(0, rows - 1));
  const statusWidth = Math.max(...shown.map(({ status }) => escapeText(status).length), 0);
  const lines = shown.map(({ name, status, sinceMs }) => {
    const elapsed = durationText(nowMs - sinceMs).padStart(7);
    return `${elapsed}  ${escapeText(status).padEnd(statusWidth)}  ${escapeText(shownName(name))}`;
  });
  const more = waiting.length - shown.length;
  return [...lines, ...(more === 0 ? [] : [`and ${more} more`])].map((line) => cutToWidth(line, width));
}
