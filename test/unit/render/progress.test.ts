import { describe, expect, test } from "vitest";
import type { ProgressEvent } from "../../../src/domain/ports.ts";
import { createTally, eventJson, eventLine, isNews, watchedLine } from "../../../src/render/progress.ts";

const spring = { campaignId: "0f3c-c1d2", name: "Spring" } as const;

/** The lines of an event: one that is kept, and one for who watches. None of what is no news. */
const linesOf = (event: ProgressEvent) => (isNews(event) ? [eventLine(event), watchedLine(event)] : []);

describe("the line of an event", () => {
  test.each<[ProgressEvent, string]>([
    [{ ...spring, kind: "written" }, "audiences replaced and read back"],
    [
      { ...spring, kind: "confirmed", evaluatedCount: 4242, previousCount: 18_432, reachedBefore: 18_432 },
      "reach confirmed: ▼ fewer people, 18,432 → 4,242 (-14,190, -77.0%)",
    ],
    [
      { ...spring, kind: "unconfirmed", reason: "timeout", status: "idle" },
      "reach not confirmed: no evaluation had begun at the last look (last status idle)",
    ],
    [{ ...spring, kind: "ended", outcome: "unchanged", reason: null }, "unchanged"],
    [
      { ...spring, kind: "ended", outcome: "stale", reason: "interrupted" },
      "stale (the run was interrupted)",
    ],
  ])("%j", (event, words) => {
    expect(linesOf(event)).toEqual([`Spring (0f3c-c1d2): ${words}`, `Spring: ${words}`]);
  });

  test("where others read, says of few people only that they are few", () => {
    const event = {
      ...spring,
      kind: "confirmed",
      evaluatedCount: 7,
      previousCount: 311,
      reachedBefore: 311,
    } as const;
    expect(eventLine(event, 20)).toBe(
      "Spring (0f3c-c1d2): reach confirmed: ▼ fewer people, 311 → fewer than 20",
    );
    expect(watchedLine(event)).toBe("Spring: reach confirmed: ▼ fewer people, 311 → 7 (-304, -97.7%)");
  });

  test("a campaign that is locked by now is said to be skipped, and why", () => {
    expect(linesOf({ ...spring, kind: "ended", outcome: "skipped", reason: "not-draft" })[1]).toBe(
      "Spring: skipped (not draft, so its audiences are locked)",
    );
  });

  test("a confirmed evaluation without a count says nothing of more or fewer", () => {
    const event = { kind: "confirmed", evaluatedCount: null, previousCount: 5, reachedBefore: 5 } as const;
    expect(linesOf({ ...spring, ...event })[1]).toBe("Spring: reach confirmed: evaluated, without a count");
  });

  test("of a campaign without a name has its id, on a terminal no more than its end", () => {
    expect(linesOf({ campaignId: "0f3c-c1d2", name: null, kind: "written" })).toEqual([
      "(no name) (0f3c-c1d2): audiences replaced and read back",
      "campaign …c1d2: audiences replaced and read back",
    ]);
    const blank = linesOf({ campaignId: "0f3c-c1d2", name: "   ", kind: "written" });
    expect(blank[1]).toBe("campaign …c1d2: audiences replaced and read back");
  });

  test("cuts a name that nobody would read to its end", () => {
    for (const line of linesOf({ campaignId: "c2", name: "n".repeat(500), kind: "written" })) {
      expect(line).toMatch(/^n{120}…/);
    }
  });

  test("shows what of a name cannot be seen", () => {
    expect(linesOf({ campaignId: "c2", name: "a\nb\x1b[2J", kind: "written" })).toEqual([
      "a\\u{A}b\\u{1B}[2J (c2): audiences replaced and read back",
      "a\\u{A}b\\u{1B}[2J: audiences replaced and read back",
    ]);
  });

  test.each<ProgressEvent>([
    { kind: "reading", read: 1, of: 2 },
    { kind: "writing", of: 2 },
    { kind: "confirming", of: 2 },
    { ...spring, kind: "waiting", status: "pending" },
    { ...spring, kind: "ended", outcome: "not-attempted", reason: "interrupted" },
  ])("there is none for what is no news: $kind", (event) => {
    expect(linesOf(event)).toEqual([]);
  });
});

test("an event as JSON is one line with its time, and nothing in it acts on a terminal", () => {
  const line = eventJson({ campaignId: "c2", name: "a\nb\x9b", kind: "waiting", status: "idle" }, 0);
  expect(line).toBe(
    '{"at":"1970-01-01T00:00:00.000Z","event":"waiting","campaignId":"c2","name":"a\\nb\\u009b","status":"idle"}\n',
  );
});

/** The line of a run that told these, after 63 seconds. */
function lineAfter(...events: readonly ProgressEvent[]): string | null {
  const tally = createTally();
  for (const event of events) tally.count(event);
  return tally.line(63_000);
}

const at = (campaignId: string) => ({ campaignId, name: null });

describe("how far a run is", () => {
  test("nothing is said before it has begun", () => {
    expect(lineAfter()).toBeNull();
  });

  test("while campaigns are read", () => {
    expect(lineAfter({ kind: "reading", read: 1064, of: 2124 })).toBe("Reading 1,064 of 2,124 · 1m 03s");
  });

  test("while people are counted", () => {
    const reading = { kind: "reading", read: 3, of: 3 } as const;
    expect(lineAfter(reading, { kind: "counting", counted: 4, of: 25 })).toBe(
      "Counting people in 4 of 25 audiences · 1m 03s",
    );
  });

  test("while they are written and waited for", () => {
    const begun: ProgressEvent[] = [
      { kind: "writing", of: 120 },
      { ...at("a"), kind: "written" },
      { ...at("a"), kind: "waiting", status: "idle" },
      { ...at("a"), kind: "waiting", status: "pending" },
      { ...at("b"), kind: "written" },
      { ...at("b"), kind: "waiting", status: "idle" },
    ];
    expect(lineAfter(...begun.slice(0, 2))).toBe("Writing 1 of 120 · 0 failed · 1m 03s");
    expect(lineAfter(...begun)).toBe("Writing 2 of 120 · waiting for reach 2 · 0 failed · 1m 03s");
    expect(
      lineAfter(
        ...begun,
        { ...at("a"), kind: "confirmed", evaluatedCount: 1, previousCount: null, reachedBefore: null },
        { ...at("c"), kind: "ended", outcome: "failed", reason: "no-answer" },
        { ...at("d"), kind: "ended", outcome: "unchanged", reason: null },
      ),
    ).toBe("Writing 4 of 120 · waiting for reach 1 · confirmed 1 · 1 failed · 1m 03s");
    expect(
      lineAfter(
        ...begun,
        { ...at("a"), kind: "unconfirmed", reason: "timeout", status: "idle" },
        { ...at("c"), kind: "ended", outcome: "stale", reason: "live-changed" },
      ),
    ).toBe("Writing 3 of 120 · waiting for reach 1 · 1 not confirmed · 1 stale · 0 failed · 1m 03s");
  });

  test("while they are only waited for", () => {
    expect(
      lineAfter(
        { kind: "confirming", of: 3 },
        { ...at("a"), kind: "waiting", status: "idle" },
        { ...at("b"), kind: "confirmed", evaluatedCount: 1, previousCount: 1, reachedBefore: 1 },
      ),
    ).toBe("Waiting for reach 1 of 3 · confirmed 1 · 1m 03s");
  });
});
