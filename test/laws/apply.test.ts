import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import { plan } from "../../src/commands/plan.ts";
import { sameBinding } from "../../src/domain/binding.ts";
import { ApiError, NetworkError } from "../../src/domain/errors.ts";
import type { AudienceBinding } from "../../src/domain/model.ts";
import { type FakeApi, type FakeClock, fakeApi, fakeClock } from "../support/api/fake-api.ts";
import { arbitraryBinding, campaignId, spec } from "../support/samples/bindings.ts";

type World = readonly {
  readonly desired: AudienceBinding;
  readonly live: AudienceBinding;
  readonly status: string;
}[];

const worlds: fc.Arbitrary<World> = fc.array(
  fc.record({
    desired: arbitraryBinding,
    live: fc.oneof(arbitraryBinding, fc.constant({ include: [], exclude: [] })),
    status: fc.constantFrom("draft", "draft", "draft", "scheduled", "sent", "Draft"),
  }),
  { minLength: 1, maxLength: 6 },
);

function begin(world: World) {
  const clock = fakeClock();
  const campaigns = world.map(({ live, status }, index) => [
    campaignId(index),
    { audience: live, authoringStatus: status },
  ]);
  return { clock, api: fakeApi(Object.fromEntries(campaigns), clock) };
}

function inputOf(world: World) {
  return {
    specs: world.map(({ desired }, index) => spec(campaignId(index), desired)),
    warnings: [],
    environment: null,
    apiUrl: "https://api.example.test",
    tool: { name: "campaignctl", version: "0" },
  };
}

async function makePlan(world: World, api: FakeApi, clock: FakeClock) {
  const planned = await plan(inputOf(world), { reader: api.reader, clock }, new AbortController().signal);
  if (planned.kind === "no-access") throw planned.error;
  return planned;
}

async function run(world: World, api: FakeApi, clock: FakeClock) {
  const planned = await makePlan(world, api, clock);
  const ports = { reader: api.reader, writer: api.writer, clock, onEvent: () => undefined };
  const options = { parallelism: 3, wait: "until-confirmed", timeoutMs: 60_000, idleMs: 30_000 } as const;
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return applyPlan(planned.plan, planned.live, options, ports, controller.signal);
}

test("case 82: after an apply live is as declared and the plan is empty; written were exactly the drafts that differed", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { api, clock } = begin(world);
      const differing = world.flatMap(({ desired, live, status }, index) =>
        status === "draft" && !sameBinding(desired, live) ? [campaignId(index)] : [],
      );
      await run(world, api, clock);
      expect(api.writes.map(({ campaignId: id }) => id).sort()).toEqual(differing);
      const { plan: after } = await makePlan(world, api, clock);
      expect(after.summary.update).toBe(0);
      world.forEach(({ desired, live, status }, index) => {
        expect(api.audienceOf(campaignId(index))).toEqual(status === "draft" ? desired : live);
      });
    }),
    { numRuns: 100 },
  );
});

test("every write carries both lists in full", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { api, clock } = begin(world);
      await run(world, api, clock);
      for (const { campaignId: id, binding } of api.writes) {
        const index = Number(id.slice(-12));
        expect(Object.keys(binding).sort()).toEqual(["exclude", "include"]);
        expect(binding).toEqual(world[index]?.desired);
      }
    }),
    { numRuns: 50 },
  );
});

const trouble = fc.constantFrom(
  "lost-before",
  "lost-after",
  "refused",
  "edit",
  "lock",
  "unreadable",
  "none",
  "none",
);

test("case 83: no campaign is called applied and differs, no locked one is written, each has one outcome", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.array(trouble, { minLength: 40, maxLength: 40 }), async (world, schedule) => {
      const { api, clock } = begin(world);
      const lockedAt = new Map<string, number>();
      let step = 0;
      const next = () => schedule[step++ % schedule.length];
      const edited = new Set<string>();
      const landed = new Set<string>();
      api.beforeWrite = (id) => {
        if (lockedAt.has(id)) throw new Error("A locked campaign was written.");
        const fault = next();
        if (fault === "lost-before") throw new NetworkError("lost");
        if (fault === "refused") throw refusal();
      };
      api.afterWrite = (id) => {
        landed.add(id);
        const fault = next();
        if (fault === "edit") {
          edited.add(id);
          api.edit(id, { audience: { include: [], exclude: [] } });
        }
        if (fault === "lost-after") throw new NetworkError("lost");
      };
      api.beforeRead = (id) => {
        const fault = next();
        if (fault === "unreadable") throw new NetworkError("lost");
        if (fault === "lock") {
          api.edit(id, { authoringStatus: "scheduled" });
          lockedAt.set(id, step);
        }
      };
      const results = await run(world, api, clock);
      expect(results.map(({ campaignId: id }) => id)).toEqual(world.map((_, index) => campaignId(index)));
      for (const { campaignId: id, outcome, error } of results) {
        if (outcome !== "applied" && error?.mayHaveLanded !== true) expect(landed).not.toContain(id);
        const desired = world[Number(id.slice(-12))]?.desired as AudienceBinding;
        if (outcome === "applied" && !edited.has(id)) expect(api.audienceOf(id)).toEqual(desired);
      }
      expect(clock.monotonic()).toBeLessThan(120_000);
    }),
    { numRuns: 200 },
  );
});

function refusal(): ApiError {
  return new ApiError("no", { status: 422, code: "X", method: "PUT", path: "/x", correlationId: null });
}
