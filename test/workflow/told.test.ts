import { afterEach, describe, expect, test } from "vitest";
import { decodeHeader, visiblePart } from "../../src/github/review/comment-header.ts";
import { planKeyOf } from "../../src/github/review/marker.ts";
import {
  type ActionWorld,
  BEFORE,
  bodies,
  dispatch,
  endWorlds,
  mendRefused,
  mergeAndApply,
  ONE,
  planOn,
  propose,
  puts,
  REFUSED,
  TWO,
  worldHere,
  worldWithRefused,
} from "../support/github/action-world.ts";
import { justBefore } from "../support/github/just-before.ts";

afterEach(endWorlds);

/** The state that the only comment of a pull request has in its hidden line. */
function stateOf(world: ActionWorld, number: number) {
  const [body = ""] = bodies(world, number);
  return decodeHeader(body, planKeyOf(body) ?? "")?.state;
}

/** How often a comment was edited since the requests were forgotten. */
const edits = ({ github }: ActionWorld) => github.requests.filter(({ method }) => method === "PATCH").length;

describe("what is left is written by what the comment says by then", () => {
  test.each<[string, RegExp, (world: ActionWorld, id: number) => void, number]>([
    [
      "edited by a maintainer",
      /Somebody else edited .* while apply ran/,
      ({ github }, id) => {
        const { body } = github.world.comments.get(id) ?? {};
        github.editComment(id, { by: "maintainer", body: `${body}\n\nSTOP` });
      },
      1,
    ],
    ["deleted", /was deleted while apply ran/, ({ github }, id) => github.deleteComment(id), 0],
  ])("%s while apply runs: left alone, and it authorises nothing any more", async (_, warning, act, left) => {
    const world = await worldWithRefused(worldHere);
    const number = propose(world, [ONE, REFUSED]);
    await planOn(world, number);
    const [comment] = world.github.comments(number);
    justBefore(world.github, "issues/get-comment", () => act(world, comment?.id ?? 0));
    const run = await mergeAndApply(world, number);
    expect(
      run
        .annotations("warning")
        .map(({ message }) => message)
        .join(),
    ).toMatch(warning);
    expect(bodies(world, number)).toHaveLength(left);
    for (const body of bodies(world, number)) expect(body).toMatch(/Plan: 2 to change[\s\S]*STOP/);
    const written = await puts(world);
    await mendRefused(world);
    expect((await dispatch(world)).code).toBe(7);
    expect(await puts(world)).toEqual(written);
  });
});

describe("a plan that stays open", () => {
  test("is not written again by every later push, and has no result of another pull request", async () => {
    const world = await worldHere([ONE, TWO]);
    const locked = propose(world, [ONE, { ...TWO, desired: BEFORE }]);
    await planOn(world, locked);
    await world.sandbox.edit(ONE.id, { authoringStatus: "scheduled" });
    await mergeAndApply(world, locked);
    const [body] = bodies(world, locked);
    const other = propose(world, [ONE, TWO]);
    await planOn(world, other);
    world.github.forgetRequests();
    expect((await mergeAndApply(world, other)).code).toBe(0);
    expect(bodies(world, locked)).toEqual([body]);
    expect(bodies(world, other)[0]).toContain("Apply: 1 applied, 0 unchanged, 1 skipped");
    const edited = edits(world);
    await world.sandbox.edit(ONE.id, { authoringStatus: "draft" });
    expect((await dispatch(world)).code).toBe(0);
    expect(edits(world) - edited).toBe(1);
    expect(bodies(world, locked)[0]).toContain("Apply: 1 applied, 0 unchanged, 0 skipped");
  });
});

test("a comment that says `No plan` goes on saying so, and is closed", async () => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  await planOn(world, number, { token: "" });
  const shown = (body = "") => visiblePart(body);
  const told = shown(bodies(world, number)[0]);
  expect(told).toContain("### No plan");
  expect((await mergeAndApply(world, number)).code).toBe(7);
  expect(shown(bodies(world, number)[0])).toBe(told);
  expect(stateOf(world, number)).toBe("applied");
});

describe("where GraphQL is refused", () => {
  test.each([
    ["nobody ever edited", false, { code: 0, puts: [ONE.id] }],
    ["somebody edited", true, { code: 7, puts: [] }],
  ])("a comment that %s", async (_, isEdited, expected) => {
    const world = await worldHere([ONE]);
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
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  justBefore(world.github, "issues/create-comment", () =>
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

test("an apply that leaves nothing asks for our open issues, before and after, however many others there are", async () => {
  const world = await worldHere([ONE]);
  for (let index = 0; index < 250; index += 1)
    world.github.addIssue({ author: "somebody", title: `Other ${index}` });
  const number = propose(world, [ONE]);
  await planOn(world, number);
  world.github.forgetRequests();
  expect((await mergeAndApply(world, number)).code).toBe(0);
  const asked = world.github.requests.filter(({ path }) => path.endsWith("/issues"));
  const ours = expect.objectContaining({ creator: world.github.login, state: "open" });
  expect(asked.map(({ query }) => query)).toEqual([ours, ours]);
});
