import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../../../src/domain/errors.ts";
import type { Variables } from "../../../../src/domain/ports.ts";
import { parseContext } from "../../../../src/github/run/event.ts";

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const MERGE = "c".repeat(40);
const NOTHING = "0".repeat(40);

function environment(event: string, more: Variables = {}): Variables {
  return {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: "acme/campaigns",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_API_URL: "https://api.github.com",
    GITHUB_WORKFLOW: "Campaigns",
    GITHUB_RUN_ID: "42",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_NUMBER: "5",
    GITHUB_SHA: MERGE,
    GITHUB_REF: "refs/heads/main",
    GITHUB_WORKSPACE: "/work/repo",
    RUNNER_TEMP: "/tmp/runner",
    ...more,
  };
}

function pullPayload(headRepository: { full_name: string } | null) {
  return {
    pull_request: {
      number: 7,
      head: { sha: HEAD, repo: headRepository },
      base: { sha: BASE, ref: "main", repo: { full_name: "acme/campaigns" } },
    },
  };
}

const OWN = pullPayload({ full_name: "acme/campaigns" });

test("the place of the run", () => {
  expect(parseContext(environment("pull_request"), OWN)).toMatchObject({
    repository: { owner: "acme", repo: "campaigns" },
    serverUrl: "https://github.com",
    apiUrl: "https://api.github.com",
    workflow: "Campaigns",
    runUrl: "https://github.com/acme/campaigns/actions/runs/42",
    runNumber: 5,
    attempt: 1,
    workspace: "/work/repo",
    temporary: "/tmp/runner",
    defaultBranch: null,
  });
  const payload = { repository: { default_branch: "trunk" } };
  expect(parseContext(environment("schedule"), payload).defaultBranch).toBe("trunk");
});

test("a count has as many digits as it has, and a URL no slash at its end", () => {
  const env = environment("schedule", {
    GITHUB_RUN_ATTEMPT: undefined,
    GITHUB_RUN_NUMBER: "123",
    GITHUB_SERVER_URL: "http://git.example.test//",
  });
  expect(parseContext(env, {})).toMatchObject({ runNumber: 123, serverUrl: "http://git.example.test" });
});

test.each([undefined, "", "0", "-1", "1.5", "x", "9".repeat(40)])(
  "a count that is none is 1: %s",
  (count) => {
    const env = environment("schedule", { GITHUB_RUN_ATTEMPT: count, GITHUB_RUN_NUMBER: count });
    const { runUrl, ...context } = parseContext(env, {});
    expect(context).toMatchObject({ runNumber: 1, attempt: 1 });
    expect(runUrl).toBe("https://github.com/acme/campaigns/actions/runs/42");
  },
);

test("a repeated run on GitHub Enterprise Server", () => {
  const env = environment("schedule", {
    GITHUB_SERVER_URL: "https://git.example.test/",
    GITHUB_API_URL: "https://git.example.test/api/v3/",
    GITHUB_RUN_ATTEMPT: "3",
  });
  expect(parseContext(env, {})).toMatchObject({
    serverUrl: "https://git.example.test",
    apiUrl: "https://git.example.test/api/v3",
    runUrl: "https://git.example.test/acme/campaigns/actions/runs/42/attempts/3",
    attempt: 3,
  });
});

describe("a pull request", () => {
  test("is known by its head, not by the merge commit that GitHub made", () => {
    expect(parseContext(environment("pull_request"), OWN).trigger).toEqual({
      kind: "pull-request",
      number: 7,
      headSha: HEAD,
      baseSha: BASE,
      baseRef: "main",
      isFork: false,
    });
  });

  test.each([
    ["pull_request", pullPayload({ full_name: "mallory/campaigns" }), true],
    ["pull_request_target", pullPayload({ full_name: "mallory/campaigns" }), true],
    ["pull_request_review", pullPayload({ full_name: "mallory/campaigns" }), true],
    ["pull_request", pullPayload(null), true],
    ["pull_request_target", pullPayload(null), true],
    ["pull_request_target", OWN, false],
    ["pull_request", pullPayload({ full_name: "Acme/Campaigns" }), false],
  ])("by %s: a fork or not", (event, payload, isFork) => {
    expect(parseContext(environment(event), payload).trigger).toMatchObject({ kind: "pull-request", isFork });
  });
});

describe("a push", () => {
  test.each([
    ["to a branch", { ref: "refs/heads/release/1", before: BASE, after: HEAD }, BASE, "release/1"],
    ["of a new branch", { ref: "refs/heads/main", before: NOTHING, after: HEAD }, null, "main"],
    ["of a tag", { ref: "refs/tags/v1", before: BASE, after: HEAD }, BASE, null],
  ])("%s", (_, payload, before, branch) => {
    const { trigger } = parseContext(environment("push"), payload);
    expect(trigger).toEqual({ kind: "push", before, after: HEAD, isForced: false, branch });
    const forced = parseContext(environment("push"), { ...payload, forced: true });
    expect(forced.trigger).toMatchObject({ isForced: true });
  });

  test("that deleted its branch is refused", () => {
    const payload = { ref: "refs/heads/old", before: BASE, after: NOTHING };
    expect(() => parseContext(environment("push"), payload)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/deleted a branch/),
        hint: "Give the job the condition if: github.event.deleted == false.",
      }),
    );
  });

  test.each([
    ["begins", `${"0".repeat(8)}${"a".repeat(32)}`],
    ["ends", `${"a".repeat(32)}${"0".repeat(8)}`],
  ])("of a commit whose id %s with zeros is one like any other", (_, sha) => {
    const payload = { ref: "refs/heads/main", before: sha, after: sha };
    expect(parseContext(environment("push"), payload).trigger).toMatchObject({ before: sha, after: sha });
  });
});

