import type { ChildProcess } from "node:child_process";
import { afterEach, describe, expect, test } from "vitest";
import type { Asked } from "../../support/fake-github/failures.ts";
import {
  type ActionWorld,
  endWorlds,
  merged,
  ONE,
  planOn,
  propose,
  worldAround,
} from "../../support/github/action-world.ts";
import { pullRequestEvent, pushEvent, type RunEvent, scheduleEvent } from "../../support/runner/events.ts";

afterEach(endWorlds);

/** Where a step is told to end, and at once again: GitHub refuses this operation and asks for a long pause. */
async function endTwiceAt(
  { github, step }: ActionWorld,
  operation: Asked,
  about: { readonly ref: string; readonly event: RunEvent; readonly command: string },
) {
  github.failNext({ kind: "secondary-limit", status: 403, retryAfterSeconds: 100 }, { operation, times: 99 });
  const onStart = (child: ChildProcess): void => {
    const isWaiting = () => github.requests.some(({ status }) => status === 403);
    const timer = setInterval(() => {
      if (!isWaiting()) return;
      clearInterval(timer);
      child.stdout?.on("data", (text: Buffer) => {
        if (text.includes("Interrupted")) child.kill("SIGTERM");
      });
      child.kill("SIGINT");
    }, 20);
  };
  return step(about.ref, about.event, { command: about.command }, { onStart });
}

const ENDED = expect.stringContaining("The run was ended before its time.");

describe("a second signal leaves outputs, an annotation and a line in the summary", () => {
  test("of a plan that has not read anything yet", async () => {
    const world = await worldAround([ONE]);
    const number = propose(world, [ONE]);
    const event = pullRequestEvent(world.github, number);
    const ref = world.github.head(number);
    const run = await endTwiceAt(world, "issues/list-comments", { ref, event, command: "plan" });
    expect(run.code).toBe(143);
    expect(run.outputs).toMatchObject({ planned: "false", changes: "", "failure-reason": "incomplete" });
    expect(run.annotations("error").map(({ message }) => message)).toEqual([ENDED]);
    expect(run.summary).toEqual(ENDED);
  });

  test("of a plan that could not be told yet: with its figures", async () => {
    const world = await worldAround([ONE]);
    const number = propose(world, [ONE]);
    const event = pullRequestEvent(world.github, number);
    const ref = world.github.head(number);
    const run = await endTwiceAt(world, "issues/create-comment", { ref, event, command: "plan" });
    expect(run.code).toBe(143);
    expect(run.outputs).toMatchObject({
      planned: "true",
      "to-update": "1",
      "failure-reason": "incomplete",
    });
    expect(JSON.parse(run.file("plan-path"))).toMatchObject({ summary: { update: 1 } });
    expect(run.summary).toEqual(ENDED);
  });

  test("of a drift whose issues could not be kept", async () => {
    const world = await worldAround([ONE]);
    const event = scheduleEvent(world.github);
    const run = await endTwiceAt(world, "issues/list-for-repo", { ref: "main", event, command: "drift" });
    expect(run.code).toBe(143);
    expect(run.outputs).toMatchObject({ changes: "false", "failure-reason": "incomplete" });
    expect(run.summary).toEqual(ENDED);
  });
});

test("a cancelled run leaves outputs, report and summary while GitHub makes it wait", async () => {
  const world = await worldAround([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const push = merged(world, number);
  world.github.failNext(
    { kind: "secondary-limit", status: 403, retryAfterSeconds: 100 },
    { operation: "issues/update-comment", times: 9 },
  );
  world.github.forgetRequests();
  const asked = () => world.github.requests.some(({ method }) => method === "PATCH");
  const run = await world.step(
    push.after,
    pushEvent(world.github, push),
    { command: "apply" },
    {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!asked()) return;
          clearInterval(timer);
          child.kill("SIGINT");
        }, 20);
      },
    },
  );
  expect(run.code).toBe(130);
  expect(run.outputs).toMatchObject({ "to-update": "1", "failure-reason": "incomplete" });
  expect(JSON.parse(run.file("report-path"))).toMatchObject({ summary: { applied: 1 } });
  expect(run.summary).toContain("Apply: 1 applied");
});
