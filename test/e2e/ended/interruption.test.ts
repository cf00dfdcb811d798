import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { answerJson, startRawServer } from "../../support/network/raw-server.ts";
import { injected, makeWorkspace, runCli } from "../../support/program/cli.ts";
import { campaignFile, makeWorldHere, type TestWorld } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";
import { summaryOf } from "../../support/samples/summary.ts";

const CAMPAIGNS = Array.from({ length: 8 }, (_, index) => ({
  id: campaignId(index),
  desired: binding([1, 2]),
  live: binding([1]),
}));

type Results = { readonly results: readonly { readonly outcome: string; readonly campaignId: string }[] };

/** Resolves when the API has received a write. */
async function atFirstWrite({ sandbox }: TestWorld): Promise<void> {
  while (!(await sandbox.requests()).some(({ method }) => method === "PUT")) await pause(25);
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
] as const)(
  "case 71: what is under way ends, the report says what became of each, exit 128 and the signal's number (%s, %i)",
  async (signal, code) => {
    const world = await makeWorldHere(CAMPAIGNS, { latencyMs: 150, reachDelayMs: 60_000 });
    onTestFinished(world.end);
    const ran = await world.run(["apply", "--yes", "--format", "json", "--parallelism", "2"], {
      onStart: (child) => void atFirstWrite(world).then(() => child.kill(signal)),
    });
    expect(ran.code).toBe(code);
    const { results } = ran.json() as Results;
    expect(results).toHaveLength(8);
    const outcomes = new Set(results.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(new Set(["applied", "not-attempted"]));
    const puts = (await world.sandbox.requests()).filter(({ method }) => method === "PUT");
    const written = new Set(puts.map(({ path }) => path.split("/")[4]));
    const applied = results.filter(({ outcome }) => outcome === "applied").map((result) => result.campaignId);
    expect(written).toEqual(new Set(applied));
  },
);

test("case 72: the run ends at once, though a write is still under way, and its report says so", async () => {
  const id = campaignId(1);
  const server = await startRawServer((request, socket) => {
    if (request.method === "GET") socket.write(answerJson(summaryOf(id, binding([1]))));
  });
  const workspace = makeWorkspace({ "campaigns/01.yaml": campaignFile(id, binding([1, 2])) });
  let child: ChildProcess | null = null;
  const running = runCli(["apply", "--yes", "--report", "report.json"], {
    cwd: workspace.path,
    env: { EXPERITURE_API_URL: `${server.url}/public/v1` },
    onStart: (started) => {
      child = started;
    },
    onStderr: (text) => {
      if (text.includes("Interrupted")) child?.kill("SIGTERM");
    },
  });
  while (!server.requests.some(({ method }) => method === "PUT")) await pause(20);
  (child as ChildProcess | null)?.kill("SIGINT");
  const ran = await running;
  expect(ran.code).toBe(143);
  expect(JSON.parse(readFileSync(join(workspace.path, "report.json"), "utf8"))).toMatchObject({
    kind: "apply-report",
    results: [{ outcome: "failed", reason: "interrupted", error: { mayHaveLanded: true } }],
  });
  expect(ran.stdout).toContain("The run ended before it was known whether the API carried out the write.");
  expect(ran.stdout).toMatch(/1 failed, 0 not attempted\. Reach: 0 confirmed, 0 not confirmed\.\n$/);
  await server.close();
  workspace.remove();
});

test("case 72: the next apply says which writes had no answer yet", async () => {
  // Slow answers, so that the second signal comes before that to the first write also on a busy machine.
  const world = await makeWorldHere(CAMPAIGNS.slice(0, 3), { latencyMs: 500 });
  onTestFinished(world.end);
  const apply = ["apply", "--yes", "--no-wait", "--parallelism", "2"];
  let signals = 0;
  const interrupt = (child: ChildProcess) => {
    signals += child.kill(signals === 0 ? "SIGINT" : "SIGTERM") ? 1 : 0;
  };
  const ran = await world.run(apply, {
    onStart: (child) => void atFirstWrite(world).then(() => interrupt(child)),
    onStderr: (text, child) => {
      if (signals === 1 && text.includes("Interrupted")) interrupt(child);
    },
  });
  expect({ code: ran.code, signals }).toEqual({ code: 143, signals: 2 });
  expect(ran.stdout).toContain("The run ended before it was known whether the API carried out the write.");
  const next = await world.run(apply);
  expect(next.code).toBe(0);
  expect(next.stderr).toMatch(
    /^warning: The last run ended while writing [12] campaigns?.*\n {2}c0000000-\S+: no answer/m,
  );
  expect((await world.run(apply)).stderr).not.toContain("The last run");
});

test("two signals at once while live is read: nothing is written, and the report says so", async () => {
  const world = await makeWorldHere(CAMPAIGNS, { latencyMs: 150 });
  onTestFinished(world.end);
  let sent = false;
  const ran = await world.run(["apply", "--yes", "--format", "json", "--parallelism", "1"], {
    onStart: (child) =>
      void (async () => {
        while ((await world.sandbox.requests()).length === 0) await pause(25);
        sent = child.kill("SIGINT") && child.kill("SIGTERM");
      })(),
  });
  expect({ sent, code: ran.code }).toEqual({ sent: true, code: 130 });
  const outcomes = (ran.json() as Results).results.map(({ outcome }) => outcome);
  expect(outcomes).toEqual(CAMPAIGNS.map(() => "not-attempted"));
});

test("a second signal while reach is waited for: what is applied is told, on stdout and in the file", async () => {
  const world = await makeWorldHere(CAMPAIGNS, { reachDelayMs: 60_000 });
  onTestFinished(world.end);
  let signals = 0;
  const ran = await world.run(["apply", "--yes", "--format", "json", "--report", "report.json"], {
    onStderr: (text, child) => {
      if (signals > 0 || (text.match(/audiences replaced/g) ?? []).length === 0) return;
      signals = 2;
      child.kill("SIGINT");
      child.kill("SIGTERM");
    },
  });
  const { results } = ran.json() as Results;
  expect(JSON.parse(readFileSync(join(world.workspace.path, "report.json"), "utf8"))).toEqual(ran.json());
  const puts = (await world.sandbox.requests()).filter(
    ({ method, status }) => method === "PUT" && status === 200,
  );
  const told = results.filter(
    (result) => result.outcome === "applied" || JSON.stringify(result).includes('"mayHaveLanded":true'),
  );
  expect(new Set(told.map((result) => result.campaignId))).toEqual(
    new Set(puts.map(({ path }) => path.split("/")[4])),
  );
  expect(results).toHaveLength(8);
});

test("wait is interrupted: what is open is not confirmed, exit 130", async () => {
  const world = await makeWorldHere(CAMPAIGNS.slice(0, 2), { reachDelayMs: 60_000 });
  onTestFinished(world.end);
  await world.run(["apply", "--yes", "--no-wait"]);
  let sent = false;
  const ran = await world.run(["wait", "--format", "json", "--progress", "json"], {
    onStderr: (text, child) => {
      if (sent || !text.includes('"event":"waiting"')) return;
      sent = true;
      child.kill("SIGINT");
    },
  });
  expect(ran.code).toBe(130);
  expect(ran.json()).toMatchObject({
    kind: "wait-report",
    results: [{ unconfirmedReason: "interrupted" }, { unconfirmedReason: "interrupted" }],
  });
});

describe("what comes twice for one reason is one signal", () => {
  test.each([
    ["npm run hands on the key that the terminal has sent", "SIGINT", 130],
    ["the system and the shell both say that the terminal was closed", "SIGHUP", 129],
  ] as const)("%s", async (_, signal, code) => {
    const world = await makeWorldHere(CAMPAIGNS, { latencyMs: 150, reachDelayMs: 60_000 });
    onTestFinished(world.end);
    // From the process itself, at whose clock it looks: on a busy machine this one may send it a moment too late.
    const again = `process.once("${signal}", () => setTimeout(() => process.kill(process.pid, "${signal}"), 5));`;
    const ran = await world.run(["apply", "--yes", "--format", "json", "--parallelism", "2"], {
      env: injected(again),
      onStart: (child) => void atFirstWrite(world).then(() => child.kill(signal)),
    });
    expect(ran.code).toBe(code);
    // As after one signal: what was sent is read back, so nothing is left unknown.
    expect(ran.stdout).not.toContain('"mayHaveLanded": true');
    expect((ran.json() as Results).results.map(({ outcome }) => outcome)).toContain("applied");
  });
});
