import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openCheckout } from "../../../../src/github/api/git-file.ts";
import { connectGitHub } from "../../../../src/github/api/github.ts";
import { createInstantClock } from "../../../support/clocks/instant-clock.ts";
import { connected, count } from "../../../support/github/connected.ts";
import { answerText, startRawServer } from "../../../support/network/raw-server.ts";
import { git } from "../../../support/program/git.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "campaignctl-base-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A checkout whose working files have moved on since the commit that is returned. */
function checkout(): { readonly workspace: string; readonly commit: string } {
  const workspace = folder();
  git(workspace, "init", "-q");
  mkdirSync(join(workspace, "campaigns"));
  writeFileSync(join(workspace, "campaignctl.yaml"), "version: 1\n");
  writeFileSync(join(workspace, "campaigns/[a] ü.yaml"), "include: []\n");
  symlinkSync("campaignctl.yaml", join(workspace, "link.yaml"));
  git(workspace, "add", "-A");
  git(workspace, "commit", "-q", "-m", "base");
  const commit = git(workspace, "rev-parse", "HEAD");
  writeFileSync(join(workspace, "campaignctl.yaml"), "version: 2\n");
  writeFileSync(join(workspace, "new.yaml"), "new\n");
  git(workspace, "add", "-A");
  git(workspace, "commit", "-q", "-m", "head");
  return { workspace, commit };
}

describe("from the checkout", () => {
  test("as the commit has it, without asking GitHub", async () => {
    const { workspace, commit } = checkout();
    const { fake, github } = await connected({ workspace });
    expect(await github.baseFile("campaignctl.yaml", commit)).toBe("version: 1\n");
    expect(await github.baseFile("campaigns/[a] ü.yaml", commit)).toBe("include: []\n");
    expect(await github.baseFile("new.yaml", commit)).toBeNull();
    expect(await github.baseFile("campaigns", commit)).toBeNull();
    expect(await github.baseFile(":(glob)*.yaml", commit)).toBeNull();
    expect(fake.requests).toEqual([]);
  });

  test("a checkout without the commit is asked once, however many files there are", async () => {
    const path = folder();
    const log = join(path, "log");
    writeFileSync(join(path, "git"), `#!/bin/sh\necho "$1" >> ${log}\nexit 128\n`, { mode: 0o755 });
    const { fake, github } = await connected({ workspace: path });
    const commit = fake.addCommit({ files: { "a.yaml": "a\n", "b.yaml": "b\n" } });
    const { PATH } = process.env;
    process.env.PATH = `${path}:${PATH}`;
    onTestFinished(() => {
      process.env.PATH = PATH;
    });
    expect(
      await Promise.all(["a.yaml", "b.yaml", "c.yaml"].map((file) => github.baseFile(file, commit))),
    ).toEqual(["a\n", "b\n", null]);
    expect(readFileSync(log, "utf8")).toBe("cat-file\n");
  });

  test("a folder that belongs to somebody else, as in a job with a container, is read all the same", async () => {
    const { workspace, commit } = checkout();
    const path = folder();
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    // Git's own way to test what it does then.
    const script = `#!/bin/sh\nexport GIT_TEST_ASSUME_DIFFERENT_OWNER=1\nexec ${real} "$@"\n`;
    writeFileSync(join(path, "git"), script, { mode: 0o755 });
    const { PATH } = process.env;
    process.env.PATH = `${path}:${PATH}`;
    onTestFinished(() => {
      process.env.PATH = PATH;
    });
    expect(() => git(workspace, "rev-parse", "HEAD")).toThrow("dubious ownership");
    const { fake, github } = await connected({ workspace });
    expect(await github.baseFile("campaignctl.yaml", commit)).toBe("version: 1\n");
    expect(fake.requests).toEqual([]);
    expect(await openCheckout(workspace, process.env).head()).toMatchObject({ parents: [commit] });
  });

  test("not from a repository further up", async () => {
    const { workspace, commit } = checkout();
    const inner = join(workspace, "campaigns");
    const { fake, github } = await connected({ workspace: inner });
    await expect(github.baseFile("campaignctl.yaml", commit)).rejects.toThrow("No commit found");
    expect(count(fake, "GET", /contents/)).toBe(1);
  });

  test("not by way of a link: GitHub follows it", async () => {
    const { workspace, commit } = checkout();
    const { fake, github } = await connected({ workspace });
    await expect(github.baseFile("link.yaml", commit)).rejects.toThrow("No commit found");
    expect(count(fake, "GET", /contents\/link\.yaml$/)).toBe(1);
  });
});

