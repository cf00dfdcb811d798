import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan, Report } from "../../../src/domain/model.ts";
import { completePlan } from "../../../src/plan/build.ts";
import type { RunningSandbox } from "../../support/program/sandbox.ts";
import { makeWorldHere, openSeeded, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const ONE = { id: campaignId(1), desired: binding([1, 2]), live: binding([1]) };
const STRANGER = campaignId(77);

let world: TestWorld;
let elsewhere: RunningSandbox;
let plan: Plan;

beforeAll(async () => {
  world = await makeWorldHere([ONE]);
  elsewhere = await openSeeded([]);
  world.workspace.write(
    "campaignctl.yaml",
    `version: 1\nenvironments: { here: { apiUrl: "${world.sandbox.url}" }, there: { apiUrl: "${world.sandbox.url}" } }\n`,
  );
  plan = (await world.run(["plan", "--environment", "here", "--format", "json"])).json() as Plan;
  await world.sandbox.forget();
});

afterAll(async () => {
  await elsewhere.stop();
  await world.end();
});

/** Applies a plan as it is in a file, for the environment that it was made for. */
async function applySaved(saved: Plan, flags: readonly string[] = ["--environment", "here"]) {
  world.workspace.write("plan.json", JSON.stringify(saved));
  const ran = await world.run(["apply", "--plan", "plan.json", ...flags]);
  const sent = [...(await world.sandbox.requests()), ...(await elsewhere.requests())];
  return { code: ran.code, stdout: ran.stdout, stderr: ran.stderr, sent };
}

/** The plan with another campaign in it, of which no file says anything. */
function withStranger(): Plan {
  const changes = plan.changes.flatMap((change) => [change, { ...change, campaignId: STRANGER }]);
  const scope = { ...plan.scope, planned: 2, declared: 2 };
  return { ...plan, changes, scope, summary: { ...plan.summary, update: 2, widens: 2 } };
}

function withStrangerAlone(): Plan {
  return { ...plan, changes: plan.changes.map((change) => ({ ...change, campaignId: STRANGER })) };
}

test.each<[string, () => Plan, (readonly string[])?]>([
  ["with another digest", () => ({ ...plan, digest: `sha256:${"0".repeat(64)}` })],
  ["with another time", () => ({ ...plan, createdAt: "2026-11-23T10:00:00.000Z" })],
  ["with a campaign more", withStranger],
  ["with an unknown campaign in place of one", withStrangerAlone],
  [
    "with a campaign less",
    () => ({ ...plan, changes: [], summary: { ...plan.summary, update: 0, widens: 0 } }),
  ],
  ["made for another environment than that of the run", () => plan, ["--environment", "there"]],
  ["made for an environment, of a run for none", () => plan, []],
])("a saved plan %s is refused: exit 3, nothing is sent", async (_how, saved, flags) => {
  const { code, stdout, stderr, sent } = await applySaved(saved(), flags);
  expect({ code, stdout, sent }).toEqual({ code: 3, stdout: "", sent: [] });
  expect(stderr).toMatch(/^error: .*Nothing was sent\./);
});

test("a saved plan made for another API than that of the run is refused: exit 3, nothing is sent to either", async () => {
  const { code, stdout, sent } = await applySaved(plan, [
    "--environment",
    "here",
    "--api-url",
    elsewhere.url,
  ]);
  expect({ code, stdout, sent }).toEqual({ code: 3, stdout: "", sent: [] });
});

// Not the whole plan: a saved plan names the declared campaigns, and one campaign's trouble never stops the others.
test("a campaign more whose digest and fingerprint were made to fit is refused by itself: the API does not know it", async () => {
  const forged = withStranger();
  const saved = completePlan(forged);
  const flags = ["--environment", "here", "--no-wait", "--format", "json"];
  const { code, stdout, sent } = await applySaved(saved, flags);
  expect(code).toBe(8);
  expect((JSON.parse(stdout) as Report).results).toMatchObject([
    { campaignId: ONE.id, outcome: "applied" },
    { campaignId: STRANGER, outcome: "failed", error: { status: 404, mayHaveLanded: false } },
  ]);
  const writes = sent.filter(({ method }) => method === "PUT").map(({ path }) => path);
  expect(writes).toEqual([`/public/v1/campaigns/${ONE.id}/audience`]);
});
