import { actOnRequest } from "./act-on-request.ts";
import { noteChange, noteTold, takeEffect } from "./effects.ts";
import { isForgiven, type Move } from "./moves.ts";
import type { Play } from "./play.ts";
import type { Run } from "./run.ts";
import { lock, setAudiences } from "./world.ts";

/** The third write must not be lost. */
const MOST_FORGIVEN = 2;

/** Makes one move: changes the world, or lets a run know something. */
export function act(play: Play, move: Move): void {
  if (move.costs !== null) play.left[move.costs] -= 1;
  const faults = play.budget.faults - play.left.faults;
  if (!isForgiven(move) || faults > MOST_FORGIVEN) play.isCalm = false;
  const run = move.run === null ? undefined : play.runs[move.run];
  if (run === undefined) actOfOthers(play, move);
  else actOfRun(play, run, move);
}

function actOfOthers(play: Play, { act }: Move): void {
  const { world } = play;
  switch (act.kind) {
    case "wake":
      wake(play);
      break;
    case "evaluate":
      world.live = { ...world.live, isEvaluated: true };
      play.tell?.("the evaluation of what is live ends");
      noteChange(play, "nobody");
      break;
    case "edit":
      play.tell?.(`somebody sets the audiences to ${act.set}`);
      setAudiences(world, act.set, null);
      noteChange(play, "somebody");
      break;
    case "lock":
      play.tell?.("somebody schedules the campaign: it is locked");
      lock(world);
      noteChange(play, "somebody");
      break;
    case "land-late":
      landLate(play);
      break;
    default:
      throw new Error(`Nobody does ${act.kind}.`);
  }
}

function wake({ clock, runs, tell }: Play): void {
  const owner = clock.next()?.owner ?? 0;
  clock.wakeNext();
  const run = runs[owner];
  // In which order somebody wakes and is answered is told by the order alone.
  if (run !== undefined) run.told += "w";
  tell?.(`run ${owner + 1} wakes at ${clock.time()} ms`);
}

function landLate(play: Play): void {
  const { late } = play.world;
  if (late === null) return;
  play.world.late = null;
  play.tell?.(`the lost write of run ${late.by + 1} takes effect now`);
  takeEffect(play, late);
}

function actOfRun(play: Play, run: Run, move: Move): void {
  const { facts, index } = run;
  if (move.act.kind === "signal") {
    facts.signalledAt = play.clock.time();
    play.tell?.(`run ${index + 1} gets a signal`);
    noteTold(play, run, "signal");
    run.interrupt();
  } else if (move.act.kind === "hold-up") {
    facts.isHeldUp = true;
    play.tell?.(`the request of run ${index + 1} lasts longer than its timer`);
    wake(play);
  } else actOnRequest(play, run, move.act);
}
