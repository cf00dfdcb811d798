import { describe, expect, it } from "vitest";
import { ApiError, NetworkError } from "../../../src/errors.ts";
import { answerJson, answerText } from "../../support/raw-server.ts";
import { summaryOf } from "../../support/summary.ts";
import { CAMPAIGN_ID } from "../../unit/experiture/sample-summary.ts";
import { BINDING, campaignIds, errorOf, fine, useServers } from "./client.ts";

const { serve, open } = useServers();

describe("servers that fail", () => {
  it("(37) one in five answers being a 503, all are read in the end", async () => {
    let state = 1;
    const server = await serve((request, socket, index) => {
      state = (state * 48_271) % 2_147_483_647;
      if (state % 5 === 0) socket.write(answerText({ status: 503 }));
      else fine(request, socket, index);
    });
    const client = open(server);
    const read = await Promise.all(campaignIds(200).map((id) => client.reader.readCampaign(id)));
    expect(read.map((campaign) => campaign.campaignId)).toEqual(campaignIds(200));
    expect(server.requests.length).toBeLessThan(300);
    expect(server.requests.length).toBeGreaterThan(210);
  });

  it.each([1, 10])(
    "(38) everything 503, %i at a time: at most 20 more requests than that, one message",
    async (parallelism) => {
      const server = await serve((_request, socket) => void socket.write(answerText({ status: 503 })));
      const client = open(server, { parallelism });
      const errors = await Promise.all(campaignIds(300).map((id) => errorOf(client.reader.readCampaign(id))));
      expect(server.requests.length).toBeLessThanOrEqual(parallelism + 20);
      expect(new Set(errors.map((error) => error.message)).size).toBe(1);
      expect(errors[0]).toBeInstanceOf(NetworkError);
      expect(errors[0]?.cause).toMatchObject({ status: 503 });
      expect(client.clock.monotonic()).toBeLessThan(60_000);
    },
  );

  it("(38) read one after the other, the budget holds too", async () => {
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

  it("(42) a stale connection does not use up the budget", async () => {
    // 19 failures and a success leave a budget of 1; the stale connection must leave it to the 503 after it.
    const script = [...Array<string>(19).fill("503"), "fine", "stale", "503", "fine"];
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
    expect(server.requests).toHaveLength(23);
  });

  it("(29) many campaigns that fail from the start do not hide the others", async () => {
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

  it("a write keeps its own error when the budget is used up: its caller must find out what became of it", async () => {
    const server = await serve((_request, socket) => void socket.write(answerText({ status: 500 })));
    const writer = open(server).openWriter();
    const errors = await Promise.all(
      campaignIds(30).map((id) => errorOf(writer.replaceAudience(id, BINDING))),
    );
    expect(server.requests).toHaveLength(30);
    for (const error of errors) expect(error).toMatchObject({ name: "ApiError", status: 500, method: "PUT" });
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
    const first = writer.replaceAudience(CAMPAIGN_ID, BINDING, stop.signal);
    const second = errorOf(writer.replaceAudience(CAMPAIGN_ID, BINDING, stop.signal));
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