test("a merge group", () => {
  const group = { head_sha: HEAD, base_sha: BASE, base_ref: "refs/heads/main" };
  expect(parseContext(environment("merge_group"), { merge_group: group }).trigger).toEqual({
    kind: "merge-group",
    headSha: HEAD,
    baseSha: BASE,
    baseRef: "main",
  });
});

describe("other events", () => {
  test.each([
    ["schedule", "refs/heads/main", "main"],
    ["workflow_dispatch", "refs/heads/try/it", "try/it"],
    ["release", "refs/tags/v1", null],
    ["release", "refs/tags/refs/heads/v1", null],
    ["release", undefined, null],
  ])("%s at %s", (event, ref, branch) => {
    const { trigger } = parseContext(environment(event, { GITHUB_REF: ref }), {});
    expect(trigger).toEqual({ kind: "other", event, sha: MERGE, branch });
  });

  test("a run that follows one of a branch of ours", () => {
    const run = { event: "push", head_repository: { full_name: "acme/campaigns" } };
    expect(parseContext(environment("workflow_run"), { workflow_run: run }).trigger.kind).toBe("other");
  });

  test.each([
    ["of a fork", { event: "push", head_repository: { full_name: "mallory/campaigns" } }],
    ["of a deleted fork", { event: "push", head_repository: null }],
    ["of a review", { event: "pull_request_review", head_repository: { full_name: "acme/campaigns" } }],
    ["of a pull request", { event: "pull_request", head_repository: { full_name: "acme/campaigns" } }],
  ])("a run that follows one %s is refused", (_, run) => {
    expect(() => parseContext(environment("workflow_run"), { workflow_run: run })).toThrow(
      new UsageError(
        "This workflow_run follows a run for a pull request, whose files may not be used together with secrets.",
        "Run plan on pull_request itself: from a fork it checks the files only.",
      ),
    );
  });
});

describe("what is missing or odd is named", () => {
  test.each([
    "GITHUB_EVENT_NAME",
    "GITHUB_REPOSITORY",
    "GITHUB_SERVER_URL",
    "GITHUB_API_URL",
    "GITHUB_WORKFLOW",
    "GITHUB_RUN_ID",
    "GITHUB_SHA",
    "GITHUB_WORKSPACE",
    "RUNNER_TEMP",
  ])("%s", (name) => {
    expect(() => parseContext(environment("schedule", { [name]: "" }), {})).toThrow(
      new UsageError(`${name} is not set.`, "This program runs as a step of a GitHub Actions job."),
    );
  });

  test.each([
    ["GITHUB_REPOSITORY", "acme"],
    ["GITHUB_REPOSITORY", "acme/a/b"],
    ["GITHUB_SERVER_URL", "javascript:alert(1)"],
    ["GITHUB_API_URL", "not a url"],
    ["GITHUB_API_URL", "see https://api.github.com"],
    ["GITHUB_SHA", "main"],
    ["GITHUB_RUN_ID", "../1"],
    ["GITHUB_RUN_ID", "1/.."],
  ])("%s as %j", (name, value) => {
    expect(() => parseContext(environment("schedule", { [name]: value }), {})).toThrow(`${name} is "`);
  });

  test.each([
    ["pull_request", {}, "pull_request.base.repo.full_name"],
    [
      "pull_request",
      { pull_request: { ...OWN.pull_request, number: "7" } },
      "pull_request.number that is a number",
    ],
    ["push", { ref: "refs/heads/main", before: BASE }, "after"],
    ["push", { ref: "refs/heads/main", before: BASE, after: "--help" }, "after"],
    ["push", { before: BASE, after: HEAD }, "ref"],
    ["merge_group", null, "merge_group.base_ref"],
  ])("%s with an odd payload", (event, payload, name) => {
    expect(() => parseContext(environment(event), payload)).toThrow(UsageError);
    expect(() => parseContext(environment(event), payload)).toThrow(`The event has no ${name}`);
  });

  test("any payload is understood or refused as a UsageError", () => {
    const events = fc.constantFrom("pull_request", "push", "merge_group", "workflow_run", "schedule");
    const key = fc.constantFrom("pull_request", "head", "base", "repo", "sha", "after", "__proto__");
    fc.assert(
      fc.property(events, fc.anything({ key }), (event, payload) => {
        try {
          parseContext(environment(event), payload);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
