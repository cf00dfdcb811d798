import { describe, expect, test } from "vitest";
import { checkCombination } from "../../../../src/action/inputs/combination.ts";
import { parseInputs } from "../../../../src/action/inputs/inputs.ts";
import { UsageError } from "../../../../src/domain/errors.ts";
import type { Trigger } from "../../../../src/github/run/model.ts";

const SHA = "a".repeat(40);
const PULL: Trigger = {
  kind: "pull-request",
  number: 7,
  headSha: SHA,
  baseSha: SHA,
  baseRef: "main",
  isFork: false,
};
const FORK: Trigger = { ...PULL, isFork: true };
const PUSH: Trigger = { kind: "push", before: SHA, after: SHA, isForced: false, branch: "main" };
const TAG: Trigger = { ...PUSH, branch: null };
const GROUP: Trigger = { kind: "merge-group", headSha: SHA, baseSha: SHA, baseRef: "main" };
const NIGHT: Trigger = { kind: "other", event: "schedule", sha: SHA, branch: "main" };
const HAND: Trigger = { kind: "other", event: "workflow_dispatch", sha: SHA, branch: "main" };
const TALK: Trigger = { kind: "other", event: "issue_comment", sha: SHA, branch: "main" };

function check(given: Readonly<Record<string, string>>, trigger: Trigger): void {
  const withToken: Readonly<Record<string, string>> = { "github-token": "gh", ...given };
  checkCombination(
    parseInputs((name) => withToken[name] ?? "", {}),
    trigger,
  );
}

const UNREVIEWED = { command: "apply", "require-reviewed-plan": "false" };

describe("refused", () => {
  test.each([
    ["apply on a pull request", { command: "apply" }, PULL, /before it is merged/],
    ["apply on a pull request, even without a review", UNREVIEWED, PULL, /before it is merged/],
    ["apply on a pull request of a fork", { command: "apply" }, FORK, /before it is merged/],
    ["apply in a merge queue", UNREVIEWED, GROUP, /merge group/],
    [
      "a reviewed apply without comments",
      { command: "apply", comment: "never" },
      PUSH,
      /kept in the comment/,
    ],
    ["a reviewed apply without a token", { command: "apply", "github-token": "" }, PUSH, /github-token/],
    ["a reviewed apply of a tag", { command: "apply" }, TAG, /needs a branch/],
    ["a comment without a token", { command: "plan", "github-token": "" }, PULL, /github-token/],
    ["drift on a pull request", { command: "drift" }, PULL, /what is merged/],
    ["drift in a merge queue", { command: "drift" }, GROUP, /what is merged/],
    ["drift without a token", { command: "drift", "github-token": "" }, NIGHT, /github-token/],
    [
      "rules for validate",
      { command: "validate", allow: "freeze" },
      PULL,
      /for plan and apply, and this is validate/,
    ],
    [
      "rules for drift",
      { command: "drift", allow: "freeze" },
      NIGHT,
      /for plan and apply, and this is drift/,
    ],
    ["validate of a shard", { command: "validate", shard: "1/3" }, PULL, /every file is read/],
    [
      "a plan that stops half-way",
      { command: "plan", "max-duration": "15m" },
      PULL,
      /max-duration is for drift/,
    ],
    [
      "an apply that keeps where it stopped",
      { ...UNREVIEWED, "last-checked": "x" },
      PUSH,
      /last-checked is for drift/,
    ],
    ["plan on a comment", { command: "plan" }, TALK, /issue_comment/],
    ["apply on a comment", { command: "apply" }, TALK, /issue_comment/],
  ])("%s", (_, given, trigger, reason) => {
    expect(() => check(given, trigger)).toThrow(UsageError);
    expect(() => check(given, trigger)).toThrow(reason);
  });
});

describe("allowed", () => {
  test.each([
    ["plan on a pull request", { command: "plan" }, PULL],
    ["plan on a pull request of a fork", { command: "plan" }, FORK],
    ["plan without a comment and a token", { command: "plan", comment: "never", "github-token": "" }, PULL],
    ["plan of a push without a token", { command: "plan", "github-token": "" }, PUSH],
    ["plan in a merge queue", { command: "plan" }, GROUP],
    ["a reviewed apply on push", { command: "apply" }, PUSH],
    ["a reviewed apply by hand, to heal", { command: "apply" }, HAND],
    ["an apply without a review, without comments", { ...UNREVIEWED, comment: "never" }, PUSH],
    ["an apply without a review, of a tag", UNREVIEWED, TAG],
    ["drift at night", { command: "drift" }, NIGHT],
    ["drift of a shard", { command: "drift", shard: "1/3" }, NIGHT],
    ["drift that stops half-way", { command: "drift", "max-duration": "15m", "last-checked": "x" }, NIGHT],
    ["plan with a rule allowed", { command: "plan", allow: "freeze" }, PULL],
    ["apply with a rule allowed", { command: "apply", allow: "freeze" }, PUSH],
    ["plan of a shard", { command: "plan", shard: "1/3" }, PULL],
    ["apply of a shard", { command: "apply", shard: "1/3" }, PUSH],
    ["validate on anything", { command: "validate", "github-token": "" }, TALK],
  ])("%s", (_, given, trigger) => {
    expect(() => check(given, trigger)).not.toThrow();
  });
});
