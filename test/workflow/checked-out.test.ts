import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import {
  type ActionWorld,
  AFTER,
  bodies,
  endWorlds,
  filesOf,
  ONE,
  planOn,
  propose,
  worldHere,
} from "../support/github/action-world.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import {
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from "../support/runner/events.ts";

afterEach(endWorlds);

/** A check-out without git that says by its folder which commit it is of. */
const checkedOut = (commit: string) => ({ ".git/HEAD": `${commit}\n` });

/** A pull request whose run finds the base checked out, as `pull_request_target` has it. */
async function onTheBase(headRepository: "same" | "fork") {
  const world = await worldHere([ONE]);
  const base = world.github.tip("main");
  const files = { ...filesOf([ONE]), ...checkedOut(base) };
  const number = world.github.addPullRequest({ headRepository, commits: [{ files }] });
  return { world, number };
}

const onTarget = ({ github, step }: ActionWorld, number: number, command: string) =>
  step(github.head(number), pullRequestEvent(github, number, { name: "pull_request_target" }), { command });

describe("something else is checked out than the event is about", () => {
  test("plan fails and names ref, instead of saying that nothing is to change", async () => {
    const { world, number } = await onTheBase("same");
    const run = await onTarget(world, number, "plan");
    expect(run.code).toBe(3);
    expect(run.outputs).toMatchObject({ "failure-reason": "invalid-files", planned: "false", changes: "" });
    expect(run.annotations("error").map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /is not the head of pull request.*ref must be github\.event\.pull_request\.head\.sha/,
      ),
    ]);
    expect(bodies(world, number)[0]).toContain("### No plan: the run could not begin");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("validate fails too: it would check other files", async () => {
    const { world, number } = await onTheBase("same");
    const run = await onTarget(world, number, "validate");
    expect(run.outputs["failure-reason"]).toBe("invalid-files");
    expect(run.log).toContain("ref of actions/checkout");
  });

  test("from a fork it is a warning: to check out its files beside secrets is not asked of anybody", async () => {
    const { world, number } = await onTheBase("fork");
    const run = await onTarget(world, number, "plan");
    expect(run.code).toBe(0);
    expect(run.annotations("warning").map(({ message }) => message)).toEqual([
      expect.stringContaining("is not the head of pull request"),
    ]);
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test.each(["plan", "drift"])("%s of a push: a later commit", async (command) => {
    const world = await worldHere([ONE]);
    const before = world.github.tip("main");
    const after = world.github.addCommit({ files: filesOf([ONE]) });
    const later = world.github.addCommit({ files: checkedOut("c".repeat(40)) });
    const run = await world.step(later, pushEvent(world.github, { before, after }), { command });
    expect(run.outputs["failure-reason"]).toBe("invalid-files");
    expect(await world.sandbox.requests()).toEqual([]);
  });

  test("drift by hand: a branch that is not merged", async () => {
    const world = await worldHere([ONE]);
    const topic = "c".repeat(40);
    const ref = world.github.addCommit({ branch: "topic", files: checkedOut(topic) });
    const run = await world.step(ref, workflowDispatchEvent(world.github), { command: "drift" });
    expect(run.outputs["failure-reason"]).toBe("invalid-files");
    expect(run.log).toContain("ref of actions/checkout");
    expect(await world.sandbox.requests()).toEqual([]);
    expect(world.github.issues()).toEqual([]);
  });

  test("a merge group: its base", async () => {
    const world = await worldHere([ONE]);
    const baseSha = world.github.tip("main");
    const headSha = world.github.addCommit({ branch: "queue", files: checkedOut(baseSha) });
    const run = await world.step(headSha, mergeGroupEvent(world.github, { headSha, baseSha }), {
      command: "plan",
    });
    expect(run.outputs["failure-reason"]).toBe("invalid-files");
  });
});

test("a nightly drift may find what was merged since it began: it looks at that", async () => {
  const world = await worldHere([ONE]);
  await world.sandbox.edit(ONE.id, { audience: AFTER });
  const event = scheduleEvent(world.github);
  const later = world.github.addCommit({ files: filesOf([ONE]) });
  const workspace = makeWorkspace({ ...world.github.checkout(later), ...checkedOut(later) });
  onTestFinished(workspace.remove);
  const run = await world.step(later, event, { command: "drift" }, { workspace: workspace.path });
  expect(run.outputs).toMatchObject({ "failure-reason": "", changes: "false", "in-sync": "1" });
});

/** From now on, until the test ends, no program is found. */
function withoutPrograms(): void {
  const { PATH } = process.env;
  process.env.PATH = "/nonexistent";
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
}

async function goesOnWithNotice(begin: () => void): Promise<void> {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  begin();
  const run = await planOn(world, number);
  expect({ code: run.code, planned: run.outputs.planned }).toEqual({ code: 0, planned: "true" });
  const notices = run.annotations("notice").map(({ message }) => message);
  expect(notices.filter((text) => text.includes("nobody can tell whether what is checked out"))).toHaveLength(
    1,
  );
}

test("nobody can tell, since it is no repository: the run goes on, with a notice", () =>
  goesOnWithNotice(() => {}));

test("nobody can tell, since there is no git: the run goes on, with a notice", () =>
  goesOnWithNotice(withoutPrograms));
