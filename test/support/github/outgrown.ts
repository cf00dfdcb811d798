import type { ChildProcess } from "node:child_process";
import { expect } from "vitest";
import { decodeHeader } from "../../../src/github/review/comment-header.ts";
import { pullRequestEvent } from "../runner/events.ts";
import { binding } from "../samples/bindings.ts";
import {
  type ActionWorld,
  API_TOKEN,
  bodies,
  filesOf,
  mergeAndApply,
  ONE,
  planOn,
  propose,
  puts,
  worldHere,
} from "./action-world.ts";

const OTHER = { ...ONE, desired: binding([1, 3], [9]) };
const ONE_TOKEN = {
  seed: { tokens: [{ token: API_TOKEN, scopes: ["campaigns:read", "campaigns:update"] }] },
};

/** A pull request whose first commit has its plan, and that has a second commit by now. */
export async function outgrown(open = worldHere) {
  const world = await open([ONE], ONE_TOKEN);
  const number = propose(world, [ONE]);
  await planOn(world, number);
  const oldEvent = pullRequestEvent(world.github, number);
  const first = world.github.head(number);
  world.github.extendPullRequest(number, [{ files: filesOf([OTHER]) }]);
  return { world, number, oldEvent, first };
}

/** Runs plan for the newest commit. */
export const planWith = (
  world: ActionWorld,
  number: number,
  inputs: Readonly<Record<string, string>>,
  more: { readonly env?: Record<string, string>; readonly onStart?: (child: ChildProcess) => void } = {},
) => {
  const event = pullRequestEvent(world.github, number);
  return world.step(world.github.head(number), event, { command: "plan", ...inputs }, more);
};

/** What the hidden line of the only comment holds. */
export function headerOf(world: ActionWorld, number: number) {
  const [body = ""] = bodies(world, number);
  return decodeHeader(body, /^<!-- campaignctl:plan (\S+) /.exec(body)?.[1] ?? "");
}

/** The one comment says that the newest commit has no plan, and that the first one's holds no longer. */
export async function expectTakenBack(world: ActionWorld, number: number, words: string, first: string) {
  const [body = "", ...more] = bodies(world, number);
  expect(more).toEqual([]);
  expect(body).toContain(`\n### No plan: ${words}\n`);
  expect(body).toContain(`older commit \`${first.slice(0, 7)}\``);
  expect(body).not.toContain("can reach more people");
  expect(headerOf(world, number)).toMatchObject({
    commit: world.github.head(number),
    reviewed: { kind: "changes", changes: [] },
  });
  const applied = await mergeAndApply(world, number);
  expect(await puts(world)).toEqual([]);
  expect(applied.summary).toContain(`Pull request ${number} has no plan of what was merged`);
}
