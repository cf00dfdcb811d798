import { OPEN_FAULTS, READ_FAULTS, REFUSALS, type UNSENT_FAULTS } from "./answers.ts";
import type { Play } from "./play.ts";
import type { Run } from "./run.ts";

/** What there is only so much of on one path. */
export type Budget = Readonly<Record<Resource, number>>;

/**
 * `faults`: requests that do not get their usual answer. `edits`: changes by somebody else. `signals`: interruptions.
 * `lags`: looks at a copy one change old. `pauses`: waits of a write for a connection. `holdUps`: requests that last longer
 * than a timer.
 */
export type Resource = "faults" | "edits" | "signals" | "lags" | "pauses" | "holdUps";

export type OpenFault = keyof typeof OPEN_FAULTS;

/** One thing that may happen next. `run` is whose it is; null where it is somebody else's. */
export type Move = {
  readonly run: number | null;
  readonly act: Act;
  readonly costs: Resource | null;
};

export type Act =
  | {
      readonly kind:
        | "show"
        | "show-old"
        | "deliver"
        | "take-turn"
        | "hand-over"
        | "pause"
        | "take-up"
        | "send-again";
    }
  | { readonly kind: "signal" | "wake" | "hold-up" | "lock" | "evaluate" | "land-late" | "lost-late" }
  | { readonly kind: "fail-read"; readonly fault: keyof typeof READ_FAULTS }
  | { readonly kind: "unsent"; readonly fault: keyof typeof UNSENT_FAULTS }
  | { readonly kind: "refuse"; readonly fault: keyof typeof REFUSALS }
  | { readonly kind: "leave-open"; readonly fault: OpenFault; readonly effect: boolean }
  | { readonly kind: "edit"; readonly set: "before" | "declared" | "foreign" };

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

type Table = {
  readonly asked: readonly Move[];
  readonly shown: readonly Move[];
  readonly queued: readonly Move[];
  readonly connecting: readonly Move[];
  readonly sent: readonly Move[];
  readonly "carried-out": readonly Move[];
  readonly "locked-out": readonly Move[];
  readonly signal: Move;
  readonly holdUp: Move;
};

/** The moves of one run by what it waits for, the usual one first. */
function tableOf(run: number): Table {
  const move = (act: Act, costs: Resource | null = null): Move => ({ run, act, costs });
  const open = (effect: boolean) =>
    keys(OPEN_FAULTS).map((fault) => move({ kind: "leave-open", fault, effect }, "faults"));
  return {
    asked: [
      move({ kind: "show" }),
      move({ kind: "show-old" }, "lags"),
      ...keys(READ_FAULTS).map((fault) => move({ kind: "fail-read", fault }, "faults")),
    ],
    shown: [move({ kind: "deliver" })],
    queued: [move({ kind: "take-turn" }), move({ kind: "unsent", fault: "withheld" }, "faults")],
    connecting: [
      move({ kind: "hand-over" }),
      move({ kind: "pause" }, "pauses"),
      move({ kind: "unsent", fault: "no-connection" }, "faults"),
    ],
    sent: [
      move({ kind: "take-up" }),
      ...open(false),
      move({ kind: "lost-late" }, "faults"),
      move({ kind: "send-again" }, "faults"),
      ...keys(REFUSALS).map((fault) => move({ kind: "refuse", fault }, "faults")),
    ],
    "carried-out": [move({ kind: "deliver" }), ...open(true)],
    "locked-out": [
      move({ kind: "deliver" }),
      move({ kind: "leave-open", fault: "unanswered", effect: false }, "faults"),
    ],
    signal: move({ kind: "signal" }, "signals"),
    holdUp: move({ kind: "hold-up" }, "holdUps"),
  };
}

const TABLES = [tableOf(0), tableOf(1)];

const others = (act: Act, costs: Resource | null): Move => ({ run: null, act, costs });
const WAKE = others({ kind: "wake" }, null);
const EVALUATE = others({ kind: "evaluate" }, null);
const LAND_LATE = others({ kind: "land-late" }, null);
const LOCK = others({ kind: "lock" }, "edits");
const EDITS = (["foreign", "declared", "before"] as const).map((set) =>
  others({ kind: "edit", set }, "edits"),
);

/** What no write may fail for: a lost answer, a refusal that will pass. */
const FORGIVEN: readonly string[] = ["unanswered", "cut", "later-503", "no-connection"];

/** Whether a run that meets this move, and none that is worse, must still apply what it is to apply. */
export function isForgiven({ act, costs }: Move): boolean {
  if (costs === null) return true;
  if ("fault" in act) return FORGIVEN.includes(act.fault);
  return ["pause", "show-old", "send-again", "lost-late"].includes(act.kind);
}

/** Everything that may happen next, the usual one first; empty when nothing can. */
export function movesFrom(play: Play): readonly Move[] {
  const { clock, runs } = play;
  const sleeper = clock.next();
  if (sleeper !== null && sleeper.at <= clock.time()) return [WAKE];
  const moves: Move[] = [];
  for (const run of runs) if (run.pending !== null) addAll(moves, movesOf(run), play);
  if (sleeper !== null) {
    const isWaiting = runs[sleeper.owner]?.pending !== null;
    addAll(moves, [isWaiting ? (tableFor(sleeper.owner).holdUp as Move) : WAKE], play);
  }
  addAll(moves, othersMoves(play), play);
  for (const run of runs) {
    if (!run.hasEnded && run.facts.signalledAt === null) addAll(moves, [tableFor(run.index).signal], play);
  }
  return moves;
}

function tableFor(run: number): Table {
  const table = TABLES[run];
  if (table === undefined) throw new Error(`There is no run ${run}.`);
  return table;
}

function addAll(moves: Move[], more: readonly Move[], { left, world }: Play): void {
  for (const move of more) {
    if (move.costs !== null && left[move.costs] === 0) continue;
    if (move.act.kind === "show-old" && world.previous === null) continue;
    if (move.act.kind === "lost-late" && world.late !== null) continue;
    moves.push(move);
  }
}

function movesOf({ pending, index }: Run): readonly Move[] {
  if (pending === null) return [];
  return tableFor(index)[pending.stage];
}

function othersMoves({ world, waits }: Play): readonly Move[] {
  const { live, late } = world;
  const moves: Move[] = [];
  if (waits && !live.isEvaluated) moves.push(EVALUATE);
  if (live.status !== "draft") return moves;
  if (late !== null) moves.push(LAND_LATE);
  return [...moves, ...EDITS.filter(({ act }) => act.kind === "edit" && act.set !== live.set), LOCK];
}
