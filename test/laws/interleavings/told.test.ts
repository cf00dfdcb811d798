import { expect, test } from "vitest";
import type { ReviewWorld } from "../../support/interleaving/review-world.ts";
import { EDITED, LAST, LIVE, NARROW, OTHER, playedIn, WIDE } from "../../support/interleaving/scenarios.ts";

const beside = (number: number) => `**Also planned in #${number}**: Campaign 01`;
const before = (number: number) => `**Planned before #${number} was applied**: Campaign 01`;

/** Requests to GitHub since they were last forgotten, by method. */
const asked = ({ github }: ReviewWorld, method: string) =>
  github.requests.filter((request) => request.method === method && request.path !== "/graphql").length;

test("two open pull requests that plan the same campaign name each other, as long as both do", () =>
  playedIn(async (w) => {
    const a = await w.propose([0, WIDE]);
    expect(w.comment(a)).not.toContain("Also planned");
    const b = await w.propose([0, NARROW]);
    expect(w.comment(b)).toContain(beside(a));
    expect(w.comment(a)).toContain(beside(b));
    const c = await w.propose([0, LAST], [1, WIDE]);
    for (const other of [a, b]) expect(w.comment(c)).toContain(beside(other));
    for (const other of [a, b]) expect(w.comment(other)).toContain(beside(c));
    await w.amend(c, [0, LIVE]);
    for (const other of [a, b]) expect(w.comment(other)).not.toContain(beside(c));
    expect(w.comment(a)).toContain(beside(b));
  }));

test("what is told of another leaves a plan what it was: merged, it is carried out", () =>
  playedIn(async (w) => {
    const a = await w.propose([0, WIDE]);
    const b = await w.propose([0, NARROW]);
    expect(w.comment(a)).toContain(beside(b));
    expect((await w.apply(w.repository.merge(a))).code).toBe(0);
    expect(await w.writes()).toEqual([0]);
    expect(w.comment(b)).toContain(before(a));
    const refused = await w.apply(w.repository.merge(b));
    expect(refused.code).toBe(7);
    expect(w.comment(b)).toMatch(
      /^<!--.*-->\n### Nothing was applied.*\n\n> \[!WARNING\]\n> \*\*Planned before/,
    );
  }));

test("a plan that is made again is no longer of before", () =>
  playedIn(async (w) => {
    const a = await w.propose([0, WIDE]);
    const b = await w.propose([0, NARROW]);
    await w.apply(w.repository.merge(a));
    expect(w.comment(b)).toContain(before(a));
    await w.plan(b);
    expect(w.comment(b)).not.toContain("Planned before");
    expect((await w.apply(w.repository.merge(b))).code).toBe(0);
  }));

test("what nobody reviews any more is left alone: merged, closed, of an older commit, or edited by somebody else", () =>
  playedIn(async (w) => {
    const closed = await w.propose([0, WIDE]);
    w.repository.close(closed);
    const older = await w.propose([0, WIDE]);
    w.repository.extend(older, w.files([0, OTHER]));
    const edited = await w.propose([0, LAST]);
    const [comment] = w.github.comments(edited);
    w.github.editComment(comment?.id ?? 0, { by: "somebody", body: `${comment?.body}\nFine.` });
    const merged = await w.propose([0, EDITED]);
    w.repository.merge(merged);
    const others = [closed, older, edited, merged].map((number) => w.comment(number));
    const b = await w.propose([0, NARROW]);
    expect([closed, older, edited, merged].map((number) => w.comment(number))).toEqual(others);
    expect(w.comment(b)).toContain(beside(edited));
    for (const other of [closed, older, merged]) expect(w.comment(b)).not.toContain(beside(other));
  }));

test("what it costs: one list, one look at each that plans the same, and four requests to tell one", () =>
  playedIn(async (w) => {
    const a = await w.propose([0, WIDE]);
    w.github.forgetRequests();
    await w.plan(a);
    const alone = { get: asked(w, "GET"), patch: asked(w, "PATCH") };
    await w.propose([1, WIDE]);
    w.github.forgetRequests();
    await w.plan(a);
    expect({ get: asked(w, "GET"), patch: asked(w, "PATCH") }).toEqual(alone);
    await w.propose([0, NARROW]);
    w.github.forgetRequests();
    await w.plan(a);
    expect(asked(w, "GET") - alone.get).toBeLessThanOrEqual(3);
    expect(w.github.requests.filter(({ path }) => path.endsWith("/issues/comments"))).toHaveLength(1);
  }));

test("where GitHub does not list comments, the plan is told all the same, with a notice", () =>
  playedIn(async (w) => {
    const a = await w.propose([0, WIDE]);
    w.github.forbid("issues/list-comments-for-repo");
    const run = await w.plan(a);
    expect(run?.code).toBe(0);
    expect(run?.log).toContain("Not all other pull requests");
    expect(w.comment(a)).toContain("Plan: 1 to change");
  }));
