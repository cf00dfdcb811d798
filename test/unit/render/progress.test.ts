import { describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import { advance, eventLine, liveLines, NO_PROGRESS } from "../../../src/render/progress.ts";
import { displayWidth } from "../../../src/text/width.ts";

const spring = { campaignId: "c1", name: "Spring" } as const;
const winter = { campaignId: "c2", name: "Winter\x1b[2J" } as const;

describe("eventLine", () => {
  test.each<[ProgressEvent, string]>([
    [{ ...spring, kind: "written" }, "Spring (c1): audiences replaced and read back"],
    [{ ...spring, kind: "waiting", status: "pending" }, "Spring (c1): waiting for reach: pending"],
    [
      { ...spring, kind: "waiting", status: "ok" },
      "Spring (c1): waiting for reach: evaluated, not yet known of which audiences",
    ],
    [
      { ...spring, kind: "confirmed", evaluatedCount: 4242, previousCount: 18_432 },
      "Spring (c1): reach confirmed: 18,432 -> 4,242 (-14,190, -77.0%)",
    ],
    [
      { ...spring, kind: "unconfirmed", reason: "timeout", status: "idle" },
      "Spring (c1): reach not confirmed: no evaluation had begun at the last look (last status idle)",
    ],
    [{ ...spring, kind: "ended", outcome: "unchanged", reason: null }, "Spring (c1): unchanged"],
    [
      { ...spring, kind: "ended", outcome: "not-attempted", reason: "interrupted" },
      "Spring (c1): not attempted (the run was interrupted)",
    ],
    [
      { campaignId: "c3", name: null, kind: "waiting", status: "a\nb" },
      "(no name) (c3): waiting for reach: a\\u{A}b",
    ],
  ])("%j", (event, expected) => {
    expect(eventLine(event)).toBe(expected);
  });
});

describe("live lines", () => {
  const twoWaiting = [
    { at: 1000, event: { ...spring, kind: "written" } },
    { at: 3000, event: { ...spring, kind: "waiting", status: "idle" } },
    { at: 5000, event: { ...winter, kind: "waiting", status: "pending" } },
  ] as const;
  const state = twoWaiting.reduce((before, { at, event }) => advance(before, event, at), NO_PROGRESS);

  test("one a waiting campaign, timed from when its wait began", () => {
    expect(liveLines(state, 66_000, 80)).toEqual([
      " 1m 03s  idle     Spring",
      " 1m 01s  pending  Winter\\u{1B}[2J",
    ]);
  });

  test("are timed from the first look, whatever the status became since", () => {
    const later = advance(state, { ...spring, kind: "waiting", status: "pending" }, 9000);
    expect(liveLines(later, 66_000, 80)[0]).toBe(" 1m 03s  pending  Spring");
  });

  test("are of what is waited for only", () => {
    expect(liveLines(advance(NO_PROGRESS, { ...spring, kind: "written" }, 0), 0, 80)).toEqual([]);
  });

  test("fit into the width", () => {
    const lines = liveLines(state, 66_000, 20);
    expect(lines).toEqual([" 1m 03s  idle     S…", " 1m 01s  pending  W…"]);
    expect(lines.map(displayWidth)).toEqual([20, 20]);
  });

  test("fit into the rows, and say how many more there are", () => {
    const many = Array.from({ length: 25 }, (_, index) => index).reduce(
      (before, index) =>
        advance(before, { campaignId: `c${index}`, name: null, kind: "waiting", status: "idle" }, 0),
      NO_PROGRESS,
    );
    expect(liveLines(many, 0, 80)).toHaveLength(10);
    expect(liveLines(many, 0, 80).at(-1)).toBe("and 16 more");
    expect(liveLines(many, 0, 80, 25)).toHaveLength(25);
    expect(liveLines(many, 0, 80, 25).at(-1)).toBe("     0s  idle  (no name)");
    expect(liveLines(many, 0, 80, 1)).toEqual(["and 25 more"]);
  });

  test.each<ProgressEvent>([
    { ...spring, kind: "confirmed", evaluatedCount: 1, previousCount: null },
    { ...spring, kind: "unconfirmed", reason: "timeout", status: "idle" },
    { ...spring, kind: "ended", outcome: "failed", reason: "no-answer" },
  ])("go away at the end: $kind", (event) => {
    expect(liveLines(advance(state, event, 9000), 66_000, 80)).toEqual([
      " 1m 01s  pending  Winter\\u{1B}[2J",
    ]);
  });

  test("advance leaves the state it was given alone", () => {
    advance(NO_PROGRESS, { ...spring, kind: "written" }, 0);
    expect(liveLines(NO_PROGRESS, 0, 80)).toEqual([]);
  });
});