describe("from GitHub", () => {
  test("when the checkout has not the commit, or there is none", async () => {
    for (const workspace of [checkout().workspace, folder(), join(folder(), "missing")]) {
      const { fake, github } = await connected({ workspace });
      const commit = fake.addCommit({ files: { "campaigns/a b#ü.yaml": "include: []\n" } });
      expect(await github.baseFile("campaigns/a b#ü.yaml", commit)).toBe("include: []\n");
      expect(fake.unexpected).toEqual([]);
    }
  });

  test("also over a megabyte", async () => {
    const { fake, github } = await connected();
    const text = "x".repeat(1_500_000);
    const commit = fake.addCommit({ files: { "large.yaml": text } });
    expect(await github.baseFile("large.yaml", commit)).toBe(text);
  });

  test("null for what is not there or no file", async () => {
    const { fake, github } = await connected();
    const commit = fake.addCommit({ files: { "campaigns/a.yaml": "a" } });
    expect(await github.baseFile("campaigns/b.yaml", commit)).toBeNull();
    expect(await github.baseFile("campaigns", commit)).toBeNull();
  });

  test("an error without the permission", async () => {
    const { fake, github } = await connected();
    fake.forbid("repos/get-content");
    await expect(github.baseFile("a.yaml", fake.tip("main"))).rejects.toThrow('"contents: read"');
  });

  test("a file that broke off is asked for again, and never taken as it is", async () => {
    const server = await startRawServer((_request, socket, index) => {
      const type = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };
      const whole = "include: [1, 2, 3]\n";
      const length = { ...type, "content-length": String(whole.length) };
      socket.write(answerText({ body: index === 0 ? whole.slice(0, 9) : whole, headers: length }));
      if (index === 0) socket.end();
    });
    onTestFinished(() => server.close());
    const github = connectGitHub({
      token: "ghs_0123456789",
      apiUrl: server.url,
      serverUrl: "https://github.com",
      repository: { owner: "acme", repo: "campaigns" },
      checkout: null,
      log: () => {},
      warn: () => {},
      clock: createInstantClock(),
      random: () => 0,
    });
    expect(await github.baseFile("a.yaml", "a".repeat(40))).toBe("include: [1, 2, 3]\n");
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]?.path).toBe(`/repos/acme/campaigns/contents/a.yaml?ref=${"a".repeat(40)}`);
    expect(server.requests[0]?.headers.accept).toBe("application/vnd.github.raw+json");
  });
});

describe("what is asked for is checked first", () => {
  test.each(["../a", "a/../../b", "/etc/passwd", "-o", "", "a//b", "a\0b", "a\\b", "./a"])(
    "path %j",
    async (path) => {
      const { fake, github } = await connected();
      await expect(github.baseFile(path, "a".repeat(40))).rejects.toMatchObject({ name: "UsageError" });
      expect(fake.requests).toEqual([]);
    },
  );

  test.each(["main", "--upload-pack=x", "HEAD", "a".repeat(39), "A".repeat(40)])(
    "commit %j",
    async (commit) => {
      const { fake, github } = await connected();
      await expect(github.baseFile("a.yaml", commit)).rejects.toThrow("full SHA");
      expect(fake.requests).toEqual([]);
    },
  );
});
