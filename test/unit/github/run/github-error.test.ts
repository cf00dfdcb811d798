import { describe, expect, test } from "vitest";
import {
  type AskedGitHub,
  failedWith,
  type GitHubError,
  limitedFor,
  notAsked,
  notUnderstood,
  refusedBy,
  refusedOnTheWay,
} from "../../../../src/github/run/github-error.ts";

const asked: AskedGitHub = {
  label: "POST /repos/o/r/issues",
  origin: "https://api.github.com",
  permission: "issues: write",
};

const NEEDS = ' It needs "issues: write": add that under permissions of the job.';

/** What a caller and a reader of the log learn from an error. */
const told = ({ name, message, reason, status, request }: GitHubError) => ({
  name,
  message,
  reason,
  status,
  request,
});

const error = (reason: string, status: number | null, message: string) => ({
  name: "GitHubError",
  message: `POST /repos/o/r/issues: ${message}`,
  reason,
  status,
  request: "POST /repos/o/r/issues",
});

describe("a refusal says what to do", () => {
  test.each([
    [401, "unauthorized", "The token is not valid or has expired: check the input github-token."],
    [403, "forbidden", `The token may not do this.${NEEDS}`],
    [404, "not-found", `It does not exist, or the token may not see it.${NEEDS}`],
    [410, "refused", "It is gone, or issues are turned off in the repository's settings."],
  ])("%d", (status, reason, advice) => {
    expect(told(refusedBy(status, '"No."', asked))).toEqual(
      error(reason, status, `GitHub answered ${status} ("No."). ${advice}`),
    );
  });

  test("with nothing to do, only what GitHub answered", () => {
    expect(told(refusedBy(409, "", asked))).toEqual(error("refused", 409, "GitHub answered 409."));
    expect(told(refusedBy(422, '"Odd."', asked))).toEqual(
      error("refused", 422, 'GitHub answered 422 ("Odd.").'),
    );
  });

  test("without a permission where none would help", () => {
    expect(refusedBy(403, "", { ...asked, permission: null }).message).toMatch(
      /The token may not do this\.$/,
    );
  });
});

describe("a conversation that takes no comments", () => {
  const LOCKED = "The conversation is locked: unlock it and run the job again.";
  const FULL = "The conversation has 2,500 comments, and GitHub takes no more.";

  test.each([
    [403, "Unable to create comment because issue is locked.", LOCKED],
    [422, "This Issue Is Locked", LOCKED],
    [422, "Commenting is disabled on issues with more than 2500 comments", FULL],
    [403, "Commenting is disabled on issues with More Than 2,500 Comments.", FULL],
  ])("is told before the answer: %d %s", (status, said, start) => {
    const { message, reason } = refusedBy(status, said, asked);
    expect(message).toBe(`${start} POST /repos/o/r/issues: GitHub answered ${status} (${said}).`);
    expect(reason).toBe("forbidden");
  });

  test.each([
    [404, "issue is locked"],
    [422, "The account is blocked"],
    [422, "more than comments"],
    [422, "more than , comments"],
  ])("is not read into another answer: %d %s", (status, said) => {
    expect(refusedBy(status, said, asked).message).toMatch(/^POST /);
  });
});

test("an answer of something on the way says who was asked and what to check", () => {
  expect(told(refusedOnTheWay(407, '"<html>"', asked))).toEqual(
    error(
      "refused",
      407,
      'something on the way to https://api.github.com answered 407 ("<html>"), since GitHub answers in JSON. Check the firewall and the proxy.',
    ),
  );
});

test("trouble on the other side is uncertain: it may have been done", () => {
  expect(told(failedWith(502, asked))).toEqual(
    error(
      "uncertain",
      502,
      "GitHub answered 502. This is trouble on https://api.github.com; run the job again later.",
    ),
  );
  expect(told(notUnderstood(null, asked))).toEqual(
    error(
      "uncertain",
      null,
      "the answer of https://api.github.com was cut off or is not what GitHub documents. Run the job again; check GITHUB_API_URL and the proxy when it stays so.",
    ),
  );
});

test("a limit says for how long, in whole seconds", () => {
  expect(told(limitedFor(90_001, 403, asked))).toEqual(
    error(
      "rate-limit",
      403,
      "GitHub refuses more requests with this token for another 91 s (403, rate limit). Run the job again after that; a token of its own (input github-token) has a limit of its own.",
    ),
  );
});

test("an interrupted run waits no longer", () => {
  expect(told(notAsked(asked))).toEqual(
    error("interrupted", null, "GitHub was not waited for any longer, since the run was interrupted."),
  );
});
