import type { ChildProcess } from "node:child_process";
import { describe, type TestContext, test } from "vitest";
import { hastyClock } from "../../support/clocks/hasty-clock.ts";
import {
  answerJson,
  answerText,
  type Behaviour,
  type RawServer,
  startRawServer,
} from "../../support/network/raw-server.ts";
import { injected, makeWorkspace, type Ran, type RunOptions, runCli } from "../../support/program/cli.ts";
import { runHere } from "../../support/program/run-here.ts";
import { campaignFile } from "../../support/program/world.ts";
import { binding, campaignId } from "../../support/samples/bindings.ts";

type Faulty = {
  readonly server: RawServer;
  run(env?: Readonly<Record<string, string>>, options?: RunOptions): Promise<Ran>;
};

/** In this process, where nobody waits between one attempt and the next. */
const here: typeof runCli = (args, options) => runHere(args, options, hastyClock());

/** One campaign, and a plan that meets this server as the API or, with `as`, as the proxy to an API far away. */
async function meeting(
  context: TestContext,
  behave: Behaviour,
  as: "api" | "proxy",
  start = runCli,
): Promise<Faulty> {
  const server = await startRawServer(behave);
  const workspace = makeWorkspace({ "campaigns/a.yaml": campaignFile(campaignId(1), binding([1])) });
  context.onTestFinished(async () => {
    await server.close();
    workspace.remove();
  });
  const there: Record<string, string> =
    as === "api"
      ? { EXPERITURE_API_URL: `${server.url}/public/v1` }
      : { EXPERITURE_API_URL: "https://api.example.test/public/v1", HTTPS_PROXY: server.url };
  return {
    server,
    run: (env = {}, options = {}) =>
      start(["plan"], { cwd: workspace.path, env: { ...there, ...env }, ...options }),
  };
}

const CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n";

/** The program's own time-outs, twenty times as fast: 1.5 s for the answer to begin, 3 s for the whole of it. */
const HASTE = injected(
  "const real = globalThis.setTimeout; globalThis.setTimeout = (go, ms, ...rest) => real(go, ms / 20, ...rest);",
);

describe("a proxy that does not let the program through", () => {
  test.for<[string, Behaviour, number, string]>([
    [
      "says 407",
      (_, socket) => void socket.write(answerText({ status: 407 })),
      1,
      "answered 407 to CONNECT. It wants",
    ],
    [
      "says 403",
      (_, socket) => void socket.write(answerText({ status: 403 })),
      1,
      "answered 403 to CONNECT. It does not let",
    ],
    [
      "says 502",
      (_, socket) => void socket.write(answerText({ status: 502 })),
      5,
      "answered 502 to CONNECT. It could not",
    ],
    [
      "says 503",
      (_, socket) => void socket.write(answerText({ status: 503 })),
      5,
      "answered 503 to CONNECT. It could not",
    ],
    ["hangs up", (_, socket) => void socket.end(), 5, "the connection broke"],
    ["resets", (_, socket) => void socket.resetAndDestroy(), 5, "the connection broke"],
    ["talks nonsense", (_, socket) => void socket.end("220 smtp ESMTP\r\n"), 1, "is not HTTP"],
    ["hangs up on TLS", (_, socket) => void socket.end(CONNECTED), 5, "while it was being secured (TLS)"],
  ])("%s: told once, with its variable, exit 5", async ([, behave, connections, words], context) => {
    const { expect } = context;
    const { server, run } = await meeting(context, behave, "proxy", here);
    const ran = await run({ HTTPS_PROXY: server.url.replace("//", "//:@") });
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr.match(/\n/g)).toHaveLength(1);
    expect(server.connections()).toBe(connections);
  });

  test("never shows the password that it was shown", async (context) => {
    const { expect } = context;
    const echo: Behaviour = ({ headers }, socket) =>
      void socket.write(answerText({ status: 407, body: headers["proxy-authorization"] ?? "" }));
    const { server, run } = await meeting(context, echo, "proxy", here);
    const ran = await run({ HTTPS_PROXY: server.url.replace("//", "//jo:canary-password@") });
    expect(server.requests[0]?.headers["proxy-authorization"]).toBeDefined();
    expect(ran.stderr).toContain("It does not accept the user name and password in HTTPS_PROXY.");
    expect(ran.stderr + ran.stdout).not.toMatch(/canary|jo:|am86Y2FuYXJ5/);
  });
});

