import { expect, test } from "vitest";
import { isLeftToNewerRun, isSuperseded } from "../../../src/domain/newer-run.ts";

test.each([
  ["not-attempted", "superseded", { superseded: true, leftToNewerRun: true }],
  ["not-attempted", "branch-moved", { superseded: false, leftToNewerRun: true }],
  ["not-attempted", "run-interrupted", { superseded: false, leftToNewerRun: false }],
  ["not-attempted", null, { superseded: false, leftToNewerRun: false }],
  ["skipped", "superseded", { superseded: false, leftToNewerRun: false }],
  ["failed", "branch-moved", { superseded: false, leftToNewerRun: false }],
] as const)("%s, %s: %o", (outcome, reason, expected) => {
  const ended = { outcome, reason };
  expect({ superseded: isSuperseded(ended), leftToNewerRun: isLeftToNewerRun(ended) }).toEqual(expected);
});
