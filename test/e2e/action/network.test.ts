import { afterEach, expect, test } from "vitest";
import {
  type ActionWorld,
  API_TOKEN,
  bodies,
  endWorlds,
  ONE,
  propose,
  worldHere,
  worldOf,
} from "../../support/github/action-world.ts";
import { COMPANY_CA, COMPANY_CERTIFICATE } from "../../support/network/certificates.ts";
import { type Front, startForwardProxy, startFront, targetsOf } from "../../support/network/forward-proxy.ts";
import { type Behaviour, type RawServer, startRawServer } from "../../support/network/raw-server.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";
import { pullRequestEvent } from "../../support/runner/events.ts";

const AUTHORIZATION = `Basic ${Buffer.from("runner:canary-proxy-password").toString("base64")}`;
const API_URL = "https://api.example.test/public/v1";

const opened: (Front | RawServer)[] = [];
const folders: Workspace[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
  for (const folder of folders.splice(0)) folder.remove();
  await endWorlds();
});

function opening<T extends Front | RawServer>(server: T): T {
  opened.push(server);
  return server;
}

async function frontOf(url: string): Promise<Front> {
  return opening(await startFront(Number(new URL(url).port), COMPANY_CERTIFICATE));
}

/** Both servers as a company's own runner sees them: far away, with certificates of the company's authority. */
async function proxyTo({ github, sandbox }: ActionWorld): Promise<RawServer> {
  const [gitHubFront, apiFront] = [await frontOf(github.url), await frontOf(sandbox.url)];
  const ports = new Map([
    ["github.example.test:443", gitHubFront.port],
    ["api.example.test:443", apiFront.port],
  ]);
  const route = (target: string) => ports.get(target) ?? null;
  return opening(await startForwardProxy(route, { authorization: AUTHORIZATION }));
}

function planThrough(world: ActionWorld, number: number, proxy: RawServer) {
  const folder = makeWorkspace({ "company-ca.pem": COMPANY_CA });
  folders.push(folder);
  return world.step(
    world.github.head(number),
    pullRequestEvent(world.github, number),
    { command: "plan", "api-url": API_URL, token: API_TOKEN },
    {
      github: { ...world.github, url: "https://github.example.test" },
      env: {
        https_proxy: proxy.url.replace("//", "//runner:canary-proxy-password@"),
        NODE_EXTRA_CA_CERTS: `${folder.path}/company-ca.pem`,
      },
    },
  );
}

test("behind a company's proxy the API and GitHub are asked through it", async () => {
  const world = await worldOf([ONE]);
  const number = propose(world, [ONE]);
  const proxy = await proxyTo(world);
  const run = await planThrough(world, number, proxy);
  expect({ code: run.code, errors: run.annotations("error") }).toEqual({ code: 0, errors: [] });
  expect(bodies(world, number)).toHaveLength(1);
  expect(new Set(targetsOf(proxy))).toEqual(
    new Set(["CONNECT github.example.test:443", "CONNECT api.example.test:443"]),
  );
  run.assertNoSecret(["canary-proxy-password", AUTHORIZATION]);
});

test.each<[string, Behaviour, RegExp]>([
  [
    "hangs up on everybody",
    (_, socket) => void socket.end(),
    /at the proxy http:\/\/127\.0\.0\.1:\d+ \(https_proxy\), the connection broke/,
  ],
  [
    "accepts nobody",
    (_, socket) => void socket.end("HTTP/1.1 407 Who\r\n\r\n"),
    /the proxy http:\/\/127\.0\.0\.1:\d+ \(https_proxy\) answered 407 to CONNECT\. It does not accept/,
  ],
])("a proxy that %s: told after a handful of connections", async (_name, behave, words) => {
  const world = await worldHere([ONE]);
  const number = propose(world, [ONE]);
  const proxy = opening(await startRawServer(behave));
  const run = await planThrough(world, number, proxy);
  expect(run.code).not.toBe(0);
  expect(run.log).toMatch(words);
  expect(run.log).not.toContain("mistake in campaignctl");
  // Four questions, each tried four times at most.
  expect(proxy.connections()).toBeLessThanOrEqual(16);
  run.assertNoSecret(["canary-proxy-password", AUTHORIZATION]);
});
