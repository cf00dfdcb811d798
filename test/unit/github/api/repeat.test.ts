import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { connectGitHub, type GitHub } from "../../../../src/github/api/github.ts";
import { createInstantClock, type InstantClock } from "../../../support/clocks/instant-clock.ts";
import { connected, count, planBody, TARGET } from "../../../support/github/connected.ts";
import {
  answerJson,
  answerText,
  type Behaviour,
  closedPort,
  startRawServer,
} from "../../../support/network/raw-server.ts";

const TOKEN = "ghs_canaryTokenOfThisTest1234567890";

/** Ours, connected to a server that does whatever the test wants. */
async function raw(behave: Behaviour): Promise<{
  readonly github: GitHub;
  readonly server: Awaited<ReturnType<typeof startRawServer>>;
  readonly clock: InstantClock;
}> {
  const server = await startRawServer(behave);
  onTestFinished(() => server.close());
  const clock = createInstantClock();
  return { server, clock, github: connectTo(server.url, clock) };
}

function connectTo(apiUrl: string, clock = createInstantClock(), token = TOKEN): GitHub {
  const repository = { owner: "acme", repo: "campaigns" };
  return connectGitHub({
    token,
    apiUrl,
    serverUrl: "https://github.com",
    repository,
    checkout: null,
    log: () => {},
    warn: () => {},
    clock,
    random: () => 0,
  });
}

describe("rate limits", () => {
  test.each([
    ["secondary, 403", { kind: "secondary-limit", status: 403, retryAfterSeconds: 7 }, 7_000],
    ["secondary, 429", { kind: "secondary-limit", status: 429, retryAfterSeconds: 50 }, 50_000],
  ] as const)("%s: waited for as long as GitHub says, also before creating", async (_, failure, wait) => {
    const { fake, github, clock } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext(failure, { operation: "issues/create-comment", times: 2 });
    await github.writePlanComment(pull, planBody("Plan"), null);
    expect(clock.slept).toEqual([wait, wait]);
    expect(fake.comments(pull)).toHaveLength(1);
  });

  test("primary: until its reset, by GitHub's clock", async () => {
    const { github, clock } = await raw((_request, socket, index) => {
      const date = new Date(Date.UTC(2026, 0, 1, 12)).toUTCString();
      const reset = String(Date.UTC(2026, 0, 1, 12, 0, 30) / 1_000);
      const headers = { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      socket.write(
        index === 0
          ? answerJson({ message: "API rate limit exceeded" }, { status: 403, headers })
          : answerJson({ data: { viewer: { login: "octo" } } }),
      );
    });
    expect(await github.login()).toBe("octo");
    expect(clock.slept).toEqual([31_000]);
  });

  test("of GraphQL, which come with status 200", async () => {
    const { fake, github, clock } = await connected();
    fake.failNext({ kind: "primary-limit", resetAt: clock.now() / 1_000 + 20 }, { operation: "graphql" });
    expect(await github.login()).toBe("github-actions[bot]");
    expect(clock.slept).toHaveLength(1);
    expect(clock.slept[0]).toBeGreaterThan(0);
  });

  test.each([
    ["longer than two minutes", 121, 1, 0],
    ["a third time", 1, 3, 2],
    ["over two minutes in all", 61, 2, 1],
  ])("%s are not waited for", async (_, retryAfterSeconds, times, waits) => {
    const { fake, github, clock } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext(
      { kind: "secondary-limit", status: 403, retryAfterSeconds },
      { operation: "pulls/list-files", times },
    );
    await expect(github.changedFiles(pull)).rejects.toMatchObject({
      reason: "rate-limit",
      message: expect.stringContaining(`${retryAfterSeconds} s`),
    });
    expect(clock.slept).toHaveLength(waits);
  });

  test("that do not say how long are waited for a minute", async () => {
    const { github, clock } = await raw((_request, socket, index) => {
      const said = { message: "You have exceeded a secondary rate limit." };
      socket.write(index === 0 ? answerJson(said, { status: 403 }) : answerJson([{ filename: "a.yaml" }]));
    });
    expect(await github.changedFiles(1)).toEqual(new Set(["a.yaml"]));
    expect(clock.slept).toEqual([60_000]);
  });
});

describe("reads", () => {
  test("are repeated three times, later and later", async () => {
    const { fake, github, clock } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext({ kind: "status", status: 503, when: "before" }, { times: 2 });
    fake.failNext({ kind: "drop", when: "before" });
    expect(await github.changedFiles(pull)).toEqual(new Set());
    expect(clock.slept).toEqual([500, 1_000, 2_000]);
  });

  test("are given up after that, with what happened", async () => {
    const { fake, github } = await connected();
    const pull = fake.addPullRequest();
    fake.failNext({ kind: "status", status: 502, when: "before" }, { times: 9 });
    await expect(github.changedFiles(pull)).rejects.toThrow(/GET .*\/pulls\/1\/files: GitHub answered 502/);
    expect(count(fake, "GET", /files/)).toBe(4);
  });

  test("are not repeated when GitHub says no", async () => {
    const { fake, github } = await connected();
    await expect(
      github.plannedEarlier({ branch: "main", head: "x", target: TARGET, known: [] }),
    ).resolves.toEqual([]);
    fake.forgetRequests();
    fake.forbid("issues/list-for-repo");
    await expect(github.findIssues("<!-- x -->", "open")).rejects.toMatchObject({ reason: "forbidden" });
    expect(count(fake, "GET", /issues$/)).toBe(1);
  });

  test("are not taken for GitHub's own words where something on the way says no", async () => {
    const body = `<html>\n<title>Blocked</title> ${TOKEN} ${"x".repeat(300)}`;
    const headers = { "content-type": "text/html" };
    const { github, server } = await raw(
      (_request, socket) => void socket.write(answerText({ status: 403, headers, body })),
    );
    const error = await github.findIssues("<!-- x -->", "open").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: "refused", status: 403 });
    expect(String(error)).toContain('answered 403 ("<html> <title>Blocked</title> [secret] xxx');
    expect(String(error)).toContain("Check the firewall and the proxy.");
    expect(String(error)).not.toMatch(/permissions of the job|canary/);
    expect(server.requests.filter(({ path }) => path.includes("/issues"))).toHaveLength(1);
  });

  test("whose JSON was cut off or is something else are repeated", async () => {
    const answers = [
      answerText({ body: '[{"filename":"a.ya', headers: {} }),
      answerText({ body: "<html>proxy</html>", headers: { "content-type": "text/html" } }),
      answerJson([{ filename: "a.yaml" }]),
    ];
    const { github } = await raw((_request, socket, index) => void socket.write(answers[index] ?? ""));
    expect(await github.changedFiles(1)).toEqual(new Set(["a.yaml"]));
  });

  test("whose entries are not understood are an error, not a shorter list", async () => {
    const { github } = await raw(
      (_request, socket) => void socket.write(answerJson([{ filename: "a" }, { name: "b" }])),
    );
    await expect(github.changedFiles(1)).rejects.toMatchObject({ reason: "uncertain", status: 200 });
  });

  test("are at most five at a time", async () => {
    const commits = Array.from({ length: 40 }, (_, index) => ({ sha: `${index}` }));
    const { github, server } = await raw(async (request, socket) => {
      const isCompare = request.path.includes("/compare/");
      await delay(5);
      socket.write(answerJson(isCompare ? { total_commits: 40, commits } : []));
    });
    await github.mergedPullRequests({ before: "a", after: "39", branch: "main" });
    expect(server.requests).toHaveLength(41);
    expect(server.mostInFlight()).toBe(5);
  });

  test("say it when nobody listens there", async () => {
    const github = connectTo(`http://127.0.0.1:${await closedPort()}`);
    await expect(github.changedFiles(1)).rejects.toThrow(/the connection was refused.*Check the address/);
  });
});

