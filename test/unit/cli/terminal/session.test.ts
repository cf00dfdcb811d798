import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSession } from "../../../../src/cli/terminal/session.ts";
import { showProgress } from "../../../../src/cli/terminal/show-progress.ts";
import type { Clock, ProgressEvent } from "../../../../src/domain/ports.ts";
import { screenModel } from "../../../support/program/screen-model.ts";

const READING: ProgressEvent = { kind: "reading", read: 64, of: 124 };
const WRITTEN: ProgressEvent = { kind: "written", campaignId: "c1", name: "Spring" };

/** The time of the timers that are played. */
const CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => Date.now(),
  sleep: () => Promise.reject(new Error("Nobody sleeps here.")),
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal of this width, and what is seen on it. */
function terminal(
  columns: number,
  env: Readonly<Record<string, string>>,
  { isQuiet = false, progress = "auto" as "auto" | "json" | "none" } = {},
) {
  const screen = screenModel(columns, 24);
  const stream = {
    isTTY: true,
    get columns() {
      return screen.columns;
    },
    rows: 24,
    write: screen.write,
  };
  const process = { cwd: () => "/", stdin: { isTTY: true }, stdout: stream, stderr: stream };
  const manner = { colour: "auto", isQuiet, isDebug: false, progress } as const;
  return { screen, session: openSession(process as unknown as NodeJS.Process, env, manner) };
}

test("case 77: on a dumb terminal there is no colour, news are plain lines, and one every ten seconds says how far it is", () => {
  const { screen, session } = terminal(80, { TERM: "dumb" });
  expect(session.stderr.style.red("x")).toBe("x");
  const progress = showProgress(session, CLOCK);
  progress.onEvent(READING);
  progress.onEvent(WRITTEN);
  vi.advanceTimersByTime(10_000);
  progress.stop();
  vi.advanceTimersByTime(60_000);
  expect(screen.lines()).toEqual([
    "Spring (c1): audiences replaced and read back",
    "Reading 64 of 124 · 10s",
  ]);
});

test("case 77: on a terminal of 20 columns the live line fits into the width, and goes away at the end", () => {
  const { screen, session } = terminal(20, { TERM: "xterm" });
  expect(session.stderr.style.red("x")).not.toBe("x");
  const progress = showProgress(session, CLOCK);
  progress.onEvent(READING);
  vi.advanceTimersByTime(900);
  expect(screen.lines()).toEqual([""]);
  vi.advanceTimersByTime(200);
  expect(screen.lines()).toEqual(["Reading 64 of 124 ·…"]);
  progress.stop();
  expect(screen.lines()).toEqual([""]);
});

test("the time before the first event, such as that of a question, counts for nothing", () => {
  for (const TERM of ["xterm", "dumb"]) {
    const { screen, session } = terminal(80, { TERM });
    const progress = showProgress(session, CLOCK);
    vi.advanceTimersByTime(60_000);
    progress.onEvent(READING);
    vi.advanceTimersByTime(900);
    expect(screen.lines()).toEqual([""]);
    vi.advanceTimersByTime(9_350);
    expect(screen.lines().join("")).toContain("Reading 64 of 124 · 10s");
    progress.stop();
  }
});

test("messages of a run stay while the live line is drawn anew, in a window that becomes narrower too", () => {
  const { screen, session } = terminal(60, { TERM: "xterm" });
  const progress = showProgress(session, CLOCK);
  progress.onEvent(READING);
  vi.advanceTimersByTime(1_000);
  session.stderr.write("warning: heard\n");
  screen.resize(15, "reflows");
  vi.advanceTimersByTime(1_000);
  progress.onEvent(WRITTEN);
  vi.advanceTimersByTime(1_000);
  expect(screen.lines().join("\n")).toMatch(/^warning: heard\nSpring: audien(?:.|\n)*\nReading 64 of …$/);
  progress.stop();
  // What comes late draws nothing below the report.
  progress.onEvent(READING);
  vi.advanceTimersByTime(1_000);
  expect(screen.lines().join("\n")).not.toContain("Reading");
});

test("a result on the same terminal takes the place of the live line", () => {
  const { screen, session } = terminal(60, { TERM: "xterm" });
  const progress = showProgress(session, CLOCK);
  progress.onEvent(READING);
  vi.advanceTimersByTime(1_000);
  session.stdout.write("Apply: 1 applied\n");
  expect(screen.lines()).toEqual(["Apply: 1 applied"]);
  progress.stop();
  expect(screen.lines()).toEqual(["Apply: 1 applied"]);
});

test.each([{ isQuiet: true }, { progress: "none" as const }])(
  "there is no progress, and warnings are told: %j",
  (manner) => {
    for (const TERM of ["xterm", "dumb"]) {
      const { screen, session } = terminal(80, { TERM }, manner);
      const progress = showProgress(session, CLOCK);
      progress.onEvent(READING);
      progress.onEvent(WRITTEN);
      session.stderr.write("warning: heard\n");
      vi.advanceTimersByTime(20_000);
      expect(screen.lines()).toEqual(["warning: heard"]);
      progress.stop();
    }
  },
);

test("as JSON each event is a line, with --quiet too; how many are read is told once a second, and at the end", () => {
  const { screen, session } = terminal(200, { TERM: "xterm" }, { isQuiet: true, progress: "json" });
  vi.setSystemTime(0);
  const progress = showProgress(session, CLOCK);
  for (const read of [1, 2, 3]) progress.onEvent({ kind: "reading", read, of: 5 });
  vi.advanceTimersByTime(1_000);
  for (const read of [4, 5]) progress.onEvent({ kind: "reading", read, of: 5 });
  vi.setSystemTime(1_000);
  for (const counted of [0, 1]) progress.onEvent({ kind: "counting", counted, of: 1 });
  progress.onEvent(WRITTEN);
  progress.stop();
  vi.advanceTimersByTime(60_000);
  expect(screen.lines()).toEqual([
    '{"at":"1970-01-01T00:00:00.000Z","event":"reading","read":1,"of":5}',
    '{"at":"1970-01-01T00:00:01.000Z","event":"reading","read":4,"of":5}',
    '{"at":"1970-01-01T00:00:01.000Z","event":"reading","read":5,"of":5}',
    '{"at":"1970-01-01T00:00:01.000Z","event":"counting","counted":0,"of":1}',
    '{"at":"1970-01-01T00:00:01.000Z","event":"counting","counted":1,"of":1}',
    '{"at":"1970-01-01T00:00:01.000Z","event":"written","campaignId":"c1","name":"Spring"}',
  ]);
});

test("a terminal that does not know its size is taken for one of 80 columns", () => {
  const stream = { isTTY: true, columns: 0, rows: 0, write: () => true };
  const process = { cwd: () => "/", stdin: { isTTY: true }, stdout: stream, stderr: stream };
  const manner = { colour: "auto", isQuiet: false, isDebug: false, progress: "auto" } as const;
  const { stderr } = openSession(process as unknown as NodeJS.Process, {}, manner);
  expect(stderr.width()).toBe(80);
});
