import tls from "node:tls";
import { describe, type TestContext, test, vi } from "vitest";
import {
  COMPANY_CA,
  COMPANY_CERTIFICATE,
  EXPIRED_CERTIFICATE,
  SELF_SIGNED,
} from "../../support/network/certificates.ts";
import { type CompanyNetwork, makeCompanyNetwork } from "../../support/network/company-network.ts";
import { startForwardProxy, startFront, targetsOf } from "../../support/network/forward-proxy.ts";
import type { Certificate } from "../../support/network/raw-server.ts";
import { IS_BUILT, type Ran } from "../../support/program/cli.ts";
import { runBeside, type TestCampaign } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

const campaign = (index: number): TestCampaign => ({
  id: campaignId(index),
  desired: binding([1, 2], [9]),
  live: binding([1], [9]),
});

async function networkOf(
  context: TestContext,
  count: number,
  options?: Parameters<typeof makeCompanyNetwork>[1],
): Promise<CompanyNetwork> {
  const network = await makeCompanyNetwork(
    Array.from({ length: count }, (_, index) => campaign(index)),
    options,
  );
  context.onTestFinished(() => network.end());
  return network;
}

/** A plan in this process, which trusts the company and nobody else; with `BUILT=1` one that began with NODE_EXTRA_CA_CERTS. */
async function planIn(network: CompanyNetwork, more: Readonly<Record<string, string>>): Promise<Ran> {
  if (IS_BUILT) return network.run(["plan"], { env: { ...network.env, ...more } });
  const { NODE_EXTRA_CA_CERTS: _, ...env } = { ...network.env, ...more };
  const { createSecureContext } = tls;
  const trusting = vi
    .spyOn(tls, "createSecureContext")
    .mockImplementation((options) => createSecureContext({ ...options, ca: COMPANY_CA }));
  try {
    return await runBeside(network, ["plan"], env);
  } finally {
    trusting.mockRestore();
  }
}

const TUNNEL = "CONNECT api.example.test:443";

describe("behind a company's proxy the program", () => {
  test("built: plans, applies and waits through it, over connections that are kept", async (context) => {
    const { expect } = context;
    const network = await networkOf(context, 12);
    const ran = await network.run(["apply", "--yes", "--parallelism", "3"], { env: network.env });
    expect(ran.code).toBe(0);
    expect((await network.sandbox.requests()).filter(({ method }) => method === "PUT")).toHaveLength(12);
    expect(targetsOf(network.proxy).every((target) => target === TUNNEL)).toBe(true);
    expect(network.proxy.requests.length).toBeLessThanOrEqual(3);
    expect(network.front.connections()).toBe(network.proxy.requests.length);
  });

  test("proves itself to the proxy with what the URL says, and to nobody else", async (context) => {
    const { expect } = context;
    const authorization = `Basic ${Buffer.from("jo@corp:canary p%ss/1").toString("base64")}`;
    const network = await networkOf(context, 1, { authorization });
    const https_proxy = network.proxy.url.replace("//", "//jo%40corp:canary%20p%25ss%2F1@");
    const ran = await planIn(network, { HTTPS_PROXY: "", https_proxy });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(network.proxy.requests.map(({ headers }) => headers["proxy-authorization"])).toEqual([
      authorization,
    ]);
    expect(network.proxy.requests[0]?.headers.authorization).toBeUndefined();
  });

  test("gets its token through it too", async (context) => {
    const { expect } = context;
    const clients = [{ clientId: "planner", clientSecret: "canary-client-secret" }];
    const network = await networkOf(context, 1, { seed: { clients } });
    const ran = await planIn(network, {
      EXPERITURE_TOKEN: "",
      EXPERITURE_CLIENT_ID: "planner",
      EXPERITURE_CLIENT_SECRET: "canary-client-secret",
      EXPERITURE_TOKEN_URL: "https://login.example.test/public/v1/oauth/token",
    });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(targetsOf(network.proxy)).toEqual(["CONNECT login.example.test:443", TUNNEL]);
  });

  test("speaks TLS to the proxy where the variable says https", async (context) => {
    const { expect } = context;
    const network = await networkOf(context, 1);
    const proxy = await startForwardProxy(() => network.front.port, { certificate: COMPANY_CERTIFICATE });
    context.onTestFinished(() => proxy.close());
    const ran = await planIn(network, { HTTPS_PROXY: proxy.url });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(targetsOf(proxy)).toEqual([TUNNEL]);
  });

  test("HTTP_PROXY serves for want of HTTPS_PROXY", async (context) => {
    const { expect } = context;
    const network = await networkOf(context, 1);
    const env = { HTTPS_PROXY: "", HTTP_PROXY: network.proxy.url };
    expect(await planIn(network, env)).toMatchObject({ code: 0, stderr: "" });
    expect(targetsOf(network.proxy)).toEqual([TUNNEL]);
  });

  test.for(["0.0.0.0", "other.example, 0.0.0.0:PORT", "*"])(
    "NO_PROXY=%s: the server is asked directly",
    async (list, context) => {
      const { expect } = context;
      const network = await networkOf(context, 1);
      const { port } = network.front;
      const env = {
        // Reaches this machine, but does not say so in its name.
        EXPERITURE_API_URL: `https://0.0.0.0:${port}/public/v1`,
        NO_PROXY: list.replace("PORT", String(port)),
      };
      expect(await planIn(network, env)).toMatchObject({ code: 0, stderr: "" });
      expect(network.proxy.requests).toEqual([]);
      expect(network.front.connections()).toBe(1);
    },
  );
});

