import { noteLive } from "./facts.ts";
import type { Play } from "./play.ts";
import type { Run } from "./run.ts";
import { type LateWrite, setAudiences } from "./world.ts";

/** Every run's facts after a change by a run, by somebody else, or by nobody: an evaluation that ended. */
export function noteChange({ world, runs }: Play, by: number | "somebody" | "nobody"): void {
  for (const { facts, index, declared } of runs) {
    if (by !== "nobody" && by !== index) facts.isChangedByOthers = true;
    noteLive(facts, declared, world.live);
  }
}

/** A write meets the campaign. Whether it took effect: a locked one stays as it is. */
export function takeEffect(play: Play, { set, by }: LateWrite): boolean {
  if (!setAudiences(play.world, set, by)) return false;
  const run = play.runs[by];
  if (run !== undefined) run.facts.effects += 1;
  noteChange(play, by);
  return true;
}

/** Something that a run is told, and when. */
export function noteTold({ clock }: Play, run: Run, what: string): void {
  run.told += `${what}${clock.time()};`;
}
