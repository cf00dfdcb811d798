import { withoutTraces } from "../without-traces.ts";
import { act } from "./act.ts";
import { type Choices, createChoices, nextChoices } from "./choices.ts";
import { brokenAtEnd, brokenByReport } from "./laws.ts";
import { movesFrom } from "./moves.ts";
import { beginPlay, keyOfPlay, type Play, type Scene } from "./play.ts";

/** What was explored of one scene. A path that comes to a state that was met before is left there. */
export type Explored = {
  readonly paths: number;
  /** Paths that were gone to the end of every run. */
  readonly ends: number;
  readonly states: number;
  /** The most moves on one path. */
  readonly longest: number;
  /** Moves and outcomes that occurred. */
  readonly met: ReadonlySet<string>;
  readonly failures: readonly Failure[];
};

/** A path on which a law does not hold. */
type Failure = { readonly broken: readonly string[]; readonly choices: readonly number[] };

/** More moves than that on one path, or more of the clock's milliseconds, and the run does not end. */
const MOST = { moves: 400, ms: 600_000 };

/** So many failures are enough to see what is wrong. */
const ENOUGH_FAILURES = 3;

/** To let others have their turn. */
const PATHS_AT_ONCE = 500;

/**
 * Goes every path there is, each from the beginning: a run cannot be turned back. A state in which everything is as it
 * was on an earlier path, and every run was told the same, has the same future, so what follows is gone only once.
 */
export function explore(scene: Scene): Promise<Explored> {
  return withoutTraces(() => goAllPaths(scene));
}

async function goAllPaths(scene: Scene): Promise<Explored> {
  const seen = new Set<number>();
  const met = new Set<string>();
  const failures: Failure[] = [];
  const isNew = (key: number): boolean => seen.size < seen.add(key).size;
  let [paths, ends, longest] = [0, 0, 0];
  let given: readonly number[] | null = [];
  while (given !== null && failures.length < ENOUGH_FAILURES) {
    const choices = createChoices(given);
    const play = beginPlay(scene);
    const end = await goPath(play, choices, { isNew, met });
    paths += 1;
    longest = Math.max(longest, choices.made.length);
    if (end === "end") ends += 1;
    if (play.broken.length > 0) {
      failures.push({ broken: [...new Set(play.broken)], choices: choices.made.map(({ index }) => index) });
    }
    given = nextChoices(choices.made);
    if (paths % PATHS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { paths, ends, states: seen.size, longest, met, failures };
}

/** Goes one path again and tells what happens on it, line by line. */
export async function replay(scene: Scene, given: readonly number[]): Promise<string> {
  const lines: string[] = [];
  const choices = createChoices(given);
  const play = beginPlay(scene, (line) => lines.push(`${lines.length + 1}. ${line}`));
  await goPath(play, choices, { isNew: () => true, met: new Set() });
  const results = play.runs.map((run) => {
    const [result] = run.ledger.results();
    return `report of run ${run.index + 1}: ${JSON.stringify({ outcome: result?.outcome, reason: result?.reason, error: result?.error })}`;
  });
  return [...lines, ...results, ...play.broken.map((law) => `broken: ${law}`), ""].join("\n");
}

type Notes = { readonly isNew: (key: number) => boolean; readonly met: Set<string> };

async function goPath(
  play: Play,
  choices: Choices,
  { isNew, met }: Notes,
): Promise<"end" | "met" | "broken"> {
  for (;;) {
    await allIsQuiet();
    const hasEnded = play.runs.every((run) => run.hasEnded);
    if (choices.isNew()) {
      for (const run of play.runs) play.broken.push(...brokenByReport(run, play.world));
      if (hasEnded) noteOutcomes(play, met);
      if (!isNew(hashOf(keyOfPlay(play)))) return "met";
    }
    if (hasEnded)
      play.broken.push(...brokenAtEnd(play.runs, { now: play.clock.time(), isCalm: play.isCalm }));
    if (play.broken.length > 0) return "broken";
    if (hasEnded) return "end";
    const moves = movesFrom(play);
    if (moves.length === 0 || choices.made.length > MOST.moves || play.clock.time() > MOST.ms) {
      play.broken.push("the run does not end");
      return "broken";
    }
    const move = choices.take(moves);
    if (choices.isNew()) met.add(nameOfMove(move.act));
    act(play, move);
  }
}

function noteOutcomes({ runs }: Play, met: Set<string>): void {
  for (const run of runs) {
    const [result] = run.ledger.results();
    if (result === undefined) continue;
    met.add(result.error?.mayHaveLanded === true ? "may have landed" : result.outcome);
    if (result.reach?.confirmed === true) met.add("confirmed");
  }
}

function nameOfMove(act: ReturnType<typeof movesFrom>[number]["act"]): string {
  if (act.kind === "leave-open") return `${act.fault} ${act.effect ? "after" : "without"} effect`;
  if ("fault" in act) return act.fault;
  return act.kind === "edit" ? `edit ${act.set}` : act.kind;
}

/** Resolves when all that is ready has run: Node empties its other queues first. */
function allIsQuiet(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** 53 bits of a text (cyrb53), so that a million states fit into memory; two of them are taken for one once in 10,000 times. */
function hashOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}
