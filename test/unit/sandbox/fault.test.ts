import { describe, expect, it } from "vitest";
import { createFaultPicker, type InjectedFault, parseFault } from "../../../src/sandbox/fault.ts";
import { CAMPAIGN, LIVE, start, WANTED } from "../../support/api/sandbox-under-test.ts";

const SUMMARY = `/campaigns/${CAMPAIGN}/summary`;
const always = (text: string): InjectedFault => {
  const fault = parseFault(text);
  if (typeof fault === "string") throw new Error(fault);
  return fault;
};

describe("parseFault", () => {
  it.each([
    ["503:0.2", { kind: "status", status: 503, probability: 0.2 }],
    ["429", { kind: "status", status: 429, probability: 1 }],
    ["reset:0.1", { kind: "reset", probability: 0.1 }],
    ["hang:0", { kind: "hang", probability: 0 }],
    ["lost-answer:1", { kind: "lost-answer", probability: 1 }],
    ["bad-json", { kind: "bad-json", probability: 1 }],
    ["html:.5", { kind: "html", probability: 0.5 }],
    ["truncate:1e-1", { kind: "truncate", probability: 0.1 }],
  ])("reads %s", (text, fault) => expect(parseFault(text)).toEqual(fault));

  it.each(["", "oops", "200:0.1", "600", "5030", "503:0.1:0.2", "Reset"])("refuses the name of %j", (text) =>
    expect(parseFault(text)).toContain("is not a fault"),
  );
  it.each(["503:", "503:x", "503:-0.1", "503:1.1", "503:NaN"])("refuses the probability of %j", (text) =>
    expect(parseFault(text)).toContain("is not a probability"),
  );
});

describe("the choice of faults", () => {
  const paths = Array.from({ length: 2000 }, (_, index) => `/campaigns/${index}/summary`);
  const struck = (faults: readonly InjectedFault[], seed: number, order = paths) => {
    const pick = createFaultPicker(faults, seed);
    return new Map(order.map((path) => [path, pick("GET", path)?.kind ?? null]));
  };
  const share = (found: Map<string, string | null>, kind: string) =>
    [...found.values()].filter((value) => value === kind).length / paths.length;

  it("strikes about as often as its probability says", () => {
    const found = struck([always("503:0.2"), always("reset:0.5")], 1);
    expect(share(found, "status")).toBeGreaterThan(0.17);
    expect(share(found, "status")).toBeLessThan(0.23);
    expect(share(found, "reset")).toBeGreaterThan(0.36);
    expect(share(found, "reset")).toBeLessThan(0.44);
  });

  it("is the same for a seed, in whatever order the requests come", () => {
    const faults = [always("503:0.2")];
    const found = struck(faults, 7);
    expect(struck(faults, 7, paths.toReversed())).toEqual(new Map([...found].toReversed()));
    expect(struck(faults, 8)).not.toEqual(found);
  });

  it("differs from one try of a request to the next", () => {
    const pick = createFaultPicker([always("reset:0.5")], 1);
    const tries = Array.from({ length: 50 }, () => pick("GET", "/campaigns/1/summary") !== null);
    expect(new Set(tries)).toEqual(new Set([true, false]));
  });

  it("strikes never with 0 and always with 1", () => {
    expect(share(struck([always("reset:0")], 1), "reset")).toBe(0);
    expect(share(struck([always("reset")], 1), "reset")).toBe(1);
  });

  it("loses answers of a PUT only", () => {
    const pick = createFaultPicker([always("lost-answer")], 1);
    expect(pick("GET", "/x")).toBeNull();
    expect(pick("PUT", "/x")?.kind).toBe("lost-answer");
  });
});

describe("a fault over HTTP", () => {
  const strike = async (text: string) => start(undefined, { faults: [always(text)] });
  type Running = Awaited<ReturnType<typeof strike>>;
  const logged = async (sandbox: Running) => (await sandbox.send("GET", "/__sandbox/requests")).body.at(-1);

  it.each([500, 502, 503])("%i answers with it and does nothing", async (status) => {
    const sandbox = await strike(String(status));
    const answer = await sandbox.put();
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false });
    expect((await sandbox.state()).audience).toEqual(LIVE);
    expect(await logged(sandbox)).toMatchObject({ status, fault: String(status) });
  });

  it("429 comes with Retry-After and the code for rate", async () => {
    const sandbox = await strike("429");
    const answer = await sandbox.put();
    expect([answer.status, answer.body.error.code]).toEqual([429, "CDP_ETL.RATE.LIMITED"]);
    expect(answer.headers.get("retry-after")).toBe("1");
  });

  it("reset cuts the connection and does nothing", async () => {
    const sandbox = await strike("reset");
    await expect(sandbox.put()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect((await sandbox.state()).audience).toEqual(LIVE);
    expect(await logged(sandbox)).toMatchObject({ method: "PUT", status: null, fault: "reset" });
  });

  it("lost-answer cuts the connection after the write", async () => {
    const sandbox = await strike("lost-answer");
    await expect(sandbox.put()).rejects.toThrow();
    expect((await sandbox.state()).audience).toEqual(WANTED);
    expect(await logged(sandbox)).toMatchObject({ method: "PUT", status: null, fault: "lost-answer" });
    expect((await sandbox.send("GET", SUMMARY)).status).toBe(200);
  });

  it("hang never answers, does nothing, and does not keep the sandbox from closing", async () => {
    const sandbox = await strike("hang");
    const pending = sandbox.put().catch((error: Error) => error);
    while ((await logged(sandbox))?.fault !== "hang") await new Promise(setImmediate);
    expect((await sandbox.state()).audience).toEqual(LIVE);
    await sandbox.close();
    expect(await pending).toBeInstanceOf(Error);
  });

  it("html answers with a page that asks to sign in, and does nothing", async () => {
    const sandbox = await strike("html");
    const answer = await sandbox.put();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html"]);
    expect(answer.text).toMatch(/^<!doctype html>/);
    expect((await sandbox.state()).audience).toEqual(LIVE);
  });

  it("bad-json does the work and garbles the answer", async () => {
    const sandbox = await strike("bad-json");
    const answer = await sandbox.put();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "application/json; charset=utf-8",
    ]);
    expect(answer.text.length).toBeGreaterThan(100);
    expect(answer.body).toBeNull();
    expect((await sandbox.state()).audience).toEqual(WANTED);
  });

  it("truncate does the work and cuts the answer short", async () => {
    const sandbox = await strike("truncate");
    await expect(sandbox.put()).rejects.toThrow();
    expect((await sandbox.state()).audience).toEqual(WANTED);
    expect(await logged(sandbox)).toMatchObject({ status: 200, fault: "truncate" });
  });

  it("never strikes the token endpoint", async () => {
    const sandbox = await strike("503");
    const headers = { "content-type": "application/x-www-form-urlencoded", authorization: "Basic YTpi" };
    const answer = await sandbox.send("POST", "/oauth/token", "grant_type=client_credentials", headers);
    expect(answer.status).toBe(200);
  });
});
