import { expect } from "vitest";
import { canonicalBinding } from "../../../src/domain/binding.ts";
import { binding, campaignId } from "../samples/bindings.ts";
import { makeReviewWorld, type ReviewWorld } from "./review-world.ts";

/** What campaign 0 has at first, and what pull requests give it. Git merges WIDE and NARROW, and neither with OTHER. */
export const LIVE = binding([1], [9]);
export const WIDE = binding([1, 2], [9]);
export const OTHER = binding([1, 3], [9]);
export const NARROW = binding([1], [9, 8]);
export const LAST = binding([1, 4], [9]);
/** What somebody makes of it in the console. */
export const EDITED = binding([1, 7], [9]);

/** What happens, told in the world. */
export type Scenario = (world: ReviewWorld) => Promise<void>;

/** Campaigns that each world has. */
const CAMPAIGNS = [1, 2].map((number) => ({ id: campaignId(number), live: LIVE }));

/** Plays a scenario: in the end live is what the branch declares, nothing is left to do, and nobody is told that it is. */
export function endsWithLiveAsBranch(scenario: Scenario): Promise<void> {
  return playedIn(async (world) => {
    await scenario(world);
    for (const campaign of CAMPAIGNS.keys()) {
      expect(canonicalBinding(await world.live(campaign))).toEqual(
        canonicalBinding(world.declared(campaign)),
      );
    }
    expect(world.github.issues().filter(({ state }) => state === "open")).toEqual([]);
    const written = await world.writes();
    expect((await world.dispatch()).code).toBe(0);
    expect(await world.writes()).toEqual(written);
  });
}

/** Plays a scenario in a world of its own. */
export async function playedIn(scenario: Scenario): Promise<void> {
  const world = await makeReviewWorld(CAMPAIGNS);
  try {
    await scenario(world);
  } finally {
    await world.end();
  }
}

/** Runs apply for a push, which refuses something, and says so: the step fails, an issue names what is left. */
export async function refuses(
  world: ReviewWorld,
  push: Parameters<ReviewWorld["apply"]>[0],
  reason: string,
): Promise<void> {
  const before = await world.writes();
  const run = await world.apply(push);
  expect({ code: run.code, reason: run.outputs["failure-reason"] }).toEqual({
    code: 7,
    reason: "plan-changed",
  });
  expect(run.summary).toContain(reason);
  expect(await world.writes()).toEqual(before);
  expect(world.github.issues()).toContainEqual(expect.objectContaining({ state: "open" }));
}

/** The way out of every refusal: a pull request, whatever it changes, whose plan shows what is true now. */
export async function followUp(world: ReviewWorld): Promise<void> {
  const number = world.repository.open({ "README.md": "Look again.\n" });
  await world.plan(number);
  const run = await world.apply(world.repository.merge(number));
  expect(run.code).toBe(0);
}
