import { expect, onTestFinished, test } from "vitest";
import { InterruptedError } from "../../../../../src/domain/errors.ts";
import { connectGitHub } from "../../../../../src/github/api/github.ts";
import { systemClock } from "../../../../../src/host/clock.ts";
import { answerJson, type Behaviour, startRawServer } from "../../../../support/network/raw-server.ts";

/** Ours with a real clock, and what ends it. */
async function interruptible(behave: Behaviour) {
  const server = await startRawServer(behave);
  onTestFinished(() => server.close());
  const ending = new AbortController();
  const github = connectGitHub({
    token: "ghs_canary",
    apiUrl: server.url,
    serverUrl: "https://github.com",
    repository: { owner: "acme", repo: "campaigns" },
    checkout: null,
    log: () => {},
    warn: () => {},
    clock: systemClock,
    random: () => 0,
    signal: ending.signal,
  });
  return { github, server, end: () => ending.abort(new InterruptedError("SIGINT")) };
}

const INTERRUPTED = { name: "GitHubError", reason: "interrupted" };

test("a request that hangs ends with the signal, and nothing is asked afterwards", async () => {
  const { github, server, end } = await interruptible(() => end());
  await expect(github.pullRequest(1)).rejects.toMatchObject(INTERRUPTED);
  await expect(github.pullRequest(1)).rejects.toMatchObject(INTERRUPTED);
  expect(server.requests).toHaveLength(1);
});

test("so does a pause before a repeat", async () => {
  const { github, server, end } = await interruptible((_request, socket) => {
    socket.write(
      answerJson({ message: "secondary rate limit" }, { status: 403, headers: { "retry-after": "100" } }),
    );
    setTimeout(end, 50);
  });
  await expect(github.pullRequest(1)).rejects.toMatchObject(INTERRUPTED);
  expect(server.requests).toHaveLength(1);
});
