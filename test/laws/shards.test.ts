import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plan } from "../../src/commands/plan.ts";
import { takeShard } from "../../src/commands/take-shard.ts";
import type { AudienceBinding, Campaign, CampaignSpec, Plan } from "../../src/domain/model.ts";
import type { CampaignReader } from "../../src/domain/ports.ts";
import { type Scope, wholeScope } from "../../src/domain/scope.ts";
import { fakeClock, OLD_REACH } from "../support/api/fake-api.ts";
import { arbitraryBinding, binding, campaignId, spec } from "../support/samples/bindings.ts";

/** What is live, by campaign; one that is not there is not found. */
type Live = ReadonlyMap<string, { readonly audience: AudienceBinding; readonly status: string }>;

const ORIGIN = { environment: null, apiUrl: "https://api.example.test", warnings: [] };

const shardsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));

function readerOf(live: Live): CampaignReader {
  return {
    async readCampaign(id) {
      const { audience = binding([7]), status = "sent" } = live.get(id) ?? {};
      const rest = {
        channel: "email",
        schedule: null,
        repeatedAudienceIds: [],
        liveAudiences: [],
        reach: OLD_REACH,
        updatedAt: null,
      };
      return {
        campaignId: id,
        name: null,
        authoringStatus: status,
        audience,
        serverTime: 0,
        ...rest,
      } as Campaign;
    },
  };
}

async function planOf(
  declared: { specs: readonly CampaignSpec[]; scope?: Scope },
  live: Live,
): Promise<Plan> {
  const input = { ...ORIGIN, ...declared, tool: { name: "campaignctl", version: "0" } };
  const ports = { reader: readerOf(live), clock: fakeClock() };
  const planned = await plan(input, ports, new AbortController().signal);
  if (planned.kind === "no-access") throw planned.error;
  return planned.plan;
}

/** What the plans of all shards say of campaigns, in the order of a whole plan. */
async function inShards(specs: readonly CampaignSpec[], count: number, live: Live) {
  const declared = { specs, scope: wholeScope(specs.length) };
  const plans = await Promise.all(shardsOf(count).map((shard) => planOf(takeShard(declared, shard), live)));
  const changes = plans.flatMap((each) => each.changes);
  return { plans, changes: changes.sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)) };
}

const anyCampaign = fc.record({
  desired: arbitraryBinding,
  live: arbitraryBinding,
  status: fc.constantFrom("draft", "draft", "scheduled"),
});
const anyCampaigns = fc.uniqueArray(fc.tuple(fc.uuid(), anyCampaign), {
  selector: ([id]) => id,
  maxLength: 40,
});

describe("the plans of all shards", () => {
  test("case 87: the plans of all shards are the whole plan, campaign by campaign", async () => {
    await fc.assert(
      fc.asyncProperty(anyCampaigns, fc.integer({ min: 1, max: 12 }), async (campaigns, count) => {
        const specs = campaigns.map(([id, { desired }]) => spec(id, desired));
        const live: Live = new Map(
          campaigns.map(([id, { live: audience, status }]) => [id, { audience, status }]),
        );
        const { plans, changes } = await inShards(specs, count, live);
        expect(changes).toEqual((await planOf({ specs }, live)).changes);
        expect(plans.map(({ scope }) => scope)).toEqual(
          plans.map((each, at) => ({
            kind: "shard",
            since: null,
            shard: `${at + 1}/${count}`,
            planned: each.changes.length,
            declared: specs.length,
          })),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("of 10,000 campaigns too, each of them in one", async () => {
    const bindings = [binding([1], [9]), binding([1, 2], [9]), binding([2])];
    const at = (index: number) => bindings[index % bindings.length] ?? binding([1]);
    const specs = Array.from({ length: 10_000 }, (_, index) => spec(campaignId(index), at(index)));
    const live: Live = new Map(
      specs.map(({ campaignId: id }, index) => [
        id,
        { audience: at(index * index), status: index % 7 === 0 ? "sent" : "draft" },
      ]),
    );
    const { changes } = await inShards(specs, 8, live);
    const whole = await planOf({ specs }, live);
    expect(changes).toEqual(whole.changes);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["update", "no-op", "skip"]));
  });
});

test("case 87: a campaign that comes or goes moves no other", () => {
  const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 });
  const takenBy = (of: readonly string[], count: number) => {
    const declared = { specs: of.map((id) => spec(id, binding([1]))), scope: wholeScope(of.length) };
    return shardsOf(count).map((shard) => takeShard(declared, shard).specs.map(({ campaignId: id }) => id));
  };
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 12 }), fc.nat(), (all, count, which) => {
      const gone = all[which % all.length];
      const rest = all.filter((id) => id !== gone);
      expect(takenBy(rest, count)).toEqual(takenBy(all, count).map((of) => of.filter((id) => id !== gone)));
    }),
  );
});

test("a part of what changed is still of what changed", () => {
  const specs = [1, 2, 3, 4].map((number) => spec(campaignId(number), binding([1])));
  const scope: Scope = { kind: "changed", since: "a".repeat(40), shard: null, planned: 4, declared: 9 };
  const { specs: taken, scope: part } = takeShard({ specs, scope }, { index: 1, count: 2 });
  expect(part).toEqual({ ...scope, shard: "1/2", planned: taken.length });
  expect(taken.length).toBeLessThan(4);
});