describe.concurrent("a server that takes its time with the built program", () => {
  test.for<[string, "api" | "proxy", Behaviour, string]>([
    [
      "an API that never answers",
      "api",
      () => {},
      "the server accepted the request and did not answer in time",
    ],
    [
      "an API that stops in the middle",
      "api",
      (_, socket) => void socket.write(answerText({ headers: { "content-length": "99" }, body: "{" })),
      "the answer stopped in the middle",
    ],
    [
      "an API that trickles",
      "api",
      (_, socket) => {
        socket.write(answerText({ headers: { "content-length": "99999" } }));
        const timer = setInterval(() => socket.write(" "), 20);
        socket.on("close", () => clearInterval(timer));
      },
      "no complete answer within 60 s",
    ],
    [
      "a proxy that never answers",
      "proxy",
      () => {},
      "(HTTPS_PROXY), the server accepted the request and did not answer in time",
    ],
    [
      "a proxy that is silent in TLS",
      "proxy",
      (_, socket) => void socket.write(CONNECTED),
      "no connection was made in time",
    ],
  ])("%s: asked twice, told, exit 5", async ([, as, behave, words], context) => {
    const { expect } = context;
    const { server, run } = await meeting(context, behave, as);
    const ran = await run(HASTE);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain(words);
    expect(server.requests).toHaveLength(2);
    // The library may open one more for a request that it was told to give up.
    expect(server.connections()).toBeLessThanOrEqual(3);
  });
});

test.concurrent("a proxy that never answers does not keep an interrupted run", async (context) => {
  const { expect } = context;
  let interrupt = () => {};
  const { run } = await meeting(context, () => interrupt(), "proxy");
  let interrupted = Number.NaN;
  const onStart = (child: ChildProcess) => {
    interrupt = () => {
      interrupted = performance.now();
      child.kill("SIGINT");
    };
  };
  const ran = await run({}, { onStart });
  expect(ran.code).toBe(130);
  // It would wait for 30 s.
  expect(performance.now() - interrupted).toBeLessThan(25_000);
});

test.concurrent("a mistake of the program is a bug, never a broken connection: exit 1", async (context) => {
  const { expect } = context;
  const { run } = await meeting(context, () => {}, "api");
  const broken = injected(
    'import net from "node:net"; net.connect = () => { throw new TypeError("canary is not a function"); };',
  );
  const ran = await run(broken);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("bug: TypeError: canary is not a function");
  expect(ran.stderr).not.toContain("connection broke");
});

describe("a 403 that is not the API's", () => {
  test.for([
    [
      '{"message":"Your IP is not allowed"}',
      '403, "Your IP is not allowed". Nothing in it says that a scope is missing.',
    ],
    ["<html>\n<title>Blocked</title>", '403, "<html> <title>Blocked</title>". Nothing in it says'],
    ["no test-token-canary here", '403, "no [secret] here". Nothing in it says'],
  ])("%s", async ([body = "", words = ""], context) => {
    const { expect } = context;
    const { run } = await meeting(
      context,
      (_, socket) => void socket.write(answerText({ status: 403, body })),
      "api",
      here,
    );
    const ran = await run({ EXPERITURE_TOKEN: "test-token-canary" });
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toContain("needs the scope");
  });

  test("a missing scope is said where the API says so", async (context) => {
    const { expect } = context;
    const error = { code: "JOURNEY_API.AUTH.INSUFFICIENT_SCOPE", message: "No." };
    const refuse: Behaviour = (_, socket) =>
      void socket.write(answerJson({ success: false, error }, { status: 403 }));
    const { run } = await meeting(context, refuse, "api", here);
    expect((await run()).stderr).toContain("needs the scope campaigns:read: give it");
  });
});
