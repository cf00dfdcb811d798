import { describe, expect, test } from "vitest";
import {
  noteAlerts,
  noteBlock,
  notedIn,
  withNote,
  withoutNote,
} from "../../../../../src/github/page/shown/plan-note.ts";

const BODY = "<!-- hidden -->\n### 2 campaigns change\n\n> [!CAUTION]\n> **x**: y\n\nText";
const beside = (number: number, ...names: readonly string[]) =>
  ({ kind: "beside", of: `#${number}`, names }) as const;
const past = (of: string, ...names: readonly string[]) => ({ kind: "before", of, names }) as const;

/** A body that a note finds room in. */
function noted(body: string, note: Parameters<typeof withNote>[1]): string {
  const text = withNote(body, note);
  if (text === null) throw new Error("There is no room.");
  return text;
}

describe("a note in a comment", () => {
  test("stands below the headline, those of a kind together", () => {
    const two = noted(noted(BODY, beside(7, "Spring")), beside(12, "Gold", "Spring"));
    expect(two).toBe(
      [
        "<!-- hidden -->\n### 2 campaigns change",
        "> [!NOTE]\n> **Also planned in #7**: Spring. Whichever is merged second needs a new plan, or is refused.\\\n> **Also planned in #12**: Gold, Spring. Whichever is merged second needs a new plan, or is refused.",
        "> [!CAUTION]\n> **x**: y",
        "Text",
      ].join("\n\n"),
    );
    expect(notedIn(two, "beside")).toEqual(new Set(["#7", "#12"]));
    expect(notedIn(two, "before")).toEqual(new Set());
  });

  test("takes the place of the one of the same pull request", () => {
    const again = noted(noted(BODY, beside(7, "Spring")), beside(7, "Gold"));
    expect(again).toBe(noted(BODY, beside(7, "Gold")));
  });

  test("is taken away, and nothing else", () => {
    const seven = noted(BODY, beside(7, "Spring"));
    expect(withoutNote(noted(seven, beside(12, "Gold")), beside(12))).toBe(seven);
    expect(withoutNote(seven, beside(7))).toBe(BODY);
    expect(withoutNote(seven, beside(70))).toBe(seven);
    expect(withoutNote(seven, past("#7"))).toBe(seven);
  });

  test("names a commit as well as a pull request", () => {
    const marked = noted(BODY, past("commit abc1234", "Spring"));
    expect(notedIn(marked, "before")).toEqual(new Set(["commit abc1234"]));
    expect(noteBlock(marked, "before")).toBe(
      "> [!WARNING]\n> **Planned before commit abc1234 was applied**: Spring. Run the plan again, or what differs by now is refused.",
    );
    expect(noteBlock(BODY, "before")).toBe("");
  });

  test("has no room in a body that is full", () => {
    expect(withNote(BODY.padEnd(65_450), beside(7, "Spring"))).toBeNull();
  });

  test("names that are hostile or long fake no note and take little room", () => {
    const hostile = noted(BODY, beside(7, "**: \n> **Also planned in #9**: x", "y".repeat(9_000)));
    expect(notedIn(hostile, "beside")).toEqual(new Set(["#7"]));
    expect(hostile.length).toBeLessThan(BODY.length + 600);
  });
});

test("a plan's own notes: what is past comes first", () => {
  const alerts = noteAlerts([beside(7, "Spring"), past("#3", "Gold"), beside(8, "Gold")]);
  expect(alerts.map((alert) => alert.split("\n")[0])).toEqual(["> [!WARNING]", "> [!NOTE]"]);
  expect(noteAlerts([])).toEqual([]);
});
