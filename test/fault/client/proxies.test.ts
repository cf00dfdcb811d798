import { describe, expect, it } from "vitest";
import { NetworkError, TimeoutError } from "../../../src/domain/errors.ts";
import { BINDING, errorOf, fine, SHORT, useServers } from "../../support/api/raw-client.ts";
import { OPEN } from "../../support/api/write-guard.ts";
import { COMPANY_CERTIFICATE, SELF_SIGNED } from "../../support/network/certificates.ts";
import { joinTo } from "../../support/network/forward-proxy.ts";
import { answerText, type Behaviour, closedPort } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const { serve, open } = useServers();

const API = { apiUrl: "https://api.invalid/public/v1" };
const CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n";

/** A client whose every request goes through a proxy that does this. */
async function behind(behave: Behaviour, limits = {}) {
  const proxy = await serve(behave);
  const client = open(proxy, { ...API, variables: { HTTPS_PROXY: proxy.url }, limits });
  return { proxy, client, read: () => errorOf(client.reader.readCampaign(CAMPAIGN_ID)) };
}

describe("a proxy that says no", () => {
  const WANTS = "It wants a user name and a password: write them into HTTPS_PROXY";
  const FORBIDS = "It does not let this machine reach https://api.invalid";
  const NO_PROXY = "It may be no proxy: check HTTPS_PROXY.";
  const LATER = "It could not reach https://api.invalid for now";
  const advised = (advice: string, connections: number, statuses: readonly number[]) =>
    statuses.map((status) => ({ status, connections, advice }));
  it.each([
    ...advised(WANTS, 1, [407]),
    ...advised(FORBIDS, 1, [401, 403, 451]),
    ...advised(NO_PROXY, 1, [100, 302, 400, 404, 405, 501]),
    ...advised(LATER, 5, [429, 502, 503, 504]),
  ])("$status: told after $connections connections", async ({ status, connections, advice }) => {
    const { proxy, read } = await behind((_request, socket) => void socket.write(answerText({ status })));
    const error = await read();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ sent: "no" });
    expect(error.message).toContain(
      `no answer from https://api.invalid: the proxy ${proxy.url} (HTTPS_PROXY) answered ${status} to CONNECT. ${advice}`,
    );
    expect(proxy.connections()).toBe(connections);
    expect(proxy.requests[0]).toMatchObject({ method: "CONNECT", path: "api.invalid:443" });
    expect(proxy.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ["Negotiate", 'only "Negotiate"'],
    ["NTLM\r\nproxy-authenticate: Negotiate", 'only "NTLM, Negotiate"'],
    ['Negotiate, Basic realm="x"', "write them into HTTPS_PROXY"],
  ])("407 with %j: %s", async (challenge, words) => {
    const { read } = await behind(
      (_, socket) =>
        void socket.write(answerText({ status: 407, headers: { "proxy-authenticate": challenge } })),
    );
    expect((await read()).message).toContain(words);
  });

  it("407 to a user name and password: they are not accepted, and not told", async () => {
    const proxy = await serve((_request, socket) => void socket.write(answerText({ status: 407 })));
    const https_proxy = proxy.url.replace("//", "//jo:canary-password@");
    const client = open(proxy, { ...API, variables: { https_proxy } });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toContain("It does not accept the user name and password in https_proxy.");
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(
      /canary|am86Y2FuYXJ5/,
    );
  });

  it("a write that did not get past it was not sent", async () => {
    const { proxy, client } = await behind(
      (_request, socket) => void socket.write(answerText({ status: 502 })),
    );
    const writing = client.openWriter().replaceAudience(CAMPAIGN_ID, BINDING, OPEN);
    expect(await errorOf(writing)).toMatchObject({ name: "NetworkError", sent: "no" });
    expect(proxy.connections()).toBe(1);
  });
});

