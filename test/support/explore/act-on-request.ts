import { notDraft, OPEN_FAULTS, READ_FAULTS, REFUSALS, receiptAt, UNSENT_FAULTS } from "./answers.ts";
import { noteTold, takeEffect } from "./effects.ts";
import { noteMet, noteOpen, noteShown } from "./facts.ts";
import type { Act, OpenFault } from "./moves.ts";
import type { Play } from "./play.ts";
import type { Queued, Read, Run, Write } from "./run.ts";
import { campaignOf, keyOf, serverTimeOf } from "./world.ts";

/** How long a pause before a write is, in milliseconds. A request takes no time, or else two orders would never be one. */
const PAUSE_MS = 1_500;

/** What becomes of the request that a run waits for. */
export function actOnRequest(play: Play, run: Run, act: Act): void {
  const { pending } = run;
  if (pending === null) throw new Error(`Run ${run.index + 1} waits for nothing.`);
  if (pending.kind === "read") actOnRead(play, run, pending, act);
  else if (pending.kind === "queued") actInQueue(play, run, pending, act);
  else actOnWrite(play, run, pending, act);
}

function actOnRead(play: Play, run: Run, read: Read, act: Act): void {
  if (act.kind === "fail-read") {
    play.tell?.(`the look of run ${run.index + 1} fails: ${act.fault}`);
    noteTold(play, run, act.fault);
    read.fail(READ_FAULTS[act.fault]());
  } else if (read.shown === null) show(play, run, read, act.kind === "show-old");
  else {
    const { shown } = read;
    play.tell?.(`run ${run.index + 1} sees ${keyOf(shown)}`);
    noteTold(play, run, keyOf(shown));
    noteShown(run.facts, run.declared, shown, play.clock.time());
    read.deliver(campaignOf(shown));
  }
}

function show({ world, tell }: Play, run: Run, read: Read, isOld: boolean): void {
  const { live, previous } = world;
  const shown = isOld && previous !== null ? previous : live;
  read.shown = shown;
  read.stage = "shown";
  noteMet(run.facts, run.declared, shown, live);
  tell?.(
    `the look of run ${run.index + 1} meets ${keyOf(live)}${isOld ? ", on a copy that has not seen it" : ""}`,
  );
}

function actInQueue(play: Play, run: Run, queued: Queued, act: Act): void {
  const whose = `the write of run ${run.index + 1}`;
  if (act.kind === "pause") {
    play.clock.advance(PAUSE_MS);
    play.tell?.(`${whose} waits ${PAUSE_MS} ms for a connection`);
  } else if (act.kind === "unsent") {
    play.tell?.(`${whose} is not sent: ${act.fault}`);
    noteTold(play, run, act.fault);
    queued.fail(UNSENT_FAULTS[act.fault]());
  } else {
    play.tell?.(`${whose} ${act.kind === "take-turn" ? "gets its turn" : "has a connection"}`);
    noteTold(play, run, act.kind);
    queued.goOn();
  }
}

function actOnWrite(play: Play, run: Run, write: Write, act: Act): void {
  switch (act.kind) {
    case "take-up":
      takeUp(play, run, write);
      break;
    case "deliver":
      deliver(play, run, write);
      break;
    case "leave-open":
      leaveOpen(play, run, write, act);
      break;
    case "lost-late":
      noteOpen(run.facts);
      play.world.late = { set: run.declared, by: run.index };
      tellAnswer(play, run, "unanswered", "gets no answer, and is still on its way");
      write.fail(OPEN_FAULTS.unanswered());
      break;
    case "send-again":
      run.facts.writes -= 1;
      tellAnswer(play, run, "429", "is refused for rate");
      write.sendAgain();
      break;
    case "refuse":
      tellAnswer(play, run, act.fault, `is ${act.fault}`);
      write.fail(REFUSALS[act.fault]());
      break;
    default:
      throw new Error(`No write is to ${act.kind}.`);
  }
}

function tellAnswer(play: Play, run: Run, answer: string, story: string): void {
  noteTold(play, run, answer);
  play.tell?.(`the write of run ${run.index + 1} ${story}`);
}

function takeUp(play: Play, run: Run, write: Write): void {
  const isSet = takeEffect(play, { set: run.declared, by: run.index });
  write.stage = isSet ? "carried-out" : "locked-out";
  if (isSet) noteOpen(run.facts);
  play.tell?.(`the write of run ${run.index + 1} ${isSet ? "takes effect" : "meets a locked campaign"}`);
}

function deliver(play: Play, run: Run, write: Write): void {
  const { live } = play.world;
  if (write.stage === "locked-out") {
    tellAnswer(play, run, "409", "is told to be no draft's: 409");
    write.fail(notDraft());
  } else {
    tellAnswer(play, run, `200 ${live.number}`, "is accepted: 200");
    write.deliver(receiptAt(serverTimeOf(live)));
  }
}

type Left = { readonly fault: OpenFault; readonly effect: boolean };

function leaveOpen(play: Play, run: Run, write: Write, { fault, effect }: Left): void {
  if (!effect) noteOpen(run.facts);
  if (fault === "later-503") run.facts.writes -= 1;
  tellAnswer(play, run, fault, `ends in ${fault}, ${effect ? "after" : "without"} its effect`);
  write.fail(OPEN_FAULTS[fault]());
}
