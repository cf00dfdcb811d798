import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { isInShard } from "../../src/domain/shard.ts";
import {
  type ActionWorld,
  AFTER,
  applyOn,
  BEFORE,
  bodies,
  endWorlds,
  merged,
  pathOf,
  planOn,
  propose,
  puts,
  worldHere,
} from "../support/github/action-world.ts";
import { makeWorkspace } from "../support/program/cli.ts";
import { commitAll } from "../support/program/git.ts";
import { campaignFile } from "../support/program/world.ts";
import { scheduleEvent } from "../support/runner/events.ts";
import { binding, campaignId } from "../support/samples/bindings.ts";

afterEach(endWorlds);

const SHARDS = ["1/2", "2/2"];
const CAMPAIGNS = [1, 2, 3, 4].map((number) => ({ id: campaignId(number), desired: AFTER, live: BEFORE }));

/** The ids that are in a shard, in order. */
const idsIn = (shard: string): readonly string[] =>
  CAMPAIGNS.map(({ id }) => id).filter((id) => isInShard(id, { index: Number(shard[0]), count: 2 }));

describe("a plan in two shards, each by a job of its own", () => {
  test("case 87: a plan in two shards has two comments, each of which an apply of the same shard carries out", async () => {
    const world = await worldHere(CAMPAIGNS);
    const number = propose(world, CAMPAIGNS);
    for (const shard of SHARDS) expect((await planOn(world, number, { shard })).code).toBe(0);
    const told = bodies(world, number);
    expect(told).toHaveLength(2);
    for (const [at, shard] of SHARDS.entries()) {
      const unseen = 4 - idsIn(shard).length;
      expect(told[at]).toContain(`${unseen} of 4 declared campaigns`);
      expect(told[at]).toContain(`shard <b>${shard}</b>`);
      expect(CAMPAIGNS.map(({ id }) => id).filter((id) => told[at]?.includes(`\`${id}\``))).toEqual(
        idsIn(shard),
      );
    }

    const push = merged(world, number);
    const first = await applyOn(world, push, { shard: "1/2" });
    expect(first.code).toBe(0);
    expect((await puts(world)).toSorted()).toEqual(idsIn("1/2"));
    expect(bodies(world, number)[1]).toBe(told[1]);
    expect(first.summary).toContain(`${idsIn("2/2").length} of 4 declared campaigns were not looked at`);
    const second = await applyOn(world, push, { shard: "2/2" });
    expect(second.code).toBe(0);
    expect((await puts(world)).toSorted()).toEqual(CAMPAIGNS.map(({ id }) => id));
    for (const body of bodies(world, number)) expect(body).toMatch(/^### \d campaigns? applied/m);
    expect(world.github.issues()).toEqual([]);
  });

  test("an apply of another shard, or of none, finds no plan, says so, and writes nothing", async () => {
    const world = await worldHere(CAMPAIGNS);
    const number = propose(world, CAMPAIGNS);
    await planOn(world, number, { shard: "1/2" });
    const push = merged(world, number);
    for (const inputs of [{ shard: "2/2" }, {}]) {
      const run = await applyOn(world, push, inputs);
      expect(run.outputs["failure-reason"]).toBe("plan-changed");
      expect(run.summary).toContain("only a plan of another target (Workflow Campaigns, shard 1/2,");
    }
    expect(await puts(world)).toEqual([]);
  });
});

describe("drift in two shards", () => {
  const drift = (world: ActionWorld, shard: string) =>
    world.step("main", scheduleEvent(world.github), { command: "drift", shard });

  test("case 87: drift of a shard opens and closes issues of its own campaigns alone", async () => {
    const world = await worldHere(CAMPAIGNS);
    for (const { id } of CAMPAIGNS) await world.sandbox.edit(id, { audience: binding([6]) });
    const issuesOf = () => world.github.issues().map(({ state, body }) => [state, idIn(body)]);
    const found = await drift(world, "1/2");
    expect(found.outputs).toMatchObject({ changes: "true", "to-update": String(idsIn("1/2").length) });
    expect(issuesOf()).toEqual(idsIn("1/2").map((id) => ["open", id]));
    await drift(world, "2/2");
    expect(issuesOf()).toHaveLength(4);
    for (const { id } of CAMPAIGNS) await world.sandbox.edit(id, { audience: BEFORE });
    const clean = await drift(world, "2/2");
    expect(clean.summary).toMatch(/^### No drift in the \d campaigns? that w/);
    const open = issuesOf().filter(([state]) => state === "open");
    expect(open.map(([, id]) => id)).toEqual(idsIn("1/2"));
  });

  test("of a campaign that no file declares any more, the job of its shard closes the issue", async () => {
    const world = await worldHere(CAMPAIGNS);
    const gone = idsIn("1/2")[0] ?? "";
    await world.sandbox.edit(gone, { audience: binding([6]) });
    await drift(world, "1/2");
    const rest = CAMPAIGNS.filter(({ id }) => id !== gone);
    const checkout = makeWorkspace(
      Object.fromEntries(rest.map(({ id }, at) => [pathOf(at), campaignFile(id, BEFORE)])),
    );
    onTestFinished(checkout.remove);
    const sha = commitAll(checkout.path);
    const driftThere = (shard: string) =>
      world.step(
        "main",
        { ...scheduleEvent(world.github), sha },
        { command: "drift", shard },
        { workspace: checkout.path },
      );
    await driftThere("2/2");
    expect(world.github.issues()).toMatchObject([{ state: "open" }]);
    await driftThere("1/2");
    expect(world.github.issues()).toMatchObject([{ state: "closed" }]);
  });
});

function idIn(body: string | null): string {
  return /^<!-- campaignctl:drift \S+ (\S+) -->/.exec(body ?? "")?.[1] ?? "";
}
