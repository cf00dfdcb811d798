import { expect, test } from "vitest";
import { openSession } from "../../../src/cli/session.ts";
import { showProgress } from "../../../src/cli/show-progress.ts";
import type { ProgressEvent } from "../../../src/ports.ts";
import { displayWidth } from "../../../src/render/width.ts";
import { fakeClock } from "../../support/fake-api.ts";

const WAITING: ProgressEvent = {
  campaignId: "c1",
  name: "A name longer than the terminal is wide",
  kind: "waiting",
  status: "pending",
};

/** A terminal of this width, and everything that is written on it. */
function terminal(columns: number, env: Readonly<Record<string, string>>) {
  const written: string[] = [];
  const stream = { isTTY: true, columns, rows: 24, write: (text: string) => written.push(text) };
  const process = { cwd: () => "/", env, stdin: { isTTY: true }, stdout: stream, stderr: stream };
  return { written, session: openSession(process as unknown as NodeJS.Process, "auto") };
}

test("case 77: on a dumb terminal there is no colour, and each event is one plain line", () => {
  const { written, session } = terminal(20, { TERM: "dumb" });
  expect(session.stderr.style.red("x")).toBe("x");
  const progress = showProgress(session.stderr, fakeClock());
  progress.onEvent(WAITING);
  progress.stop();
  expect(written).toEqual([`${WAITING.name} (c1): waiting for reach: pending\n`]);
});

test("case 77: on a terminal of 20 columns the live lines fit into the width, and go away at the end", () => {
  const { written, session } = terminal(20, { TERM: "xterm" });
  expect(session.stderr.style.red("x")).not.toBe("x");
  const progress = showProgress(session.stderr, fakeClock());
  progress.onEvent(WAITING);
  const [drawn = ""] = written;
  expect(drawn.split("\n").map(displayWidth)).toEqual([20, 0]);
  progress.stop();
  expect(written.at(-1)).toBe("\u001b[1A\u001b[J");
});
