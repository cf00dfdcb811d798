import { sameBinding } from "../../../src/domain/binding.ts";
import type { ApplyResult, AudienceBinding } from "../../../src/domain/model.ts";
import type { Facts } from "./facts.ts";
import type { Run } from "./run.ts";
import { SETS, type Version, type World } from "./world.ts";

/** What was read right before a write is no older when the write is sent, in milliseconds. */
const FRESH_MS = 1_000;

/** How often one campaign is written at most, but for refusals that ask to come again. */
const MOST_WRITES = 3;

/** An interrupted run ends within so many milliseconds, unless a request is held up. */
const END_MS = 5_000;

/** As a write is handed to the socket: may it go, by what was seen and told until now? */
export function brokenOnSending({ facts, declared }: Run, body: AudienceBinding, now: number): string[] {
  const { look } = facts;
  const broken: string[] = [];
  if (!sameBinding(body, SETS[declared])) broken.push("a write is not what the file declares");
  if (facts.signalledAt !== null) broken.push("a write goes out after the signal");
  if (facts.writes >= MOST_WRITES) broken.push(`write ${facts.writes + 1} goes out`);
  if (look === null) broken.push("a write goes out without a look since the last one");
  else {
    if (now - look.answeredAt > FRESH_MS)
      broken.push(`a write goes out on a look ${now - look.answeredAt} ms old`);
    if (look.status !== "draft") broken.push("a write goes out although the last look showed it locked");
    else if (look.set !== "before") broken.push(`a write goes out although the last look showed ${look.set}`);
  }
  return broken;
}

/** At any moment: is what the report would say true? A second signal ends the run with just this report. */
export function brokenByReport(run: Run, world: World): string[] {
  const result = run.ledger.results()[0];
  if (result === undefined) return ["the report says nothing of the campaign"];
  const { outcome, error } = result;
  const mayHaveLanded = error?.mayHaveLanded === true;
  if (outcome === "applied") return brokenByApplied(run, result, world.live);
  // While it goes on a run may say so too often: what it says at its end must be so.
  if (mayHaveLanded)
    return run.hasEnded && run.facts.open === 0 ? ["it may have landed, and cannot have"] : [];
  return brokenByNothingWritten(run, result, world.live).map((how) => `${outcome}, but ${how}`);
}

function brokenByApplied({ facts, declared }: Run, { reach }: ApplyResult, live: Version): string[] {
  const broken: string[] = [];
  if (!facts.hasSent) broken.push("applied, but nothing was sent");
  if (!facts.wasDeclared) broken.push("applied, but live never was as declared since the write");
  if (!facts.isShown) broken.push("applied, but no look showed it");
  if (!facts.isChangedByOthers && live.set !== declared) {
    broken.push(`applied, but live is ${live.set}, and nobody else changed it`);
  }
  if (reach?.confirmed === true && !facts.isEvaluated) {
    broken.push("confirmed, but no evaluation of these audiences had ended");
  }
  return broken;
}

/** `unchanged`, `stale`, `skipped`, `not-attempted`, or failed with nothing written. */
function brokenByNothingWritten({ facts, index }: Run, result: ApplyResult, live: Version): string[] {
  const broken: string[] = [];
  if (live.by === index) broken.push("ours are the audiences in place");
  if (result.outcome === "skipped") return [...broken, ...brokenBySkipped(facts)];
  if (facts.open > 0 || facts.effects > 0) broken.push("a write took effect, or may have");
  const shown = facts.lastShown;
  if (result.outcome === "unchanged" && !facts.wasSeen) broken.push("no look showed it as declared");
  if (result.outcome === "stale") {
    if (shown === null || result.live === null || !sameBinding(result.live, SETS[shown.set])) {
      broken.push("what it says is live was not seen");
    }
  }
  return broken;
}

/** Locked with the audiences of somebody else: that ours were there for a moment is past knowing, and of no matter. */
function brokenBySkipped({ open, lastShown }: Facts): string[] {
  return open > 0 && lastShown?.status === "draft" ? ["a write may have landed on the draft"] : [];
}

/** When every run has ended. `isCalm`: nothing happened that a run should not overcome. */
export function brokenAtEnd(
  runs: readonly Run[],
  { now, isCalm }: { readonly now: number; readonly isCalm: boolean },
): string[] {
  const [only, rival] = runs;
  // While two run, each may have to wait for an answer as long as the other sleeps.
  if (only === undefined || rival !== undefined) return [];
  const { signalledAt, isHeldUp } = only.facts;
  const broken: string[] = [];
  if (signalledAt !== null && !isHeldUp && now - signalledAt > END_MS) {
    broken.push(`it ended ${now - signalledAt} ms after the signal`);
  }
  if (isCalm && only.ledger.results()[0]?.outcome !== "applied") {
    broken.push("it is not applied, and nothing stood in the way");
  }
  return broken;
}
