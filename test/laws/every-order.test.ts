import { expect, test } from "vitest";
import { type Explored, explore, replay } from "../support/explore/explore.ts";
import { parsePathName, pathName, scenesOf } from "../support/explore/scenes.ts";

/** `all` explores everything, the name of a scene that scene; a path is told step by step. */
const { EXPLORE = "part", EXPLORE_PATH } = process.env;
const isOne = EXPLORE !== "all" && EXPLORE !== "part";

/** Fewer than that, and the explorer does not explore. */
const LEAST = EXPLORE === "all" ? 500_000 : isOne ? 0 : 5_000;

/** Time enough for a slow machine. */
const timeout = EXPLORE === "part" ? 120_000 : 7_200_000;

/** What must have been met in all, or the laws would hold for want of trouble. */
const EVERYTHING = [
  ...[
    "show",
    "show-old",
    "deliver",
    "take-turn",
    "hand-over",
    "take-up",
    "pause",
    "wake",
    "signal",
    "hold-up",
  ],
  ...["edit foreign", "edit declared", "edit before", "lock", "evaluate", "lost-late", "land-late"],
  ...["read-500", "read-unanswered", "read-cut", "read-forbidden"],
  ...["no-connection", "withheld", "send-again", "refused-422", "refused-403"],
  ...["unanswered", "cut", "odd-302", "later-503"].flatMap((fault) => [
    `${fault} after effect`,
    `${fault} without effect`,
  ]),
  ...["applied", "unchanged", "skipped", "stale", "failed", "not-attempted", "may have landed", "confirmed"],
];

function sumOf(all: readonly Explored[], count: (explored: Explored) => number): number {
  return all.reduce((sum, explored) => sum + count(explored), 0);
}

if (EXPLORE_PATH === undefined) {
  test("cases 64, 83: in every order of a run's steps, edits, locks, answers and a signal, the report is true at every moment and nothing is written that must not be", {
    timeout,
  }, async () => {
    const all: Explored[] = [];
    const failures: string[] = [];
    for (const scene of scenesOf(EXPLORE)) {
      const explored = await explore(scene);
      all.push(explored);
      const { paths, ends, states, longest } = explored;
      process.stdout.write(
        `${scene.name}: ${paths} paths, ${ends} to their end, ${states} states, at most ${longest} moves\n`,
      );
      for (const { broken, choices } of explored.failures) {
        failures.push(
          `${broken.join("; ")}\nEXPLORE_PATH=${pathName(scene, choices)}\n${await replay(scene, choices)}`,
        );
      }
    }
    const paths = sumOf(all, (each) => each.paths);
    const states = sumOf(all, (each) => each.states);
    process.stdout.write(`Explored ${paths} paths and ${states} states.\n`);
    expect(failures.join("\n")).toBe("");
    expect(paths).toBeGreaterThan(LEAST);
    const met = new Set(all.flatMap((each) => [...each.met]));
    if (!isOne) expect(EVERYTHING.filter((what) => !met.has(what))).toEqual([]);
  });
} else {
  test(`path ${EXPLORE_PATH}`, async () => {
    const { scene, choices } = parsePathName(EXPLORE_PATH);
    const story = await replay(scene, choices);
    process.stdout.write(story);
    expect(story).not.toContain("broken:");
  });
}
