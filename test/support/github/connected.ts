import { onTestFinished } from "vitest";
import type { FoundComment } from "../../../src/github/api/comments/comments.ts";
import { openCheckout } from "../../../src/github/api/git-file.ts";
import { connectGitHub, type GitHub } from "../../../src/github/api/github.ts";
import { encodeHeader } from "../../../src/github/review/comment-header.ts";
import type { CommentHeader, Target } from "../../../src/github/run/model.ts";
import { targetOf } from "../../../src/github/run/target.ts";
import { createInstantClock, type InstantClock } from "../clocks/instant-clock.ts";
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from "../fake-github/server.ts";

/** A fake GitHub, and ours connected to it with a clock whose sleeps take no time. */
export type Connected = {
  readonly fake: FakeGitHub;
  readonly github: GitHub;
  readonly clock: InstantClock;
  /** What was worth telling. */
  readonly notices: readonly string[];
  /** What somebody should look at. */
  readonly warnings: readonly string[];
};

/** Ends with the test. @param workspace where the repository is checked out. */
export async function connected(
  options: FakeGitHubOptions & { readonly workspace?: string } = {},
): Promise<Connected> {
  const clock = createInstantClock();
  const fake = await startFakeGitHub({ now: clock.now, ...options });
  onTestFinished(() => fake.close());
  const notices: string[] = [];
  const warnings: string[] = [];
  const github = connectGitHub({
    token: fake.token,
    apiUrl: `${fake.url}/`,
    serverUrl: fake.serverUrl,
    repository: fake.repository,
    checkout: options.workspace === undefined ? null : openCheckout(options.workspace, process.env),
    log: (text) => notices.push(text),
    warn: (text) => warnings.push(text),
    clock,
    random: () => 0,
  });
  return { fake, github, clock, notices, warnings };
}

export const TARGET: Target = targetOf({ workflow: "Plan", environment: null, config: null });
export const OTHER_TARGET: Target = targetOf({ workflow: "Plan", environment: "staging", config: null });

/** The body of a plan comment with an empty reviewed plan. */
export function planBody(
  text: string,
  header: { readonly target?: Target; readonly state?: CommentHeader["state"] } = {},
): string {
  const { target = TARGET, state = "planned" } = header;
  const reviewed = { kind: "changes", changes: [] } as const;
  return `${encodeHeader({ target: target.key, commit: "a".repeat(40), state, reviewed })}\n${text}`;
}

/** The comment that must be there. */
export async function found(comment: Promise<FoundComment | null>): Promise<FoundComment> {
  const there = await comment;
  if (there === null) throw new Error("There is no plan comment.");
  return there;
}

/** How often something was asked of the fake. */
export function count(fake: FakeGitHub, method: string, path: RegExp): number {
  return fake.requests.filter((request) => request.method === method && path.test(request.path)).length;
}
