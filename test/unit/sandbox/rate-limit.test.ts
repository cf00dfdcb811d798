import { describe, expect, it } from "vitest";
import { CAMPAIGN, START, seedWith, start } from "../../support/api/sandbox-under-test.ts";

const SUMMARY = `/campaigns/${CAMPAIGN}/summary`;

describe("--rate and --burst", () => {
  const statuses = async (sandbox: Awaited<ReturnType<typeof start>>, count: number) => {
    const seen: number[] = [];
    for (let index = 0; index < count; index += 1) seen.push((await sandbox.send("GET", SUMMARY)).status);
    return seen;
  };

  it("lets a burst through, then as many as the rate gives", async () => {
    const sandbox = await start(seedWith(), { rate: 2, burst: 3 });
    expect(await statuses(sandbox, 4)).toEqual([200, 200, 200, 429]);
    sandbox.pass(499);
    expect(await statuses(sandbox, 1)).toEqual([429]);
    sandbox.pass(1);
    expect(await statuses(sandbox, 2)).toEqual([200, 429]);
    sandbox.pass(3_600_000);
    expect(await statuses(sandbox, 4)).toEqual([200, 200, 200, 429]);
  });

  it("takes the rate as the burst when none is given, at least 1", async () => {
    expect(await statuses(await start(seedWith(), { rate: 2 }), 3)).toEqual([200, 200, 429]);
    expect(await statuses(await start(seedWith(), { rate: 0.5 }), 2)).toEqual([200, 429]);
  });

  it("counts each token by itself, and nothing that has no token", async () => {
    const sandbox = await start(seedWith(), { rate: 1 });
    const status = async (authorization: string) =>
      (await sandbox.send("GET", SUMMARY, undefined, { authorization })).status;
    expect([await status("Bearer a"), await status("Bearer b"), await status("Bearer a")]).toEqual([
      200, 200, 429,
    ]);
    expect([await status(""), await status("")]).toEqual([401, 401]);
  });

  it("refuses a rate that lets nothing through", async () => {
    await expect(start(seedWith(), { rate: 0 })).rejects.toThrow("lets nothing through");
    await expect(start(seedWith(), { rate: 1, burst: 0 })).rejects.toThrow("lets nothing through");
  });
});

describe("a refusal for rate", () => {
  const refusal = async (switches = {}, options = {}) => {
    const sandbox = await start(seedWith({}, switches), { rate: 0.4, burst: 1, ...options });
    await sandbox.send("GET", SUMMARY);
    return sandbox.send("GET", SUMMARY);
  };

  it("has the documented body, and Retry-After in whole seconds, rounded up", async () => {
    const { headers, body } = await refusal();
    expect(headers.get("retry-after")).toBe("3");
    expect(body).toEqual({
      success: false,
      error: { code: "CDP_ETL.RATE.LIMITED", message: "Rate limit exceeded. Retry after 3s." },
    });
  });

  it("retryAfter: date gives a date that is not too early", async () => {
    const { headers } = await refusal({ retryAfter: "date" });
    expect(headers.get("retry-after")).toBe("Tue, 24 Nov 2026 10:00:04 GMT");
    expect(Date.parse(headers.get("retry-after") ?? "")).toBeGreaterThanOrEqual(START + 2500);
  });

  it("retryAfter: missing leaves it out", async () =>
    expect((await refusal({ retryAfter: "missing" })).headers.has("retry-after")).toBe(false));

  it("says literally what --retry-after says", async () =>
    expect((await refusal({}, { retryAfter: "abc" })).headers.get("retry-after")).toBe("abc"));

  it("rateLimitCode replaces the code", async () =>
    expect((await refusal({ rateLimitCode: "JOURNEY_API.RATE" })).body.error.code).toBe("JOURNEY_API.RATE"));
});
