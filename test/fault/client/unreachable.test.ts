import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { NetworkError, UsageError } from "../../../src/domain/errors.ts";
import { errorOf, fine, useServers } from "../../support/api/raw-client.ts";
import { SELF_SIGNED } from "../../support/network/certificates.ts";
import { answerText, closedPort } from "../../support/network/raw-server.ts";
import { CAMPAIGN_ID } from "../../support/samples/documented-summary.ts";

const { serve, open } = useServers();
const plain: Server[] = [];

afterEach(async () => {
  for (const server of plain.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A server of plain bytes that does one thing when it is greeted. */
async function serveBytes(act: (socket: Socket) => void) {
  let greetings = 0;
  const listener = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      greetings += 1;
      act(socket);
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  plain.push(listener);
  return { server: await serve(fine), url: `https://127.0.0.1:${port}`, greetings: () => greetings };
}

describe("servers that cannot be reached", () => {
  it("case 39: a refused connection is an error within 5 s of waiting", async () => {
    const server = await serve(() => {});
    const port = await closedPort();
    const client = open(server, { apiUrl: `http://127.0.0.1:${port}` });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain(`http://127.0.0.1:${port}`);
    expect(error.message).toContain("refused (ECONNREFUSED)");
    expect(error.cause).toBeInstanceOf(Error);
    expect(client.clock.monotonic()).toBeLessThan(5_000);
  });

  it("case 39: a certificate that nobody signed is an error at the first try", async () => {
    const server = await serve(fine, SELF_SIGNED);
    const client = open(server);
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("self-signed, so nothing vouches for it (DEPTH_ZERO_SELF_SIGNED_CERT)");
    expect(server.requests).toHaveLength(0);
    expect(server.connections()).toBe(1);
    expect(client.clock.slept).toEqual([]);
  });

  it("case 39: a server that does not speak TLS is an error at the first try", async () => {
    const plain = await serveBytes((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const client = open(plain.server, { apiUrl: plain.url });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("(TLS)");
    expect(plain.greetings()).toBe(1);
    expect(client.clock.slept).toEqual([]);
  });

  it("case 39: a server that hangs up while TLS begins is an error within 5 s of waiting", async () => {
    const plain = await serveBytes((socket) => socket.destroy());
    const client = open(plain.server, { apiUrl: plain.url });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("while it was being secured");
    expect(plain.greetings()).toBe(5);
    expect(client.clock.monotonic()).toBeLessThan(5_000);
  });

  it("a server that speaks something else is refused, once", async () => {
    const server = await serve((_request, socket) => void socket.end("220 smtp.example ESMTP\r\n"));
    const error = await errorOf(open(server).reader.readCampaign(CAMPAIGN_ID));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toContain("not HTTP");
    expect(server.requests).toHaveLength(1);
  });
});

describe("proxies", () => {
  it("are left out for hosts of NO_PROXY", async () => {
    const proxy = await serve((_request, socket) => void socket.write(answerText({ status: 403 })));
    const server = await serve(fine, SELF_SIGNED);
    // Reaches this machine, but does not say so in its name.
    const client = open(server, {
      apiUrl: `https://0.0.0.0:${server.port}`,
      variables: { HTTPS_PROXY: proxy.url, NO_PROXY: "other.example,0.0.0.0" },
    });
    const error = await errorOf(client.reader.readCampaign(CAMPAIGN_ID));
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(server.connections()).toBe(1);
    expect(proxy.connections()).toBe(0);
  });

  it("are never asked for this machine", async () => {
    const proxy = await serve((_request, socket) => void socket.write(answerText({ status: 403 })));
    const server = await serve(fine);
    const client = open(server, { variables: { HTTP_PROXY: proxy.url, http_proxy: proxy.url } });
    await client.reader.readCampaign(CAMPAIGN_ID);
    expect(proxy.connections()).toBe(0);
  });

  it("with a bad URL are a wrong setting, not a broken network, also where only tokens go through them", async () => {
    const server = await serve(fine);
    const variables = { HTTPS_PROXY: "http://jo:100%@proxy.example" };
    expect(() => open(server, { apiUrl: "https://api.invalid/public/v1", variables })).toThrow(UsageError);
    const credentials = {
      kind: "client" as const,
      clientId: "a",
      clientSecret: "canary-secret",
      tokenUrl: "https://login.invalid/token",
      scope: null,
      audience: null,
    };
    expect(() => open(server, { credentials, variables })).toThrow(/HTTPS_PROXY has a %/);
  });
});
