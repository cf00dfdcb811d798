import { describe, expect, it } from "vitest";
import { ApiError, NetworkError } from "../../../src/domain/errors.ts";
import { BINDING, campaignIds, errorOf, fine, useServers } from "../../support/api/raw-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";
import { summaryOf } from "../../support/samples/summary.ts";

const { serve, open } = useServers();

describe("servers that fail", () => {
  it.each([500, 502, 503, 504].flatMap((status) => [5, 20].map((percent) => [status, percent])))(
    "case 37: some answers in a hundred fail: all are read, with few requests more (%i, %i)",
    async (status = 0, percent = 0) => {
      let state = 1;
      let failed = 0;
      const server = await serve((request, socket, index) => {
        state = (state * 48_271) % 2_147_483_647;
        if (state % 100 >= percent) return fine(request, socket, index);
        failed += 1;
        socket.write(answerText({ status }));
      });
      const client = open(server);
      const read = await Promise.all(campaignIds(100).map((id) => client.reader.readCampaign(id)));
      expect(read.map((campaign) => campaign.campaignId)).toEqual(campaignIds(100));
      expect(failed).toBeGreaterThan(percent / 2);
      expect(server.requests).toHaveLength(100 + failed);
      expect(client.clock.slept.length).toBeGreaterThanOrEqual(failed);
    },
  );

  it.each([1, 10])(
    "case 38: given up after under 20 more requests than run at once, with one message (%i)",
    async (parallelism) => {
      const server = await serve((_request, socket) => void socket.write(answerText({ status: 503 })));
      const client = open(server, { parallelism });
      const errors = await Promise.all(campaignIds(300).map((id) => errorOf(client.reader.readCampaign(id))));
      expect(server.requests.length).toBeLessThan(parallelism + 20);
      expect(new Set(errors.map((error) => error.message)).size).toBe(1);
      expect(errors[0]).toBeInstanceOf(NetworkError);
      expect(errors[0]?.cause).toMatchObject({ status: 503 });
      expect(client.clock.monotonic()).toBeLessThan(60_000);
    },
  );

  it("case 38: read one after the other, the budget of requests holds too", async () => {
    const server = await serve((_request, socket) => void socket.write(answerText({ status: 500 })));
    const client = open(server, { parallelism: 1 });
    const messages: string[] = [];
    for (const id of campaignIds(10)) messages.push((await errorOf(client.reader.readCampaign(id))).message);
    expect(server.requests.length).toBeLessThanOrEqual(21);
    expect(messages[0]).toContain("500");
  });

  it("a single failing campaign is asked 7 times and keeps its own error", async () => {
    const server = await serve((_request, socket) => void socket.write(answerText({ status: 502 })));
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 502, code: "http-502" });
    expect(server.requests).toHaveLength(7);
  });

  it("case 42: a stale connection does not count against the budget of repeats", async () => {
    // 19 failures and a success leave a budget of 1; the stale connection must leave it to the 503 after it.
    const script = [...Array<string>(18).fill("503"), "fine", "stale", "503", "fine"];
    const server = await serve((request, socket, index) => {
      if (script[index] === "fine") fine(request, socket, index);
      else if (script[index] === "stale") socket.resetAndDestroy();
      else socket.write(answerText({ status: 503 }));
    });
    const client = open(server, { parallelism: 1 });
    await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).campaignId).toBe(CAMPAIGN_ID);
    expect(server.requests).toHaveLength(22);
  });

  it("case 29: many campaigns that cannot be read do not hide the others", async () => {
    const ids = campaignIds(100);
    const bad = new Set(ids.slice(0, 20));
    const server = await serve((request, socket) => {
      const id = request.path.split("/").at(-2) ?? "";
      socket.write(bad.has(id) ? answerText({ status: 500 }) : answerJson(summaryOf(id, BINDING)));
    });
    const client = open(server);
    const read = await Promise.allSettled(ids.map((id) => client.reader.readCampaign(id)));
    expect(read.filter(({ status }) => status === "fulfilled")).toHaveLength(80);
  });

  it("writes that fail keep their own error, and after 20 more than run at once none is sent", async () => {
    const server = await serve((_request, socket) => void socket.write(answerText({ status: 500 })));
    const writer = open(server, { parallelism: 4 }).openWriter();
    const errors = await Promise.all(
      campaignIds(300).map((id) => errorOf(writer.replaceAudience(id, BINDING, OPEN))),
    );
    const sent = server.requests.length;
    expect(sent).toBeGreaterThanOrEqual(19);
    expect(sent).toBeLessThan(4 + 20);
    const failed = errors.filter((error) => error instanceof ApiError);
    expect(failed).toHaveLength(sent);
    for (const error of failed) expect(error).toMatchObject({ status: 500, method: "PUT" });
    const withheld = errors.filter((error) => !(error instanceof ApiError));
    expect(new Set(withheld.map((error) => error.message)).size).toBe(1);
    for (const error of withheld) expect(error).toMatchObject({ name: "NetworkError", sent: "withheld" });
  });

  it("writes that fail do not stop the reads, which find out what became of them", async () => {
    const server = await serve((request, socket, index) => {
      if (request.method === "GET") fine(request, socket, index);
      else socket.write(answerText({ status: 500 }));
    });
    const client = open(server);
    const writer = client.openWriter();
    await Promise.all(campaignIds(60).map((id) => errorOf(writer.replaceAudience(id, BINDING, OPEN))));
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).campaignId).toBe(CAMPAIGN_ID);
  });

  it("a write that waited for others to fail is made sure of again before it goes", async () => {
    let failing = true;
    const server = await serve((_request, socket) => {
      socket.write(failing ? answerText({ status: 500 }) : answerJson({ success: true, data: {} }));
    });
    const client = open(server, { parallelism: 1 });
    const writer = client.openWriter();
    for (const id of campaignIds(19)) await errorOf(writer.replaceAudience(id, BINDING, OPEN));
    failing = false;
    let readAt = client.clock.monotonic();
    const reads: number[] = [];
    await writer.replaceAudience(CAMPAIGN_ID, BINDING, {
      ...OPEN,
      pass: () => client.clock.monotonic() - readAt < 1000,
      async readAgain() {
        readAt = client.clock.monotonic();
        reads.push(readAt);
      },
    });
    expect(reads).toHaveLength(1);
    expect(server.requests).toHaveLength(20);
  });

  it("after the pause, one request finds out that all is well again", async () => {
    let well = false;
    const server = await serve((request, socket, index) => {
      if (well) fine(request, socket, index);
      else socket.write(answerText({ status: 503 }));
    });
    const client = open(server, { parallelism: 2 });
    await Promise.all(campaignIds(50).map((id) => errorOf(client.reader.readCampaign(id))));
    well = true;
    const sent = server.requests.length;
    await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(server.requests).toHaveLength(sent);
    client.clock.advance(5_000);
    await client.reader.readCampaign(CAMPAIGN_ID);
    await Promise.all(campaignIds(10).map((id) => client.reader.readCampaign(id)));
    expect(server.requests).toHaveLength(sent + 11);
  });
});

