import { chmodSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../../support/fake-github/server.ts";
import { makeWorkspace, type Workspace } from "../../support/program/cli.ts";
import {
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  type RunEvent,
  scheduleEvent,
  tagEvent,
  workflowDispatchEvent,
} from "../../support/runner/events.ts";
import { type ActionOptions, type ActionRun, runAction } from "../../support/runner/runner.ts";
import { findLeaks } from "../../support/runner/secrets.ts";

const MANIFEST = `
name: tiny
inputs:
  api-url: { description: x, default: https://example.com }
  github-token: { description: x, default: "\${{ github.token }}" }
  two words: { description: x }
  nothing: { description: x }
runs: { using: node24, main: dist/tiny.mjs }
`;

/** Tells its environment and its event. */
const TELL = `
import { readFileSync } from "node:fs";
console.log(JSON.stringify({
  env: process.env, cwd: process.cwd(), event: JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, "utf8")),
}));`;

const CANARY = "canary-token-0123456789";
let github: FakeGitHub;
let action: Workspace;
let workspace: Workspace;

beforeEach(async () => {
  github = await startFakeGitHub();
  action = makeWorkspace({ "action.yml": MANIFEST });
  workspace = makeWorkspace({ "campaigns/a.yaml": "x" });
});
afterEach(async () => {
  await github.close();
  action.remove();
  workspace.remove();
});

/** Runs a script in place of the bundle. */
function run(script: string, options: Partial<ActionOptions> = {}): Promise<ActionRun> {
  action.write("dist/tiny.mjs", script);
  const manifest = `${action.path}/action.yml`;
  const event = options.event ?? scheduleEvent(github);
  return runAction({ github, workspace: workspace.path, manifest, event, ...options });
}

type Told = {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly event: Readonly<Record<string, never>>;
};

async function told(event: RunEvent, options: Partial<ActionOptions> = {}): Promise<Told> {
  return JSON.parse((await run(TELL, { ...options, event })).raw) as Told;
}

describe("the environment of a run", () => {
  test("has every declared input, its default where none is given, and nothing of the tester's", async () => {
    process.env.CAMPAIGNCTL_TESTER = "mine";
    const { env, cwd } = await told(scheduleEvent(github), {
      inputs: { "two words": "a b" },
      env: { EXPERITURE_TOKEN: "t", GITHUB_ACTOR: "overridden" },
    });
    delete process.env.CAMPAIGNCTL_TESTER;
    expect(env).toMatchObject({
      "INPUT_API-URL": "https://example.com",
      "INPUT_GITHUB-TOKEN": github.token,
      INPUT_TWO_WORDS: "a b",
      INPUT_NOTHING: "",
      EXPERITURE_TOKEN: "t",
      GITHUB_ACTOR: "marketer",
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/campaigns",
      GITHUB_WORKSPACE: workspace.path,
      GITHUB_HEAD_REF: "",
    });
    expect(env).not.toHaveProperty("CAMPAIGNCTL_TESTER");
    expect(env).not.toHaveProperty("GITHUB_TOKEN");
    expect(cwd).toBe(workspace.path);
  });

  test("refuses an input that the action does not declare", async () => {
    await expect(run(TELL, { inputs: { "api-urll": "x" } })).rejects.toThrow('no input "api-urll"');
  });

  test("takes the program of NODE24 where it is set", async () => {
    const program = action.write("node", `#!/bin/sh\necho "by another: $1"\n`);
    chmodSync(program, 0o755);
    const before = process.env.NODE24;
    process.env.NODE24 = program;
    try {
      expect((await run(TELL)).raw).toBe(`by another: ${action.path}/dist/tiny.mjs`);
    } finally {
      if (before === undefined) delete process.env.NODE24;
      else process.env.NODE24 = before;
    }
  });
});

describe("events", () => {
  test("a pull request: GITHUB_SHA is a test merge, the head is in the payload", async () => {
    const number = github.addPullRequest({ branch: "spring" });
    const { env, event } = await told(pullRequestEvent(github, number));
    expect(env).toMatchObject({
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_REF: `refs/pull/${number}/merge`,
      GITHUB_HEAD_REF: "spring",
      GITHUB_BASE_REF: "main",
    });
    expect(event).toMatchObject({ number, pull_request: { head: { sha: github.head(number) } } });
    expect(env.GITHUB_SHA).not.toBe(github.head(number));
  });

  test.each([
    ["same", { full_name: "acme/campaigns" }],
    ["fork", { full_name: "outsider/campaigns" }],
    ["deleted", null],
  ] as const)("a pull request whose head is: %s", async (headRepository, repo) => {
    const number = github.addPullRequest({ headRepository });
    const event = pullRequestEvent(github, number, { name: "pull_request_target", action: "opened" });
    const { env, event: payload } = await told(event);
    expect(env).toMatchObject({ GITHUB_EVENT_NAME: "pull_request_target", GITHUB_REF: "refs/heads/main" });
    expect(env.GITHUB_SHA).toBe(github.tip("main"));
    const head = (payload as { pull_request?: { head: { repo: unknown } } }).pull_request?.head;
    if (repo === null) expect(head?.repo).toBeNull();
    else expect(head?.repo).toMatchObject(repo);
  });

  test("a push, of a branch that was there and of a new one, and of a tag", async () => {
    const before = github.tip("main");
    const after = github.addCommit();
    const pushed = await told(pushEvent(github, { before, after }));
    expect(pushed.event).toMatchObject({ ref: "refs/heads/main", before, after, created: false });
    expect(pushed.env).toMatchObject({ GITHUB_SHA: after, GITHUB_REF_NAME: "main" });
    const created = pushEvent(github, { before: null, after, branch: "new" });
    expect(created.payload).toMatchObject({ before: "0".repeat(40), created: true });
    const tag = await told(tagEvent(github, "v1", after));
    expect(tag.env).toMatchObject({ GITHUB_REF: "refs/tags/v1", GITHUB_REF_TYPE: "tag" });
  });

  test("a merge queue, the clock and the button", async () => {
    const baseSha = github.tip("main");
    const headSha = github.addCommit({ branch: "queue" });
    const group = await told(mergeGroupEvent(github, { headSha, baseSha }));
    expect(group.event).toMatchObject({ merge_group: { head_sha: headSha, base_ref: "refs/heads/main" } });
    expect(group.env).toMatchObject({ GITHUB_EVENT_NAME: "merge_group", GITHUB_SHA: headSha });
    const nightly = await told(scheduleEvent(github));
    expect(nightly.event).toMatchObject({ schedule: "17 4 * * *" });
    expect(nightly.env.GITHUB_SHA).toBe(baseSha);
    const pressed = await told(workflowDispatchEvent(github, { branch: "queue", inputs: { a: "b" } }));
    expect(pressed.event).toMatchObject({ ref: "refs/heads/queue", inputs: { a: "b" } });
    expect(pressed.env.GITHUB_SHA).toBe(headSha);
  });
});

const TALK = `
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const path = join(process.env.RUNNER_TEMP, "plan.json");
writeFileSync(path, "{}");
appendFileSync(process.env.GITHUB_OUTPUT, "plan-path<<END\\n" + path + "\\nEND\\nchanges=true\\n");
appendFileSync(process.env.GITHUB_STEP_SUMMARY, "# Done\\n");
process.stdout.write("::add-mask::${CANARY}\\n  ::error file=a.yaml,line=2::wrong%0Amore\\r\\nno line end");
process.stderr.write("::warning::from stderr\\n");
process.exitCode = 3;
`;

describe("the result of a run", () => {
  test("has code, outputs, summary, commands of both streams, and files that outlive the folder", async () => {
    const result = await run(TALK);
    expect(result.code).toBe(3);
    expect(result.outputs.changes).toBe("true");
    expect(result.file("plan-path")).toBe("{}");
    expect(() => result.file("changes")).toThrow("names no file");
    expect(result.summary).toBe("# Done\n");
    expect(result.masks).toEqual([CANARY]);
    expect(result.annotations("error")).toEqual([
      { command: "error", properties: { file: "a.yaml", line: "2" }, message: "wrong\nmore" },
    ]);
    expect(result.annotations("warning")).toHaveLength(1);
    expect(result.log).toContain("no line end");
    result.assertNoSecret([CANARY]);
  });

  test("an output whose delimiter never comes fails the run", async () => {
    const script = `import { appendFileSync } from "node:fs";
      appendFileSync(process.env.GITHUB_OUTPUT, "a<<END\\nx\\n");`;
    await expect(run(script)).rejects.toThrow("never comes");
  });
});

describe("a secret is found", () => {
  const write = (variable: string) => `import { appendFileSync } from "node:fs";
    appendFileSync(process.env.${variable}, "a=${CANARY}\\n");`;

  test.each([
    ["in the log, also where the runner would mask it", `console.log("::add-mask::${CANARY}\\nx ${CANARY}")`],
    ["in an output", write("GITHUB_OUTPUT")],
    ["in the summary", write("GITHUB_STEP_SUMMARY")],
    ["in an exported variable", write("GITHUB_ENV")],
    [
      "in a file of the run",
      `import { writeFileSync } from "node:fs"; writeFileSync(process.env.RUNNER_TEMP + "/x", "${CANARY}");`,
    ],
    [
      "in a file of the workspace",
      `import { writeFileSync } from "node:fs"; writeFileSync("leak.txt", "${CANARY}");`,
    ],
    [
      "in a request to GitHub",
      `await fetch(process.env.GITHUB_API_URL + "/repos/x?q=${CANARY}").then((answer) => answer.text());`,
    ],
  ])("%s", async (_, script) => {
    const result = await run(script);
    expect(() => result.assertNoSecret([CANARY])).toThrow("A secret is shown");
  });

  test("in a comment, an issue, and inside of a comment's compressed header", async () => {
    const result = await run("");
    const number = github.addPullRequest();
    result.assertNoSecret([CANARY]);
    const data = deflateRawSync(`{"x":"${CANARY}"}`).toString("base64url");
    const { id } = github.addComment(number, { author: "a", body: `<!-- campaignctl:plan key ${data} -->` });
    expect(() => result.assertNoSecret([CANARY])).toThrow(`comment ${id}`);
    github.deleteComment(id);
    github.addIssue({ author: "a", title: CANARY });
    expect(() => result.assertNoSecret([CANARY])).toThrow("issue");
  });

  test("in each form that it takes", () => {
    const secret = 'p"w/ü+0123456789';
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify({ secret }),
      Buffer.from(secret).toString("hex"),
      ...["", "i", "id", "id:"].flatMap((before) => [
        Buffer.from(`${before}${secret}`).toString("base64"),
        Buffer.from(`${before}${secret}:and more`).toString("base64url"),
      ]),
    ];
    for (const form of forms) {
      expect({ form, found: findLeaks([["x", `a ${form} b`]], [secret]).length > 0 }).toEqual({
        form,
        found: true,
      });
    }
    expect(
      findLeaks([["x", "nothing at all, but <!-- campaignctl:plan k bm90aGluZw -->"]], [secret]),
    ).toEqual([]);
    expect(() => findLeaks([], ["short"])).toThrow("too short");
  });
});
