import { expect, onTestFinished, test } from "vitest";
import { closedPort } from "../../support/network/raw-server.ts";
import { runInTerminal } from "../../support/program/terminal.ts";
import { makeWorldHere, type TestCampaign } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const many = (count: number, more: Partial<TestCampaign> = {}): TestCampaign[] =>
  Array.from({ length: count }, (_, index) => ({
    id: campaignId(index),
    desired: binding([1, 2]),
    live: binding([1]),
    ...more,
  }));

async function worldOf(campaigns: readonly TestCampaign[]) {
  const world = await makeWorldHere(campaigns);
  onTestFinished(world.end);
  return world;
}

test.each(["plan", "apply --yes", "wait"])(
  "124 campaigns that cannot be read are one message (%s)",
  async (line) => {
    const port = await closedPort();
    const world = await worldOf(many(124));
    const { code, stdout, stderr } = await world.run(line.split(" "), {
      env: { EXPERITURE_API_URL: `http://127.0.0.1:${port}/v1` },
    });
    expect(code).toBe(5);
    expect(stdout).toMatch(/ 124 campaigns\n/);
    expect(stdout).toContain(" and 119 more\n");
    expect(`${stdout}${stderr}`.split("\n").length).toBeLessThan(60);
  },
);

test("124 campaigns that are locked are one warning, with the first names", async () => {
  const world = await worldOf(many(124, { seed: { authoringStatus: "sent" } }));
  for (const line of ["plan --json", "apply --yes --json"]) {
    const { stderr } = await world.run(line.split(" "));
    expect(stderr).toMatch(
      /^warning: skipped 124 campaigns that are not draft, so they are left alone: Campaign 00 \(\S+\), .* and 119 more\.$/m,
    );
    expect(stderr.match(/left alone/g)).toHaveLength(1);
  }
});

test("124 unchanged campaigns whose evaluation failed are one warning, which does not only advise to wait", async () => {
  const reach = { status: "failed", evaluatedCount: null, evaluatedAt: null, isStale: false };
  const world = await worldOf(many(124, { live: binding([1, 2]), seed: { reach } }));
  const { stderr } = await world.run(["apply", "--yes", "--json"]);
  expect(stderr).toMatch(
    /^warning: 124 campaigns are unchanged, but their reach is not confirmed \(status failed\): .* and 119 more\. Where the evaluation failed, save the audiences anew in the portal/m,
  );
  expect(stderr.match(/^warning: /gm)).toHaveLength(1);
});

test("an answer that is not yes is told in one line", async () => {
  const world = await worldOf(many(30));
  const run = runInTerminal(["apply"], {
    cwd: world.workspace.path,
    env: { EXPERITURE_API_URL: world.sandbox.url },
    columns: 240,
    rows: 30,
  });
  onTestFinished(run.close);
  await run.seen("Type yes to apply");
  run.type("no\r");
  expect(await run.ended).toBe(8);
  const [, after = ""] = run.screen.lines().join("\n").split("Type yes to apply: ");
  expect(after.match(/not yes/g)).toHaveLength(1);
  expect(after.split("\n").length).toBeLessThan(12);
});
