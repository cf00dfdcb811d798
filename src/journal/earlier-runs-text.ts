import type { EarlierRun } from "./earlier-run.ts";
import type { EarlierRuns } from "./find-earlier-runs.ts";

const LAST_WINS = "Where both write a campaign, the last one wins.";

/** Campaigns named of one run, those with the least known first. */
const MAX_NAMED = 20;

/** What there is to tell of other runs, one warning each; nothing of a run that left nothing open. */
export function earlierRunsText({
  ended,
  running,
  unsure,
  damaged,
}: Omit<EarlierRuns, "forget">): readonly string[] {
  return [
    ...ended.filter(({ open }) => open.length > 0).map(endedText),
    ...running.map(runningText),
    ...unsure.map(unsureText),
    ...(damaged.length > 0 ? [damagedText(damaged)] : []),
  ];
}

function endedText({ open, lastAt }: EarlierRun): string {
  const sent = open.filter(({ isAccepted }) => !isAccepted);
  const accepted = open.filter(({ isAccepted }) => isAccepted);
  const when = [
    ...(sent.length > 0 ? [`while writing ${campaigns(sent.length)}`] : []),
    ...(accepted.length > 0 ? [`before reading ${campaigns(accepted.length)} back`] : []),
  ].join(" and ");
  const lines = [
    ...sent.map(({ campaignId }) => `${campaignId}: no answer had come`),
    ...accepted.map(({ campaignId }) => `${campaignId}: accepted, not read back`),
  ];
  const more = lines.splice(MAX_NAMED).length;
  if (more > 0) lines.push(`and ${more} more`);
  const decides = "What is live decides: it is read before anything is written.";
  return [`The last run ended ${when} (at ${lastAt}). ${decides}`, ...lines].join("\n  ");
}

function campaigns(count: number): string {
  return count === 1 ? "1 campaign" : `${count} campaigns`;
}

function runningText({ pid, lastAt }: EarlierRun): string {
  return `Another apply seems to be running here (process ${pid}, last write at ${lastAt}). ${LAST_WINS}`;
}

function unsureText({ run, pid, lastAt }: EarlierRun): string {
  return `Another apply may be running here, or process ${pid} may be another program by now (last write at ${lastAt}). ${LAST_WINS} If no other apply runs, delete .campaignctl/apply-${run}.jsonl.`;
}

function damagedText(names: readonly string[]): string {
  return `Not understood, damaged or from another version, and so ignored: .campaignctl/${names[0]}${
    names.length > 1 ? ` and ${names.length - 1} more` : ""
  }. A journal only explains; it can be deleted.`;
}
