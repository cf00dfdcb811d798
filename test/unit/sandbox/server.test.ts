import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { startSandbox } from "../../../src/sandbox/server.ts";
import { CAMPAIGN, START, seedWith, start } from "../../support/api/sandbox-under-test.ts";

const SUMMARY = `/campaigns/${CAMPAIGN}/summary`;

describe("startSandbox", () => {
  it("listens on 127.0.0.1 and says where", async () => {
    const sandbox = await start();
    expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}/public/v1`);
    expect(sandbox.port).toBeGreaterThan(0);
  });

  it("uses the machine's clock unless it is given one", async () => {
    const before = Date.now();
    const sandbox = await startSandbox({ seed: seedWith(), port: 0, reachDelayMs: 0, now: Date.now });
    try {
      const headers = { authorization: "Bearer any" };
      await fetch(`${sandbox.url}${SUMMARY}`, { headers });
      const origin = sandbox.url.replace("/public/v1", "");
      const [entry] = (await (await fetch(`${origin}/__sandbox/requests`)).json()) as { at: string }[];
      expect(Date.parse(entry?.at ?? "")).toBeGreaterThanOrEqual(before);
      expect(Date.parse(entry?.at ?? "")).toBeLessThanOrEqual(Date.now());
    } finally {
      await sandbox.close();
    }
  });

  it("refuses a port that is taken, and says what to do", async () => {
    const { port } = await start();
    await expect(start(seedWith(), { port })).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringContaining(`127.0.0.1:${port} (EADDRINUSE)`),
      hint: expect.stringContaining("--port 0"),
    });
  });

  it("stamps answers with its own clock", async () => {
    const sandbox = await start();
    sandbox.pass(60_000);
    const { headers } = await sandbox.send("GET", SUMMARY);
    expect(headers.get("date")).toBe(new Date(START + 60_000).toUTCString());
  });

  it("warns of nothing when many requests wait at once", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on("warning", onWarning);
    const sandbox = await start(seedWith(), { latencyMs: 50 });
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${sandbox.url}/campaigns/x/summary`)));
    // A warning is told in the next round of the event loop.
    await new Promise(setImmediate);
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  it("waits for --latency before each answer", async () => {
    const sandbox = await start(seedWith(), { latencyMs: 40 });
    const began = performance.now();
    await sandbox.send("GET", SUMMARY);
    expect(performance.now() - began).toBeGreaterThanOrEqual(39);
  });

  it("closes at once while a delayed answer is still to come", async () => {
    const sandbox = await start(seedWith(), { latencyMs: 600_000 });
    const pending = sandbox.send("GET", SUMMARY).catch((error: Error) => error);
    while ((await sandbox.send("GET", "/__sandbox/requests")).body.length === 0)
      await new Promise(setImmediate);
    await sandbox.close();
    expect(await pending).toBeInstanceOf(Error);
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });

  it("goes on when a client goes away in the middle of its body", async () => {
    const sandbox = await start();
    const socket = connect(sandbox.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `PUT /public/v1/campaigns/${CAMPAIGN}/audience HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{`,
    );
    while ((await sandbox.send("GET", "/__sandbox/requests")).body.length === 0)
      await new Promise(setImmediate);
    socket.destroy();
    expect((await sandbox.send("GET", SUMMARY)).status).toBe(200);
    const [entry] = (await sandbox.send("GET", "/__sandbox/requests")).body;
    expect(entry).toMatchObject({ method: "PUT", body: null, status: null });
  });

  it("tells a bug of its own as a 500", async () => {
    let broken = false;
    const now = () => {
      if (broken) throw new Error("clock is broken");
      return START;
    };
    const sandbox = await start(seedWith(), { now });
    broken = true;
    const { status, body } = await sandbox.send("GET", SUMMARY);
    expect([status, body.error.code]).toEqual([500, "CDP_ETL.INTERNAL.UNHANDLED_EXCEPTION"]);
    expect(body.error.message).toContain("clock is broken");
  });
});