describe("the caller's signal", () => {
  it("cuts a read in the middle", async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort(new Error("stopped")));
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID, stop.signal));
    expect(error.message).toBe("stopped");
  });

  it("keeps a read from being sent when it comes before the connection is there", async () => {
    const stop = new AbortController();
    const server = await serve(fine);
    const error = errorOf(open(server).reader.readCampaign(CAMPAIGN_ID, stop.signal));
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    stop.abort(new Error("stopped"));
    expect((await error).message).toBe("stopped");
    while (server.connections() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.requests).toEqual([]);
  });

  it("does not cut a write that is under way, but one that waits for its turn", async () => {
    const stop = new AbortController();
    const server = await serve((_request, socket) => {
      stop.abort(new Error("stopped"));
      setTimeout(() => socket.write(answerJson({ success: true, data: {} })), 30);
    });
    const writer = open(server, { parallelism: 1 }).openWriter();
    const first = writer.replaceAudience(CAMPAIGN_ID, BINDING, OPEN, stop.signal);
    const second = errorOf(writer.replaceAudience(CAMPAIGN_ID, BINDING, OPEN, stop.signal));
    expect(await first).toMatchObject({ serverTime: expect.any(Number) });
    expect((await second).message).toBe("stopped");
    expect(server.requests).toHaveLength(1);
  });

  it("may be shared by many calls, waiting, asking and sleeping, without a warning", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on("warning", onWarning);
    const { signal } = new AbortController();
    const limited = answerText({ status: 429, headers: { "retry-after": "1" } });
    const server = await serve((request, socket, index) => {
      if (index < 30) socket.write(limited);
      else fine(request, socket, index);
    });
    const client = open(server, { parallelism: 30 });
    await Promise.all(campaignIds(100).map((id) => client.reader.readCampaign(id, signal)));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  it("may have been given before the call", async () => {
    const server = await serve(fine);
    const signal = AbortSignal.abort(new Error("stopped"));
    expect((await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID, signal))).message).toBe("stopped");
    expect(server.requests).toHaveLength(0);
  });
});
