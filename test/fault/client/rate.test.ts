import { describe, expect, it } from "vitest";
import { ApiError } from "../../../src/domain/errors.ts";
import {
  answering,
  BINDING,
  campaignIds,
  errorOf,
  summaryOf,
  useServers,
} from "../../support/api/raw-client.ts";
import { guardReading, OPEN } from "../../support/api/write-guard.ts";
import { answerJson, answerText } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const { openBoth } = useServers();

function limited(retryAfter: string | null, headers: Record<string, string | null> = {}): string {
  const error = { code: "CDP_ETL.RATE.LIMITED", message: "Rate limit exceeded." };
  return answerJson(
    { success: false, error },
    { status: 429, headers: { ...headers, "retry-after": retryAfter } },
  );
}

describe("429", () => {
  it("is waited out, never before Retry-After", async () => {
    const { server, client } = await openBoth(
      (request, socket, index) => void socket.write(index < 3 ? limited("2") : summaryOf(request)),
    );
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(server.requests).toHaveLength(4);
    expect(client.clock.slept).toHaveLength(3);
    for (const slept of client.clock.slept) expect(slept).toBeGreaterThanOrEqual(2_000);
  });

  it("case 47: the date counts from the answer's own Date, whatever our clock says", async () => {
    const text = limited("Mon, 23 Nov 2026 05:00:04 GMT", { date: "Mon, 23 Nov 2026 05:00:00 GMT" });
    const { client } = await openBoth(
      (request, socket, index) => void socket.write(index === 0 ? text : summaryOf(request)),
    );
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(client.clock.slept).toHaveLength(1);
    expect(client.clock.slept[0]).toBeGreaterThanOrEqual(4_000);
    expect(client.clock.slept[0]).toBeLessThan(4_600);
  });

  it.each([null, "", "abc", "-1", "0"])(
    "case 48: repeated at our own pace, never at once (%j)",
    async (header) => {
      const { server, client } = await openBoth(
        (request, socket, index) => void socket.write(index < 4 ? limited(header) : summaryOf(request)),
      );
      await client.reader.readCampaign(CAMPAIGN_ID);
      expect(server.requests).toHaveLength(5);
      for (const slept of client.clock.slept) expect(slept).toBeGreaterThanOrEqual(500);
    },
  );

  it("case 49: not slept: the error says when to come back, and nobody else asks", async () => {
    const { server, client } = await openBoth(answering(limited("86400")), {
      parallelism: 2,
    });
    const errors = await Promise.all(campaignIds(20).map((id) => errorOf(client.reader.readCampaign(id))));
    expect(client.clock.slept).toEqual([]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
    expect(errors[0]).toBeInstanceOf(ApiError);
    expect(errors[0]).toMatchObject({ status: 429, code: "CDP_ETL.RATE.LIMITED" });
    expect(errors[0]?.message).toContain("Come back after 2026-11-24T10:00:00.000Z");
    client.clock.advance(86_400_000);
    const before = server.requests.length;
    await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(server.requests).toHaveLength(before + 1);
  });

  it("case 49: longer than a date can say is told all the same", async () => {
    const { client } = await openBoth(answering(limited("9".repeat(40))));
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toContain("Come back much later");
  });

  it("case 50: outlasted, and all are read", async () => {
    const { client } = await openBoth((request, socket) => {
      const minuteIsOver = client.clock.monotonic() >= 60_000;
      socket.write(minuteIsOver ? summaryOf(request) : limited("1"));
    });
    const read = await Promise.all(campaignIds(5).map((id) => client.reader.readCampaign(id)));
    expect(read).toHaveLength(5);
  });

  it("case 50: for ever ends at the deadline with what the API said", async () => {
    const { client } = await openBoth(answering(limited("60")));
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 429 });
    expect(error.message).toContain("--parallelism");
    expect(client.clock.monotonic()).toBeLessThanOrEqual(300_000);
    expect(client.clock.monotonic()).toBeGreaterThan(200_000);
  });

  it("case 50: to every write for ever ends at the deadline, also while reads are accepted", async () => {
    const { server, client } = await openBoth((request, socket) => {
      socket.write(request.method === "GET" ? summaryOf(request) : limited("30"));
    });
    const readAgain = async () => void (await client.reader.readCampaign(CAMPAIGN_ID));
    const writing = client.openWriter().replaceAudience(
      CAMPAIGN_ID,
      BINDING,
      guardReading(async () => {
        if (server.requests.length > 100) throw new Error("It goes on for ever.");
        await readAgain();
      }),
    );
    expect(await errorOf(writing)).toMatchObject({ name: "ApiError", status: 429 });
    expect(client.clock.monotonic()).toBeLessThanOrEqual(300_000);
    expect(client.clock.monotonic()).toBeGreaterThan(200_000);
  });

  it("lets only the refused request wait and holds no slot for it", async () => {
    const [first = "", ...others] = campaignIds(6);
    let refused = 0;
    const { server, client } = await openBoth(
      (request, socket) => {
        if (!request.path.includes(first) || refused > 0) return void socket.write(summaryOf(request));
        refused += 1;
        socket.write(limited("2"));
      },
      { parallelism: 1 },
    );
    const all = [first, ...others].map((id) => client.reader.readCampaign(id));
    await Promise.all(all);
    const asked = server.requests.map((request) => request.path.split("/")[4]);
    expect(asked[0]).toBe(first);
    expect(asked[1]).toBe(others[0]);
    expect(asked.filter((id) => id === first)).toHaveLength(2);
  });

  it("to a write is repeated too: nothing was done", async () => {
    const { server, client } = await openBoth((_request, socket, index) => {
      socket.write(index === 0 ? limited("1") : answerJson({ success: true, data: {} }));
    });
    await client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN);
    expect(server.requests.map((request) => request.method)).toEqual(["PUT", "PUT"]);
  });

  it("to reads does not hold up writes: rate classes are independent", async () => {
    const { client } = await openBoth((request, socket) => {
      socket.write(request.method === "GET" ? limited("86400") : answerJson({ success: true, data: {} }));
    });
    await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    await expect(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN)).resolves.toBeDefined();
  });

  it("ends the wait when the caller's signal does", async () => {
    const stop = new AbortController();
    const { server, client } = await openBoth((_request, socket) => {
      stop.abort(new Error("stopped"));
      socket.write(limited("60"));
    });
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN, stop.signal));
    expect(error.message).toBe("stopped");
    expect(server.requests).toHaveLength(1);
  });
});

describe("503 with Retry-After", () => {
  it("case 52: a read honours it as that of a 429", async () => {
    const text = answerText({ status: 503, headers: { "retry-after": "3" } });
    const { server, client } = await openBoth(
      (request, socket, index) => void socket.write(index < 30 ? text : summaryOf(request)),
    );
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(server.requests).toHaveLength(31);
    for (const slept of client.clock.slept) expect(slept).toBeGreaterThanOrEqual(3_000);
  });
  it("case 52: for ever ends at the deadline, for it is nothing that was accepted", async () => {
    const { client } = await openBoth(
      answering(answerText({ status: 503, headers: { "retry-after": "60" } })),
    );
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toMatchObject({ name: "ApiError", status: 503 });
    expect(client.clock.monotonic()).toBeLessThanOrEqual(300_000);
  });
});