describe("requests", () => {
  test("say who asks, and follow the next page only at the same server", async () => {
    const elsewhere = await startRawServer(() => {});
    onTestFinished(() => elsewhere.close());
    const { github, server } = await raw((request, socket) => {
      const next = `<${elsewhere.url}/steal?page=2&per_page=100>; rel="next"`;
      const isFirst = !request.path.includes("page=2");
      socket.write(
        answerJson([{ filename: isFirst ? "a" : "b" }], { headers: isFirst ? { link: next } : {} }),
      );
    });
    expect(await github.changedFiles(7)).toEqual(new Set(["a", "b"]));
    expect(elsewhere.requests).toEqual([]);
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/repos/acme/campaigns/pulls/7/files?per_page=100",
      "/repos/acme/campaigns/pulls/7/files?per_page=100&page=2",
    ]);
    expect(server.requests[0]?.headers["user-agent"]).toMatch(/^campaignctl\/\d/);
    expect(server.requests[0]?.headers.authorization).toBe(`token ${TOKEN}`);
  });

  test("never show the token, also when the server echoes it", async () => {
    const { github } = await raw((request, socket) => {
      const message = `Bad credentials: ${request.headers.authorization}`;
      socket.write(answerJson({ message }, { status: 401 }));
    });
    const error: unknown = await github.changedFiles(1).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: "unauthorized", status: 401 });
    expect(everythingIn(error)).not.toContain(TOKEN);
    expect(everythingIn(error)).toContain("[secret]");
  });

  test.each(["", "two words", "with-line-end\n"])("are not sent with the token %j", (token) => {
    expect(() => connectTo("http://127.0.0.1:1", undefined, token)).toThrow(/token/);
  });

  test.each([
    [404, "not-found", /may not see it.*"issues: write"/],
    [410, "refused", /issues are turned off/],
    [422, "refused", /"Validation Failed: Title is too long"/],
  ])("refused with %i are explained", async (status, reason, message) => {
    const { github } = await raw((_request, socket) => {
      const errors = [{ resource: "Issue", code: "custom", message: "Title is too long" }, "odd"];
      socket.write(answerJson({ message: "Validation Failed", errors }, { status }));
    });
    const refused = github.updateIssue(5, { title: "x" });
    await expect(refused).rejects.toMatchObject({ reason, status });
    await expect(refused).rejects.toThrow(message);
  });
});

/** All that printing or inspecting an error could show. */
function everythingIn(error: unknown): string {
  const parts = error instanceof Error ? [error.message, error.stack, String(error.cause)] : [];
  return [...parts, JSON.stringify(error)].join("\n");
}
