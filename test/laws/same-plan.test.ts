import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { plan } from "../../src/commands/plan.ts";
import { loadCampaigns } from "../../src/declarations/load.ts";
import type { AudienceBinding, CampaignSpec } from "../../src/domain/model.ts";
import type { CampaignReader, Clock } from "../../src/domain/ports.ts";
import { createLimiter } from "../../src/patience/limiter.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderPlanMarkdown } from "../../src/render/markdown/plan-markdown.ts";
import { renderPlanText } from "../../src/render/text/plan-text.ts";
import { plainStyle } from "../../src/render/text/style.ts";
import { fakeApi, fakeClock } from "../support/api/fake-api.ts";
import { campaignFile } from "../support/program/world.ts";
import { arbitraryBinding, campaignId, spec } from "../support/samples/bindings.ts";

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

type World = readonly {
  readonly desired: AudienceBinding;
  readonly live: AudienceBinding;
  readonly status: string;
}[];

const worlds: fc.Arbitrary<World> = fc.array(
  fc.record({
    desired: arbitraryBinding,
    live: arbitraryBinding,
    status: fc.constantFrom("draft", "draft", "scheduled", "gone"),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Everything of a run that may differ from one machine, or one moment, to the next. */
const circumstances = (world: World) =>
  fc.record({
    order: fc.shuffledSubarray([...world.keys()], { minLength: world.length }),
    parallelism: fc.integer({ min: 1, max: 10 }),
    latencies: fc.array(fc.nat(500), { minLength: world.length, maxLength: world.length }),
    timeZone: fc.constantFrom("UTC", "Pacific/Chatham", "America/Lima", "Asia/Kathmandu"),
  });

type Circumstances = {
  readonly order: readonly number[];
  readonly parallelism: number;
  readonly latencies: readonly number[];
  readonly timeZone: string;
};

/** Plans as one machine would, and gives the plan in every form. */
async function planned(world: World, { order, parallelism, latencies, timeZone }: Circumstances) {
  process.env.TZ = timeZone;
  const clock = fakeClock();
  const present = [...world.entries()].filter(([, { status }]) => status !== "gone");
  const campaigns = present.map(([index, { live, status }]) => [
    campaignId(index),
    { audience: live, authoringStatus: status },
  ]);
  const api = fakeApi(Object.fromEntries(campaigns), clock);
  const slots = createLimiter(parallelism);
  const reader: CampaignReader = {
    readCampaign: (id) =>
      slots.run(async () => {
        await clock.sleep(latencies[Number(id.slice(-12))] ?? 0);
        return api.reader.readCampaign(id);
      }),
  };
  const specs = order.map((index) => spec(campaignId(index), world[index]?.desired as AudienceBinding));
  const made = await planOf(specs, reader);
  return [renderPlanText(made, { style: plainStyle }), renderPlanMarkdown(made), renderJson(made)];
}

/** The moment of planning is the one thing that may differ, so it is always the same here. */
async function planOf(specs: readonly CampaignSpec[], reader: CampaignReader) {
  const clock: Clock = { ...fakeClock(), now: () => Date.UTC(2026, 10, 24, 10) };
  const tool = { name: "campaignctl", version: "0" };
  const input = { specs, warnings: [], environment: null, apiUrl: "https://api.example.test", tool };
  const result = await plan(input, { reader, clock }, new AbortController().signal);
  if (result.kind === "no-access") throw result.error;
  return result.plan;
}

test("case 81: the same text, Markdown and JSON in any order of files, parallelism, latency and time zone", async () => {
  const pairs = worlds.chain((world) =>
    fc.tuple(fc.constant(world), circumstances(world), circumstances(world)),
  );
  await fc.assert(
    fc.asyncProperty(pairs, async ([world, here, there]) => {
      expect(await planned(world, there)).toEqual(await planned(world, here));
    }),
    { numRuns: 60 },
  );
});

test("case 8: the same plan, byte for byte, with a byte order mark and Windows line ends", async () => {
  const world = fc.record({ desired: arbitraryBinding, live: arbitraryBinding });
  await fc.assert(
    fc.asyncProperty(world, async ({ desired, live }) => {
      const text = campaignFile(campaignId(1), desired);
      const { reader } = fakeApi({ [campaignId(1)]: { audience: live } }, fakeClock());
      const planOfFile = async (content: string) => {
        const source = { file: "a.yaml", bytes: new TextEncoder().encode(content) };
        const { specs } = loadCampaigns([source], { environment: null, needsEnvironment: true });
        expect(specs).toHaveLength(1);
        return renderJson(await planOf(specs, reader));
      };
      expect(await planOfFile(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toBe(await planOfFile(text));
    }),
    { numRuns: 30 },
  );
});
