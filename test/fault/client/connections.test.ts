import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { ApiResponseError, NetworkError, TimeoutError } from "../../../src/domain/errors.ts";
import { BINDING, campaignIds, errorOf, fine, SHORT, useServers } from "../../support/api/raw-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { answerText } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

/** The HTTP library looks at its own limits about twice a second, so the whole call needs more than that. */
const SILENT = { ...SHORT, callMs: 5_000 };

const { serve, open } = useServers();

describe("answers that break off", () => {
  it("case 34: a body shorter than its Content-Length is asked for again", async () => {
    const server = await serve((request, socket, index) => {
      if (index > 0) return fine(request, socket, index);
      socket.end(answerText({ headers: { "content-length": "5000" }, body: "{" }));
    });
    const client = open(server);
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).authoringStatus).toBe("draft");
    expect(server.requests).toHaveLength(2);
  });

  it("case 34: one that is always cut in the middle is an error in the end", async () => {
    const server = await serve((_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{"su\r\n');
      socket.end();
    });
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(server.requests).toHaveLength(7);
  });

  it("case 34: one that is cut behind its Content-Length is asked for again", async () => {
    const server = await serve((request, socket, index) => {
      if (index > 0) return fine(request, socket, index);
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx-");
    });
    expect((await open(server).reader.readCampaign(CAMPAIGN_ID)).authoringStatus).toBe("draft");
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["the connection stays", (socket: Socket, text: string) => void socket.write(text)],
    ["the connection ends", (socket: Socket, text: string) => void socket.end(text)],
  ])("case 34: one of two lengths is not HTTP, and not asked for again (%s)", async (_, say) => {
    const server = await serve((_request, socket) =>
      say(socket, "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"),
    );
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toMatchObject({ name: "NetworkError", sent: "unknown" });
    expect(error.message).toContain("what came back is not HTTP (UND_ERR_RES_CONTENT_LENGTH_MISMATCH)");
    expect(server.connections()).toBe(1);
  });

  it.each([
    ["chunks without end", "transfer-encoding: chunked", "10000\r\n", "\r\n"],
    ["a length of 1 GiB", "content-length: 1073741824", "", ""],
  ])("case 35: cut at 4 MiB, an error, not asked for again (%s)", async (_, header, before, after) => {
    const server = await serve((_request, socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nx-correlation-id: big\r\n${header}\r\n\r\n`);
      const block = before + "x".repeat(0x10000) + after;
      const more = (): void => {
        while (!socket.destroyed && socket.write(block));
      };
      socket.on("drain", more);
      more();
    });
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error.message).toContain("larger than 4194304 bytes");
    expect(error).toMatchObject({ status: 200, correlationId: "big" });
    expect(server.requests).toHaveLength(1);
  });

  it("case 42: a read that was reset is asked for again", async () => {
    const server = await serve((request, socket, index) => {
      if (index < 2) socket.resetAndDestroy();
      else fine(request, socket, index);
    });
    const client = open(server);
    expect((await client.reader.readCampaign(CAMPAIGN_ID)).authoringStatus).toBe("draft");
    expect(server.requests).toHaveLength(3);
    expect(client.clock.slept).toHaveLength(2);
  });

  it.each(["reset", "end"] as const)(
    "case 42: a kept connection that went stale is replaced at once (%s)",
    async (how) => {
      const server = await serve((request, socket, index) => {
        if (request.connection === 1 && index === 1) {
          if (how === "reset") socket.resetAndDestroy();
          else socket.end();
        } else fine(request, socket, index);
      });
      const client = open(server, { parallelism: 1 });
      await client.reader.readCampaign(CAMPAIGN_ID);
      await client.reader.readCampaign(CAMPAIGN_ID);
      expect(server.requests.map((request) => request.connection)).toEqual([1, 1, 2]);
      expect(client.clock.slept).toEqual([]);
    },
  );

  it("cases 53, 54: the client sends a write once: whoever asked for it must read and decide", async () => {
    const server = await serve((request, socket, index) => {
      if (request.method === "PUT") socket.resetAndDestroy();
      else fine(request, socket, index);
    });
    const client = open(server);
    await client.reader.readCampaign(CAMPAIGN_ID);
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ code: "no-answer" });
    expect(server.requests.map((request) => request.method)).toEqual(["GET", "PUT"]);
  });
});

describe("kept connections", () => {
  it("serve one call after the other, however many might be open", async () => {
    const server = await serve(fine);
    const client = open(server);
    for (const id of campaignIds(5)) await client.reader.readCampaign(id);
    expect(server.connections()).toBe(1);
  });
});

describe("servers that are slow", () => {
  it("case 40: asked twice, then it is a time-out", async () => {
    const server = await serve(() => {});
    const error = await errorOf(open(server, { limits: SILENT }).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toContain("did not answer in time");
    expect(server.requests).toHaveLength(2);
  });

  it("an answer that stops in the middle is a time-out", async () => {
    const server = await serve((_request, socket) => {
      socket.write(answerText({ headers: { "content-length": "50" }, body: "{" }));
    });
    const error = await errorOf(open(server, { limits: SILENT }).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toContain("stopped in the middle");
  });

  it("case 41: it meets the limit of the whole call, though it never falls silent", async () => {
    const server = await serve((_request, socket) => {
      socket.write(answerText({ headers: { "content-length": "100000" }, body: "{" }));
      const timer = setInterval(() => socket.write(" "), 20);
      socket.on("close", () => clearInterval(timer));
    });
    const limits = { ...SHORT, bodyMs: 60_000 };
    const error = await errorOf(open(server, { limits }).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toContain("no complete answer within 1 s");
    expect(server.requests).toHaveLength(2);
  });

  it("case 40: a write that gets no answer is sent once", async () => {
    const server = await serve(() => {});
    const client = open(server, { limits: SHORT });
    const error = await errorOf(client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN));
    expect(error).toMatchObject({ name: "TimeoutError", code: "timeout" });
    expect(server.requests).toHaveLength(1);
  });
});
