import { describe, expect, test } from "vitest";
import type { Rewrite } from "../../../../../src/github/api/comments/rewrite-comment.ts";
import { decodeHeader, encodeHeader } from "../../../../../src/github/review/comment-header.ts";
import type { CommentHeader, ReviewedChange } from "../../../../../src/github/run/model.ts";
import { type Connected, connected, count, found, TARGET } from "../../../../support/github/connected.ts";
import { justBefore } from "../../../../support/github/just-before.ts";
import { binding, campaignId } from "../../../../support/samples/bindings.ts";

const BOT = "github-actions[bot]";
const COMMENT = /issues\/comments\/\d+$/;

const changeOf = (number: number): ReviewedChange => ({
  campaignId: campaignId(number),
  before: binding([1]),
  after: binding([2]),
});

/** A comment in whose plan these campaigns are open. */
function bodyOf(numbers: readonly number[], commit = "a".repeat(40)): string {
  const header: CommentHeader = {
    target: TARGET.key,
    commit,
    state: numbers.length === 0 ? "applied" : "planned",
    reviewed: { kind: "changes", changes: numbers.map(changeOf) },
  };
  return `${encodeHeader(header)}\nOpen: ${numbers.join()}`;
}

/** What a run says that has applied one campaign. */
const applied =
  (number: number): Rewrite =>
  ({ header }) => {
    const { reviewed } = header;
    if (reviewed.kind !== "changes") throw new Error("Not changes.");
    const left = [1, 2, 3].filter(
      (each) => each !== number && reviewed.changes.some((change) => change.campaignId === campaignId(each)),
    );
    const body = bodyOf(left);
    const next = decodeHeader(body, TARGET.key);
    if (next === null) throw new Error("No header.");
    return left.length === reviewed.changes.length ? null : { body, header: next };
  };

async function withComment(numbers: readonly number[]) {
  const all = await connected();
  const pull = all.fake.addPullRequest();
  all.fake.addComment(pull, { author: BOT, body: bodyOf(numbers) });
  const comment = await found(all.github.findPlanComment(pull, TARGET));
  return { ...all, pull, comment };
}

/** Does something once, in the pause before a run looks again. */
function inPause({ clock }: Connected, act: () => void): void {
  const { sleep } = clock;
  let isDone = false;
  Object.assign(clock, {
    sleep: async (...args: Parameters<typeof sleep>) => {
      await sleep(...args);
      if (!isDone && args[0] === 2_000) {
        isDone = true;
        act();
      }
    },
  });
}

test("what stands there by now is what is written on", async () => {
  const { fake, github, pull, comment, warnings } = await withComment([1, 2, 3]);
  fake.editComment(comment.id, { by: BOT, body: bodyOf([1, 3]) });
  expect(await github.rewritePlanComment(comment, applied(1))).toEqual({ url: comment.url, isOpen: true });
  expect(fake.comments(pull).map(({ body }) => body)).toEqual([bodyOf([3])]);
  expect(warnings).toEqual([]);
});

test("another run wrote what it had read before: written again", async () => {
  const all = await withComment([1, 2]);
  inPause(all, () => all.fake.editComment(all.comment.id, { by: BOT, body: bodyOf([1]) }));
  await all.github.rewritePlanComment(all.comment, applied(1));
  await all.github.lookAgain(all.comment, applied(1));
  expect(all.fake.comments(all.pull).map(({ body }) => body)).toEqual([bodyOf([])]);
  expect(count(all.fake, "PATCH", COMMENT)).toBe(2);
});

test("the other run goes on writing: looked at three times more, not for ever", async () => {
  const all = await withComment([1, 2]);
  const { sleep } = all.clock;
  Object.assign(all.clock, {
    sleep: async (...args: Parameters<typeof sleep>) => {
      await sleep(...args);
      all.fake.editComment(all.comment.id, { by: BOT, body: bodyOf([1, 2]) });
    },
  });
  await all.github.rewritePlanComment(all.comment, applied(1));
  await all.github.lookAgain(all.comment, applied(1));
  expect(count(all.fake, "PATCH", COMMENT)).toBe(4);
});

test("nothing is asked where nothing is to be written", async () => {
  const { fake, github, comment } = await withComment([2]);
  fake.forgetRequests();
  expect(await github.rewritePlanComment(comment, applied(1))).toEqual({ url: comment.url, isOpen: false });
  expect(fake.requests).toEqual([]);
});

test("the look afterwards fails: a notice, since all is written", async () => {
  const all = await withComment([1, 2]);
  inPause(all, () => all.fake.forbid("issues/get-comment"));
  await all.github.rewritePlanComment(all.comment, applied(1));
  await all.github.lookAgain(all.comment, applied(1));
  expect(all.notices.join()).toMatch(/looked again at .*403/);
});

describe("left alone, and told", () => {
  test.each<[string, (all: Awaited<ReturnType<typeof withComment>>) => void, RegExp]>([
    ["deleted", ({ fake, comment }) => fake.deleteComment(comment.id), /was deleted while apply ran/],
    [
      "edited by a maintainer",
      ({ fake, comment }) =>
        fake.editComment(comment.id, { by: "maintainer", body: `${comment.body}\nSTOP` }),
      /Somebody else edited .* while apply ran/,
    ],
    [
      "of another plan by now",
      ({ fake, comment }) => fake.editComment(comment.id, { by: BOT, body: bodyOf([1], "b".repeat(40)) }),
      /holds another plan by now/,
    ],
    [
      "pointing to another comment by now",
      ({ fake, comment }) =>
        fake.editComment(comment.id, { by: BOT, body: "What counts is in the older one." }),
      /holds another plan by now/,
    ],
  ])("%s", async (_, act, expected) => {
    const all = await withComment([1, 2]);
    act(all);
    const before = all.fake.comments(all.pull).map(({ body }) => body);
    expect(await all.github.rewritePlanComment(all.comment, applied(1))).toBe("left alone");
    expect(all.fake.comments(all.pull).map(({ body }) => body)).toEqual(before);
    expect(all.warnings).toEqual([expect.stringMatching(expected)]);
  });

  test("deleted between the last look and the edit", async () => {
    const { fake, github, comment, pull } = await withComment([1, 2]);
    justBefore(fake, "issues/update-comment", () => fake.deleteComment(comment.id));
    expect(await github.rewritePlanComment(comment, applied(1))).toBe("left alone");
    expect(fake.comments(pull)).toEqual([]);
  });
});

test("without the permission: forbidden, and a warning that what stands there is out of date", async () => {
  const { fake, github, comment, warnings } = await withComment([1, 2]);
  fake.forbid("issues/update-comment");
  expect(await github.rewritePlanComment(comment, applied(1))).toBe("forbidden");
  expect(warnings).toEqual([expect.stringMatching(/pull-requests: write.* is out of date\.$/)]);
});
