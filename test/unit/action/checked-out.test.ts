import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { compareCheckout, requireCheckout } from "../../../src/action/checked-out.ts";
import { UsageError } from "../../../src/domain/errors.ts";
import type { BranchSince } from "../../../src/github/api/branch-since.ts";
import { openCheckout } from "../../../src/github/api/git-file.ts";
import type { RunContext, Trigger } from "../../../src/github/run/model.ts";
import { makeWorkspace } from "../../support/program/cli.ts";
import { commitAll, committing, git, gitInTurn } from "../../support/program/git.ts";

const SHA = "a".repeat(40);

function context(workspace: string, trigger: Trigger): RunContext {
  return {
    trigger,
    workspace,
    repository: { owner: "acme", repo: "campaigns" },
    serverUrl: "https://github.example",
    apiUrl: "https://api.github.example",
    defaultBranch: "main",
    workflow: "Campaigns",
    runUrl: "https://github.example/run",
    runNumber: 1,
    attempt: 1,
    temporary: workspace,
  };
}

/** What is told of it. */
async function checkCheckout(about: RunContext): Promise<readonly string[]> {
  const told: string[] = [];
  const runner = {
    notice: (text: string) => told.push(`notice: ${text}`),
    warning: (text: string) => told.push(`warning: ${text}`),
  };
  const checkout = openCheckout(about.workspace, process.env);
  await requireCheckout({ context: about, runner, checkout, inputs: { command: "plan" }, github: null });
  return told;
}

/** A repository with a base, a head on top of it, and GitHub's merge of both; the base moved on meanwhile. */
function makeRepository() {
  const { path, write, remove } = makeWorkspace({ "a.yaml": "1\n" });
  commitAll(path);
  write("b.yaml", "1\n");
  gitInTurn(path, ["checkout", "-q", "-b", "topic"], ...committing("head"), ["checkout", "-q", "main"]);
  write("c.yaml", "1\n");
  const shas = gitInTurn(
    path,
    ...committing("later"),
    ["merge", "-q", "--no-ff", "-m", "merge", "topic"],
    ["rev-parse", "topic^", "topic", "main^", "main"],
  );
  const [base = "", head = "", later = "", merge = ""] = shas.split("\n");
  return { path, base, head, later, merge, remove };
}

let there: ReturnType<typeof makeRepository>;
beforeAll(() => {
  there = makeRepository();
});
beforeEach(() => setHead("ref: refs/heads/main"));
afterAll(() => there.remove());

/** Git looks here for what is checked out; the files themselves are asked for by nobody. */
function setHead(text: string): void {
  writeFileSync(join(there.path, ".git/HEAD"), `${text}\n`);
}

const pull = (headSha: string, baseSha = SHA, isFork = false): Trigger => ({
  kind: "pull-request",
  number: 7,
  headSha,
  baseSha,
  baseRef: "main",
  isFork,
});

describe("of a pull request", () => {
  test.each(["head", "merge"] as const)("its %s is what it is about", async (which) => {
    setHead(there[which]);
    expect(await checkCheckout(context(there.path, pull(there.head)))).toEqual([]);
  });

  test("so is the merge in a shallow checkout, which has not its parents", async () => {
    const shallow = makeWorkspace();
    onTestFinished(shallow.remove);
    git(shallow.path, "clone", "-q", "--depth", "1", `file://${there.path}`, "checkout");
    const path = join(shallow.path, "checkout");
    expect(() => git(path, "cat-file", "-e", there.head)).toThrow();
    expect(await checkCheckout(context(path, pull(there.head)))).toEqual([]);
  });

  test.each(["base", "later"] as const)("its %s is refused, with the name of the input", async (which) => {
    setHead(there[which]);
    const checked = checkCheckout(context(there.path, pull(there.head)));
    await expect(checked).rejects.toThrow(UsageError);
    await expect(checked).rejects.toThrow(there[which].slice(0, 7));
    await expect(checked).rejects.toMatchObject({
      hint: expect.stringMatching(/\bref\b.*pull_request_target/s),
    });
  });

  test("from a fork it is a warning: nobody need check out foreign files beside secrets", async () => {
    setHead(there.base);
    const told = await checkCheckout(context(there.path, pull(there.head, SHA, true)));
    expect(told.join()).toContain("warning: The commit that is checked out");
  });

  test("a merge of another commit is refused", async () => {
    await expect(checkCheckout(context(there.path, pull(there.base)))).rejects.toThrow("pull request 7");
  });
});

