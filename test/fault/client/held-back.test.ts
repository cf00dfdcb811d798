import { connect as connectTo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttp, type Http } from "../../../src/http/http.ts";
import { DEFAULT_LIMITS } from "../../../src/patience/limits.ts";
import { BINDING, errorOf, fine, useServers } from "../../support/api/raw-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { answerJson } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const { serve, open } = useServers();
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function openHttp(variables: Readonly<Record<string, string>> = {}): Http {
  const http = createHttp({ limits: DEFAULT_LIMITS, connections: 2, variables });
  ends.push(() => http.close());
  return http;
}

const put = (url: string) => ({
  method: "PUT" as const,
  url: new URL(url),
  label: "PUT /x",
  headers: {},
  body: "{}",
  signal: undefined,
});

/** A proxy whose tunnels open only when it is told. */
async function startGate() {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.once("data", (head) => {
      asked();
      const [, port = "0"] = /^CONNECT [^:]+:(\d+)/.exec(head.toString()) ?? [];
      void released.then(() => {
        const target = connectTo(Number(port), "127.0.0.1");
        sockets.push(target);
        target.on("error", () => undefined);
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(target).pipe(socket);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("No port.");
  return { url: `http://127.0.0.1:${address.port}`, release, isAsked };
}

describe("the last question before a request goes out", () => {
  it("a no keeps it from the server, and leaves the connection for others", async () => {
    const server = await serve((_request, socket) => void socket.write(answerJson({})));
    const http = openHttp();
    await http.send(put(server.url));
    for (let time = 0; time < 3; time += 1) {
      const result = await http.send({ ...put(server.url), mayGo: () => false });
      expect(result).toMatchObject({ kind: "failure", failure: "held-back", error: { sent: "withheld" } });
    }
    expect(await http.send({ ...put(server.url), mayGo: () => true })).toMatchObject({ status: 200 });
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });

  it("is asked when the connection is there, not while it is being made", async () => {
    const server = await serve((_request, socket) => void socket.write(answerJson({})));
    const gate = await startGate();
    const http = openHttp({ http_proxy: gate.url });
    let questions = 0;
    // This machine itself is never asked through a proxy.
    const sent = http.send({
      ...put(server.url.replace("127.0.0.1", "api.example.test")),
      mayGo() {
        questions += 1;
        return true;
      },
    });
    await gate.isAsked;
    expect(questions).toBe(0);
    gate.release();
    expect(await sent).toMatchObject({ kind: "answer", status: 200 });
    expect(questions).toBe(1);
  });
});

describe("a write whose guard does not let it pass", () => {
  it("is sent once the campaign was read again", async () => {
    const server = await serve((request, socket, index) => {
      if (request.method === "GET") fine(request, socket, index);
      else socket.write(answerJson({ success: true, data: {} }));
    });
    const client = open(server);
    let isFresh = false;
    await client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, {
      ...OPEN,
      pass: () => isFresh,
      async readAgain() {
        await client.reader.readCampaign(CAMPAIGN_ID);
        isFresh = true;
      },
    });
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "PUT"]);
  });

  it("that never lets it pass ends it unsent, with the reason", async () => {
    const server = await serve(fine);
    let reads = 0;
    const readAgain = async () => {
      reads += 1;
    };
    const guard = { ...OPEN, pass: () => false, readAgain };
    const error = await errorOf(open(server).openWriter().replaceAudience(CAMPAIGN_ID, BINDING, guard));
    expect(error).toMatchObject({ name: "NetworkError", sent: "withheld" });
    expect(error.message).toMatch(/was not sent: .* more than a second went by/);
    expect(reads).toBe(10);
    expect(server.requests).toHaveLength(0);
  });
});
