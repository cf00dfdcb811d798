import { makeWorld, type TestCampaign, type TestWorld, type WorldOptions } from "../program/world.ts";
import { COMPANY_CA, COMPANY_CERTIFICATE } from "./certificates.ts";
import { type Front, startForwardProxy, startFront } from "./forward-proxy.ts";
import type { RawServer } from "./raw-server.ts";

/** The API as a company's machine sees it: far away, behind a proxy, with a certificate of the company's authority. */
export type CompanyNetwork = TestWorld & {
  readonly proxy: RawServer;
  readonly front: Front;
  /** What the network needs; the API is at https://api.example.test, the token endpoint at login.example.test. */
  readonly env: Readonly<Record<string, string>>;
};

/** @param authorization what the proxy insists on. */
export async function makeCompanyNetwork(
  campaigns: readonly TestCampaign[],
  options: WorldOptions & { readonly authorization?: string } = {},
): Promise<CompanyNetwork> {
  const world = await makeWorld(campaigns, options);
  const front = await startFront(Number(new URL(world.sandbox.url).port), COMPANY_CERTIFICATE);
  const proxy = await startForwardProxy(
    (target) => (/^(?:api|login)\.example\.test:443$/.test(target) ? front.port : null),
    options.authorization === undefined ? {} : { authorization: options.authorization },
  );
  const authority = world.workspace.write("company-ca.pem", COMPANY_CA);
  return {
    ...world,
    proxy,
    front,
    env: {
      EXPERITURE_API_URL: "https://api.example.test/public/v1",
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authority,
    },
    end: async () => {
      await proxy.close();
      await front.close();
      await world.end();
    },
  };
}
