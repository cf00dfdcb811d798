import type { Budget } from "./moves.ts";
import type { Scene } from "./play.ts";

const NONE: Budget = { faults: 0, edits: 0, signals: 0, lags: 0, pauses: 0, holdUps: 0 };

function scene(name: string, budget: Partial<Budget>, more: Partial<Scene> = {}): Scene {
  return { name, runs: ["declared"], waitMs: null, ...more, budget: { ...NONE, ...budget } };
}

/** Long enough for some looks. */
const WAITING = { waitMs: 500 } as const;
const TWO = { runs: ["declared", "rival"] } as const;

/** What `npm test` explores: little trouble on each path, and every order of that. */
export const PART: readonly Scene[] = [
  scene("part-faults", { faults: 2 }),
  scene("part-fault-edit", { faults: 1, edits: 1 }),
  scene("part-fault-signal", { faults: 1, signals: 1, holdUps: 1 }),
  scene("part-edit-signal", { edits: 1, signals: 1, lags: 1, pauses: 1 }),
  scene("part-wait", { edits: 1, signals: 1 }, WAITING),
  scene("part-two", { pauses: 1 }, TWO),
];

/** What `npm run explore` explores. */
const WHOLE: readonly Scene[] = [
  scene("faults", { faults: 2, edits: 1, signals: 1, pauses: 1 }),
  scene("slow", { faults: 2, signals: 1, lags: 1, pauses: 1, holdUps: 1 }),
  scene("lost", { faults: 4, signals: 1 }),
  scene("edits", { faults: 1, edits: 2, signals: 1, pauses: 1 }),
  scene("lags", { faults: 1, edits: 2, signals: 1, lags: 1 }),
  scene("wait", { faults: 1, edits: 1, signals: 1 }, WAITING),
  scene("wait-lags", { edits: 1, signals: 1, lags: 1, holdUps: 1 }, WAITING),
  scene("two", { faults: 1 }, TWO),
  scene("two-signal", { signals: 1, pauses: 1 }, TWO),
];

/** `part`, `all`, or the name of one of them. */
export function scenesOf(which: string): readonly Scene[] {
  if (which === "part") return PART;
  return which === "all" ? WHOLE : [sceneNamed(which)];
}

function sceneNamed(name: string | undefined): Scene {
  const scene = [...PART, ...WHOLE].find((each) => each.name === name);
  if (scene === undefined) throw new Error(`There is no scene ${name}.`);
  return scene;
}

/** What names one path: its scene and its choices. The first alternatives at its end need not be told. */
export function pathName({ name }: Scene, choices: readonly number[]): string {
  const last = choices.findLastIndex((index) => index > 0);
  return `${name}:${choices.slice(0, last + 1).join(".")}`;
}

/** The scene and the choices of a path's name. */
export function parsePathName(text: string): { readonly scene: Scene; readonly choices: readonly number[] } {
  const [name, choices = ""] = text.split(":");
  return { scene: sceneNamed(name), choices: choices === "" ? [] : choices.split(".").map(Number) };
}
