import { afterEach, describe, expect, test } from "vitest";
import {
  bodies,
  endWorlds,
  mergeAndApply,
  ONE,
  planOn,
  propose,
  puts,
  worldOf,
} from "../support/action-world.ts";
import type { FakeGitHub } from "../support/fake-github/server.ts";

afterEach(endWorlds);

/** Does something at the very moment at which the token is about to do an operation. */
function before({ world }: FakeGitHub, operation: string, act: () => void): void {
  const { forbidden } = world;
  const has = forbidden.has.bind(forbidden);
  let isDone = false;
  forbidden.has = (asked) => {
    if (asked === operation && !isDone) {
      isDone = true;
      act();
    }
    return has(asked);
  };
}

describe("where GraphQL is refused", () => {
  test.each([
    ["nobody ever edited", false, { code: 0, puts: [ONE.id] }],
    ["somebody edited", true, { code: 7, puts: [] }],
  ])("a comment that %s", async (_, isEdited, expected) => {
    const world = await worldOf([ONE]);
    const number = propose(world, [ONE]);
    world.github.forbid("repos/get-content");
    await planOn(world, number);
    world.github.allow("repos/get-content");
    const [comment] = world.github.comments(number);
    if (comment === undefined) throw new Error("There is no comment.");
    if (isEdited) {
      world.github.editComment(comment.id, { by: "mallory", body: comment.body });
      comment.updatedAt += 60_000;
    }
    world.github.forbid("graphql");
    const run = await mergeAndApply(world, number);
    expect({ code: run.code, puts: await puts(world) }).toEqual(expected);
    const notices = run.annotations("notice").map(({ message }) => message);
    expect(notices.filter((text) => text.includes("Nobody can tell who edited"))).toHaveLength(
      isEdited ? 1 : 0,
    );
  });
});

test("the look after the first comment fails: a notice, and the plan is told", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  before(world.github, "issues/create-comment", () =>
    world.github.failNext(
      { kind: "refusal", status: 422, message: "Not now" },
      { operation: "issues/list-comments" },
    ),
  );
  const run = await planOn(world, number);
  expect({ code: run.code, told: bodies(world, number).length }).toEqual({ code: 0, told: 1 });
  expect(run.outputs["comment-url"]).toContain(`#issuecomment-${world.github.comments(number)[0]?.id}`);
  expect(
    run
      .annotations("notice")
      .map(({ message }) => message)
      .join(),
  ).toContain("Not now");
});
