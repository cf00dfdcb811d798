import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSession } from "../../../../src/cli/terminal/session.ts";
import { showProgress } from "../../../../src/cli/terminal/show-progress.ts";
import type { ProgressEvent } from "../../../../src/domain/ports.ts";
import { fakeClock } from "../../../support/api/fake-api.ts";
import { screenModel } from "../../../support/program/screen-model.ts";

const WAITING: ProgressEvent = {
  campaignId: "c1",
  name: "A name longer than the terminal is wide",
  kind: "waiting",
  status: "pending",
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal of this width, and what is seen on it. */
function terminal(columns: number, env: Readonly<Record<string, string>>, isQuiet = false) {
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
  const manner = { colour: "auto", isQuiet, isDebug: false } as const;
  return { screen, session: openSession(process as unknown as NodeJS.Process, env, manner) };
}

test("case 77: on a dumb terminal there is no colour, and each event is one plain line", () => {
  const { screen, session } = terminal(80, { TERM: "dumb" });
  expect(session.stderr.style.red("x")).toBe("x");
  const progress = showProgress(session.asides, fakeClock());
  progress.onEvent(WAITING);
  progress.stop();
  expect(screen.lines()).toEqual([`${WAITING.name} (c1): waiting for reach: pending`]);
});

test("case 77: on a terminal of 20 columns the live lines fit into the width, and go away at the end", () => {
  const { screen, session } = terminal(20, { TERM: "xterm" });
  expect(session.stderr.style.red("x")).not.toBe("x");
  const progress = showProgress(session.asides, fakeClock());
  progress.onEvent(WAITING);
  expect(screen.lines()).toEqual(["     0s  pending  A…"]);
  progress.stop();
  expect(screen.lines()).toEqual([""]);
});

test("messages of a run stay while live lines are drawn anew, in a window that becomes narrower too", () => {
  const { screen, session } = terminal(60, { TERM: "xterm" });
  const progress = showProgress(session.asides, fakeClock());
  progress.onEvent(WAITING);
  session.stderr.write("warning: heard\n");
  vi.advanceTimersByTime(1_000);
  screen.resize(25, "reflows");
  vi.advanceTimersByTime(1_000);
  session.stderr.write("Interrupted\n");
  vi.advanceTimersByTime(1_000);
  expect(screen.lines()).toEqual(["warning: heard", "Interrupted", "     0s  pending  A name…"]);
  progress.stop();
  // What comes late draws nothing below the report.
  progress.onEvent(WAITING);
  vi.advanceTimersByTime(1_000);
  expect(screen.lines()).toEqual(["warning: heard", "Interrupted"]);
});

test("a result on the same terminal takes the place of the live lines", () => {
  const { screen, session } = terminal(60, { TERM: "xterm" });
  const progress = showProgress(session.asides, fakeClock());
  progress.onEvent(WAITING);
  session.stdout.write("Apply: 1 applied\n");
  expect(screen.lines()).toEqual(["Apply: 1 applied"]);
  progress.stop();
  expect(screen.lines()).toEqual(["Apply: 1 applied"]);
});

test("with --quiet there is no progress, and warnings are told", () => {
  const { screen, session } = terminal(80, { TERM: "xterm" }, true);
  const progress = showProgress(session.asides, fakeClock());
  progress.onEvent(WAITING);
  session.stderr.write("warning: heard\n");
  vi.advanceTimersByTime(1_000);
  expect(screen.lines()).toEqual(["warning: heard"]);
  progress.stop();
});

test("a terminal that does not know its size is taken for one of 80 columns and 24 rows", () => {
  const stream = { isTTY: true, columns: 0, rows: 0, write: () => true };
  const process = { cwd: () => "/", stdin: { isTTY: true }, stdout: stream, stderr: stream };
  const manner = { colour: "auto", isQuiet: false, isDebug: false } as const;
  const { stderr } = openSession(process as unknown as NodeJS.Process, {}, manner);
  expect([stderr.width(), stderr.height()]).toEqual([80, 24]);
});