/** Whatever is done to the connection: a handful of them, and it is said that it was at the proxy. */
describe("a proxy that breaks off", () => {
  const HALF = "HTTP/1.1 200 Conn";
  it.each<[string, Behaviour, number, string]>([
    ["ends after CONNECT", (_, socket) => void socket.end(), 5, "broke"],
    ["resets after CONNECT", (_, socket) => void socket.resetAndDestroy(), 5, "broke"],
    ["ends inside its answer", (_, socket) => void socket.end(HALF), 5, "broke"],
    ["answers what is not HTTP", (_, socket) => void socket.end("220 smtp ESMTP\r\n"), 1, "is not HTTP"],
    [
      "answers a header without end",
      (_, socket) => void socket.write(`${HALF}\r\nx: ${"y".repeat(99_999)}`),
      1,
      "is not HTTP",
    ],
  ])("%s", async (_name, behave, connections, words) => {
    const { proxy, read } = await behind(behave);
    const error = await read();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ sent: "no" });
    expect(error.message).toContain(`: at the proxy ${proxy.url} (HTTPS_PROXY), `);
    expect(error.message).toContain(words);
    expect(error.message).toContain("Check HTTPS_PROXY");
    expect(proxy.connections()).toBe(connections);
  });

  it.each<[string, Behaviour]>([
    ["ends as it has connected", (_, socket) => void socket.end(CONNECTED)],
    [
      "resets as it has connected",
      (_, socket) => void socket.write(CONNECTED, () => socket.resetAndDestroy()),
    ],
    [
      "ends while TLS begins",
      (_, socket) => {
        socket.once("data", () => socket.destroy());
        socket.write(CONNECTED);
      },
    ],
  ])("%s", async (_name, behave) => {
    const { proxy, read } = await behind(behave);
    const error = await read();
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain(
      `no answer from https://api.invalid: through the proxy ${proxy.url} (HTTPS_PROXY), the connection broke while it was being secured (TLS)`,
    );
    expect(error.message).toContain("Check HTTPS_PROXY");
    expect(proxy.connections()).toBe(5);
  });

  it("something else than TLS at the end of the tunnel is an error at once", async () => {
    const { proxy, read } = await behind((_, socket) => void socket.write(`${CONNECTED}220 smtp ESMTP\r\n`));
    expect((await read()).message).toContain("(HTTPS_PROXY), no secure connection (TLS) could be made");
    expect(proxy.connections()).toBe(1);
  });

  it("a proxy that nobody is at is told as such", async () => {
    const proxy = await serve(() => {});
    const port = await closedPort();
    const client = open(proxy, { ...API, variables: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toContain(
      `at the proxy http://127.0.0.1:${port} (HTTPS_PROXY), the connection was refused (ECONNREFUSED)`,
    );
    expect(client.clock.monotonic()).toBeLessThan(5_000);
  });

  it("a proxy whose own certificate is not accepted is told as such", async () => {
    const proxy = await serve(() => {}, SELF_SIGNED);
    const client = open(proxy, { ...API, variables: { HTTPS_PROXY: proxy.url } });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toContain(
      `at the proxy ${proxy.url} (HTTPS_PROXY), the certificate is self-signed`,
    );
    expect(error.message).toContain("NODE_EXTRA_CA_CERTS");
    expect(proxy.connections()).toBe(1);
  });
});

describe("a proxy that is slow", () => {
  const never: Behaviour = () => {};
  const trickle: Behaviour = (_, socket) => {
    const timer = setInterval(() => socket.write("x"), 20);
    socket.write("HTTP/1.1 200 Connected\r\nx: ");
    socket.on("close", () => clearInterval(timer));
  };
  it.each([
    ["never answers", never],
    ["answers a byte at a time", trickle],
  ])("%s: an error within the limits, and no connection stays", async (_name, behave) => {
    const { proxy, client, read } = await behind(behave, SHORT);
    const error = await read();
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ sent: "no" });
    expect(error.message).toContain(`at the proxy ${proxy.url} (HTTPS_PROXY), `);
    expect(proxy.connections()).toBe(2);
    await client.close();
  });

  it("never answers, and the whole call has its limit: closing ends the wait for it", async () => {
    const closed: Promise<unknown>[] = [];
    const { client, read } = await behind(
      (_, socket) => {
        closed.push(new Promise((resolve) => socket.once("close", resolve)));
      },
      { ...SHORT, headersMs: 60_000 },
    );
    expect((await read()).message).toContain("no complete answer within 1 s");
    await client.close();
    expect(closed.length).toBeGreaterThan(0);
    await Promise.all(closed);
  });

  it("is silent once it has connected", async () => {
    const { proxy, read } = await behind((_, socket) => void socket.write(CONNECTED), {
      ...SHORT,
      connectMs: 100,
      callMs: 10_000,
    });
    const error = await read();
    expect(error).toMatchObject({ name: "TimeoutError", sent: "no" });
    expect(error.message).toContain("(HTTPS_PROXY), no connection was made in time");
    expect(proxy.connections()).toBe(2);
  });
});

describe("a proxy that hangs up at any moment", () => {
  const ANSWER = "HTTP/1.1 200 Connected\r\nvia: 1.1 p\r\n\r\n";
  it.each(Array.from(ANSWER, (_, length) => length))("%i bytes into its answer", async (length) => {
    const { proxy, read } = await behind((_, socket) => void socket.end(ANSWER.slice(0, length)));
    expect(await read()).toMatchObject({ name: "NetworkError", sent: "no" });
    expect(proxy.connections()).toBe(5);
  });

  it.each(Array.from({ length: 20 }, (_, index) => index * 100))(
    "%i bytes into what the server says",
    async (length) => {
      const server = await serve(fine, COMPANY_CERTIFICATE);
      const { proxy, read } = await behind((_, socket) => {
        socket.write(CONNECTED);
        joinTo(server.port, socket, length);
      });
      expect(await read()).toBeInstanceOf(NetworkError);
      expect(proxy.connections()).toBeLessThanOrEqual(7);
    },
  );
});

describe("tunnels", () => {
  it("carry TLS in which the server is checked as ever", async () => {
    const server = await serve(fine, COMPANY_CERTIFICATE);
    const { proxy, read } = await behind((_request, socket) => {
      socket.write(CONNECTED);
      joinTo(server.port, socket);
    });
    const { message } = await read();
    expect(message).toContain(`through the proxy ${proxy.url} (HTTPS_PROXY), the certificate is signed`);
    expect(message).toContain("(UNABLE_TO_VERIFY_LEAF_SIGNATURE). Where your company's proxy");
    expect(server.connections()).toBe(1);
    expect(server.requests).toHaveLength(0);
  });
});