test("a push is about the commit that was pushed, not about a later one", async () => {
  const push = (after: string): Trigger => ({
    kind: "push",
    before: there.base,
    after,
    isForced: false,
    branch: "main",
  });
  expect(await checkCheckout(context(there.path, push(there.merge)))).toEqual([]);
  await expect(checkCheckout(context(there.path, push(there.later)))).rejects.toMatchObject({
    message: expect.stringContaining(there.merge.slice(0, 7)),
    hint: expect.stringContaining("ref"),
  });
});

test("a merge group is about its head", async () => {
  const group = (headSha: string): Trigger => ({
    kind: "merge-group",
    headSha,
    baseSha: SHA,
    baseRef: "main",
  });
  expect(await checkCheckout(context(there.path, group(there.merge)))).toEqual([]);
  await expect(checkCheckout(context(there.path, group(there.head)))).rejects.toThrow("merge group");
});

const compare = (
  about: RunContext,
  command: "plan" | "apply" | "drift" | "validate",
  github: Looking["github"] = null,
) => {
  const checkout = openCheckout(about.workspace, process.env);
  return compareCheckout({ context: about, checkout, inputs: { command }, github });
};

type Looking = Parameters<typeof compareCheckout>[0];

describe("of what is started by hand or by the clock", () => {
  const started = (sha: string): Trigger => ({ kind: "other", event: "schedule", sha, branch: "main" });

  test("plan and validate are about whatever is checked out", async () => {
    const about = context(there.path, started(SHA));
    for (const command of ["plan", "validate"] as const) {
      expect(await compare(about, command)).toEqual({ kind: "expected" });
    }
  });

  test.each(["apply", "drift"] as const)(
    "%s is about the commit that the run began with",
    async (command) => {
      setHead(there.head);
      expect(await compare(context(there.path, started(there.head)), command)).toEqual({ kind: "expected" });
      expect(await compare(context(there.path, started(there.base)), command)).toMatchObject({
        kind: "other",
        error: { message: expect.stringContaining("the commit that this run began with") },
      });
    },
  );

  describe("and something was merged since", () => {
    const NO = { hasCommit: false, files: null };
    const YES = { hasCommit: true, files: null };
    const later = (sinceBegun: BranchSince | null, untilTip: BranchSince | null) => {
      setHead(there.later);
      const github = {
        branchSince: async (commit: string) => (commit === there.base ? sinceBegun : untilTip),
      };
      return { about: context(there.path, started(there.base)), github };
    };

    test.each([
      ["the tip of the branch", YES, null, "expected"],
      ["a later one that is not the tip any more", YES, YES, "expected"],
      ["one that is not on the branch", YES, NO, "other"],
      ["one that does not come after", NO, YES, "other"],
    ] as const)("drift on %s", async (_, sinceBegun, untilTip, kind) => {
      const { about, github } = later(sinceBegun, untilTip);
      expect((await compare(about, "drift", github)).kind).toBe(kind);
      expect((await compare(about, "apply", github)).kind).toBe("other");
    });

    test("of a push drift takes the commit that was pushed, and nothing later", async () => {
      const { about, github } = later(YES, null);
      const { sha: after } = about.trigger as { readonly sha: string };
      const push: Trigger = { kind: "push", before: SHA, after, isForced: false, branch: "main" };
      expect((await compare({ ...about, trigger: push }, "drift", github)).kind).toBe("other");
    });
  });
});

describe("where git cannot be asked", () => {
  /** A folder that looks like a repository, and that git does not take for one. */
  function odd(files: Readonly<Record<string, string>>): string {
    const { path, remove } = makeWorkspace();
    onTestFinished(remove);
    mkdirSync(join(path, ".git/refs/heads"), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, ".git", file), text);
    return path;
  }

  test.each([
    ["detached", { HEAD: `${SHA}\n` }],
    ["on a branch", { HEAD: "ref: refs/heads/topic\n", "refs/heads/topic": `${SHA}\n` }],
  ])("the name of the commit is read by hand, %s", async (_, files) => {
    const path = odd(files);
    expect(await compare(context(path, pull(SHA)), "plan")).toEqual({ kind: "expected" });
    expect((await compare(context(path, pull("b".repeat(40), SHA)), "plan")).kind).toBe("other");
    expect((await compare(context(path, pull("b".repeat(40), "c".repeat(40))), "plan")).kind).toBe("unknown");
  });

  test.each([{ HEAD: "ref: refs/heads/../../secret\n" }, { HEAD: "nonsense" }, {}])(
    "%j tells nothing: the run goes on, and says so",
    async (files) => {
      const told = await checkCheckout(context(odd(files), pull(SHA)));
      expect(told.join()).toMatch(/^notice: .*nobody can tell/);
    },
  );
});
