import type { CampaignEvent, ProgressEvent, RunEvent } from "../domain/ports.ts";
import { SHOW_ALL } from "../people/privacy.ts";
import { countText, durationText } from "../text/figures.ts";
import { escapeText } from "../text/invisible.ts";
import { renderJsonLine } from "./json.ts";
import { directionText } from "./page/effect-words.ts";
import { reasonWords, shownName } from "./page/facts.ts";
import { movedDirection, reachChangeWords, unconfirmedWords } from "./page/reach-words.ts";

/** Said once a run, when the API first refuses a request for rate. */
export const THROTTLED =
  "The API limits how fast it may be asked (429): requests are spread over time. Nothing is lost, it only takes longer.";

/** What became of a campaign, as a plain line with its id, for output that is kept. */
export function eventLine(event: News, minCount = SHOW_ALL): string {
  return escapeText(`${shownName(event.name)} (${event.campaignId}): ${eventWords(event, minCount)}`);
}

/** The same for the eyes of somebody who watches: a campaign without a name is told by the end of its id. */
export function watchedLine(event: News): string {
  const isNamed = event.name !== null && event.name.trim() !== "";
  const name = isNamed ? shownName(event.name) : `campaign …${event.campaignId.slice(-4)}`;
  return escapeText(`${name}: ${eventWords(event, SHOW_ALL)}`);
}

/** What it means before the figures: `▼ fewer people, 18,432 → 4,242 (-14,190, -77.0%)`. */
function confirmedWords(event: Extract<News, { readonly kind: "confirmed" }>, minCount: number): string {
  const { reachedBefore, evaluatedCount } = event;
  const direction = movedDirection(reachedBefore, evaluatedCount, minCount);
  const words = reachChangeWords(event, evaluatedCount, minCount);
  return direction === "none" ? words : `${directionText(direction)}, ${words}`;
}

function eventWords(event: News, minCount: number): string {
  switch (event.kind) {
    case "written":
      return "audiences replaced and read back";
    case "confirmed":
      return `reach confirmed: ${confirmedWords(event, minCount)}`;
    case "unconfirmed":
      return `reach not confirmed: ${unconfirmedWords(event.reason, event.status)} (last status ${event.status})`;
    case "ended": {
      const why = event.reason === null ? "" : ` (${reasonWords(event.reason)})`;
      return `${event.outcome.replace("-", " ")}${why}`;
    }
  }
}

/** What is told by a line of its own. */
type News = Exclude<CampaignEvent, { readonly kind: "waiting" }>;

/** Whether an event is news: what did not happen is for the report, which says it once of all. */
export function isNews(event: ProgressEvent): event is News {
  switch (event.kind) {
    case "written":
    case "confirmed":
    case "unconfirmed":
      return true;
    case "ended":
      return event.outcome !== "not-attempted";
    default:
      return false;
  }
}

/** An event as a line of JSON with its line end, for programs. `at` is a moment of the wall clock, in milliseconds. */
export function eventJson(event: ProgressEvent, at: number): string {
  const { kind, ...rest } = event;
  return renderJsonLine({ at: new Date(at).toISOString(), event: kind, ...rest });
}

/** Counts what a run tells. */
export type Tally = {
  count(event: ProgressEvent): void;
  /** How far the run is, in one line, with the time that it took so far; null before it has begun. */
  line(elapsedMs: number): string | null;
};

/** A tally of a run that has not begun. */
export function createTally(): Tally {
  let step: RunEvent | null = null;
  const waiting = new Set<string>();
  const counts = { carriedOut: 0, confirmed: 0, unconfirmed: 0, stale: 0, failed: 0 };
  return {
    count(event) {
      switch (event.kind) {
        case "listing":
        case "reading":
        case "counting":
        case "writing":
        case "confirming":
          step = event;
          break;
        case "waiting":
          waiting.add(event.campaignId);
          break;
        case "confirmed":
        case "unconfirmed":
          waiting.delete(event.campaignId);
          counts[event.kind] += 1;
          break;
        case "written":
          counts.carriedOut += 1;
          break;
        case "ended":
          counts.carriedOut += 1;
          if (event.outcome === "failed" || event.outcome === "stale") counts[event.outcome] += 1;
      }
    },
    line(elapsedMs) {
      if (step === null) return null;
      const parts = partsOf(step, { ...counts, waiting: waiting.size });
      return [...parts, durationText(elapsedMs)].filter((part) => part !== "").join(" · ");
    },
  };
}

type Counts = Readonly<
  Record<"carriedOut" | "waiting" | "confirmed" | "unconfirmed" | "stale" | "failed", number>
>;

/** The parts of a line; an empty one says nothing. */
function partsOf(step: RunEvent, counts: Counts): readonly string[] {
  if (step.kind === "listing") return [`Listing campaigns, ${countText(step.listed)} so far`];
  const of = countText(step.of);
  const known = (count: number, words: string): string =>
    count === 0 ? "" : words.replace("#", countText(count));
  const reach = [known(counts.confirmed, "confirmed #"), known(counts.unconfirmed, "# not confirmed")];
  switch (step.kind) {
    case "reading":
      return [`Reading ${countText(step.read)} of ${of}`];
    case "counting":
      return [`Counting people in ${countText(step.counted)} of ${of} audiences`];
    case "confirming":
      return [`Waiting for reach ${countText(counts.waiting)} of ${of}`, ...reach];
    case "writing":
      return [
        `Writing ${countText(counts.carriedOut)} of ${of}`,
        known(counts.waiting, "waiting for reach #"),
        ...reach,
        known(counts.stale, "# stale"),
        `${countText(counts.failed)} failed`,
      ];
  }
}
