import { setMaxListeners } from "node:events";
import type { ApplyPorts } from "../../../src/apply/apply-plan.ts";
import { sameBinding } from "../../../src/domain/binding.ts";
import { InterruptedError } from "../../../src/domain/errors.ts";
import type { AudienceBinding } from "../../../src/domain/model.ts";
import { samplePlan, sampleUpdate } from "../samples/plan.ts";
import { type SteppedClock, steppedClock } from "./clock.ts";
import { beginRecord, keyOfFacts } from "./facts.ts";
import { brokenOnSending } from "./laws.ts";
import type { Budget, Resource } from "./moves.ts";
import { beginRun, type Run } from "./run.ts";
import { CAMPAIGN, createWorld, keyOf, SETS, type SetName, type World } from "./world.ts";

/** What is explored: who applies what, and how much of each kind of trouble there is on one path. */
export type Scene = {
  readonly name: string;
  /** What each run's file declares. */
  readonly runs: readonly SetName[];
  readonly budget: Budget;
  /** How long the runs wait for reach, in milliseconds; null where they do not. */
  readonly waitMs: number | null;
  /** Puts something between a run and its ports: to see that a law notices. */
  readonly wrap?: (ports: ApplyPorts) => ApplyPorts;
};

/** One path while it is gone. */
export type Play = {
  readonly world: World;
  readonly clock: SteppedClock;
  readonly runs: readonly Run[];
  readonly left: Record<Resource, number>;
  readonly waits: boolean;
  readonly budget: Budget;
  /** Whether nothing happened so far that a run should not overcome. */
  isCalm: boolean;
  /** Laws that are broken so far, in words. */
  readonly broken: string[];
  /** Told each thing that happens, where somebody listens. */
  readonly tell: ((line: string) => void) | null;
};

const plans = new Map<SetName, ReturnType<typeof samplePlan>>();

function planOf(declared: SetName) {
  const bindings = { before: SETS.before, after: SETS[declared], campaignId: CAMPAIGN };
  const plan = plans.get(declared) ?? samplePlan([sampleUpdate(1, bindings)]);
  plans.set(declared, plan);
  return plan;
}

const NO_WRAP = (ports: ApplyPorts): ApplyPorts => ports;

/** Begins a path: the runs have taken their first step once all that is ready has run. */
export function beginPlay(scene: Scene, tell: Play["tell"] = null): Play {
  const clock = steppedClock();
  const runs: Run[] = [];
  const play: Play = {
    world: createWorld(),
    clock,
    runs,
    left: { ...scene.budget },
    waits: scene.waitMs !== null,
    budget: scene.budget,
    isCalm: true,
    broken: [],
    tell,
  };
  scene.runs.forEach((declared, index) => {
    const interruption = new AbortController();
    setMaxListeners(0, interruption.signal);
    const parts = {
      index,
      declared,
      plan: planOf(declared),
      clock: clock.of(index),
      waitMs: scene.waitMs,
      wrap: scene.wrap ?? NO_WRAP,
      onSent: (run: Run, body: AudienceBinding) => noteSent(play, run, body),
      onThrow: (error: unknown) => play.broken.push(`the run throws: ${error}`),
    };
    runs.push(beginRun(parts, interruption, () => new InterruptedError("SIGINT")));
  });
  return play;
}

function noteSent(play: Play, run: Run, body: AudienceBinding): void {
  const { facts, declared } = run;
  play.tell?.(`run ${run.index + 1} sends PUT ${nameOf(body)}`);
  play.broken.push(...brokenOnSending(run, body, play.clock.time()));
  if (!facts.hasSent && play.budget.lags === 0) beginRecord(facts, declared, play.world.live);
  facts.writes += 1;
  facts.hasSent = true;
}

function nameOf(binding: AudienceBinding): string {
  for (const [name, set] of Object.entries(SETS)) if (sameBinding(set, binding)) return name;
  return "something else";
}

/** Everything that the rest of the path depends on, and everything that a law can look at. */
export function keyOfPlay({ world, clock, runs, left, isCalm }: Play): string {
  const { live, previous, late } = world;
  const told = runs.map((run) => `${run.told}/${stageOf(run)}/${keyOfFacts(run.facts)}`).join("|");
  const { faults, edits, signals, lags, pauses, holdUps } = left;
  const rest = `${isCalm ? "calm" : ""}${faults}${edits}${signals}${lags}${pauses}${holdUps}`;
  const past = previous === null ? "" : keyOf(previous);
  return `${told}|${keyOf(live)}${live.by}|${past}|${late?.by}|${rest}|${clock.time()}|${clock.key()}`;
}

function stageOf({ pending, hasEnded }: Run): string {
  if (pending === null) return hasEnded ? "end" : "";
  if (pending.kind === "read") return pending.shown === null ? "asked" : keyOf(pending.shown);
  return pending.stage;
}