test("this machine is never asked through a proxy", async (context) => {
  const { expect } = context;
  const network = await networkOf(context, 1);
  const env = {
    HTTPS_PROXY: network.proxy.url,
    HTTP_PROXY: network.proxy.url,
    http_proxy: network.proxy.url,
  };
  expect(await runBeside(network, ["plan"], env)).toMatchObject({ code: 0, stderr: "" });
  expect(network.proxy.connections()).toBe(0);
});

type Fault = {
  readonly certificate: Certificate;
  readonly host: string;
  /** Whose authority the program is told of. */
  readonly knows: "nothing" | "the company";
  readonly words: string;
  readonly advice: string;
};

describe("certificates that the program does not accept", () => {
  test.for<[string, Fault]>([
    [
      "of an authority that nobody told it of",
      {
        certificate: COMPANY_CERTIFICATE,
        host: "127.0.0.1",
        knows: "nothing",
        words:
          "the certificate is signed by an authority that Node.js does not know (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
        advice: "NODE_EXTRA_CA_CERTS",
      },
    ],
    [
      "self-signed",
      {
        certificate: SELF_SIGNED,
        host: "127.0.0.1",
        knows: "nothing",
        words: "the certificate is self-signed, so nothing vouches for it (DEPTH_ZERO_SELF_SIGNED_CERT)",
        advice: "NODE_EXTRA_CA_CERTS",
      },
    ],
    [
      "expired",
      {
        certificate: EXPIRED_CERTIFICATE,
        host: "127.0.0.1",
        knows: "the company",
        words: "the certificate has expired (CERT_HAS_EXPIRED)",
        advice: "must renew it",
      },
    ],
    [
      "for another host",
      {
        certificate: COMPANY_CERTIFICATE,
        host: "localhost",
        knows: "the company",
        words: "the certificate is for another host name (ERR_TLS_CERT_ALTNAME_INVALID)",
        advice: "Check the host name in the URL",
      },
    ],
  ])(
    "case 39: a certificate that is not accepted is said in words, once, with what to do (%s)",
    async ([, fault], context) => {
      const { expect } = context;
      const network = await networkOf(context, 1);
      const front = await startFront(Number(new URL(network.sandbox.url).port), fault.certificate);
      context.onTestFinished(() => front.close());
      const url = `https://${fault.host}:${front.port}`;
      const env = { EXPERITURE_API_URL: `${url}/public/v1` };
      const ran =
        fault.knows === "nothing"
          ? await runBeside(network, ["plan"], env)
          : await planIn(network, { HTTPS_PROXY: "", ...env });
      expect(ran.code).toBe(5);
      expect(ran.stderr).toContain(`no answer from ${url}: ${fault.words}. `);
      expect(ran.stderr).toContain(fault.advice);
      expect(front.connections()).toBe(1);
    },
  );
});
