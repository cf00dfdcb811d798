import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { hastyClock } from "../support/clocks/hasty-clock.ts";
import { makeWorkspace, ROOT, runProgram, type Workspace } from "../support/program/cli.ts";
import { commitAll, git, gitInTurn } from "../support/program/git.ts";
import { runHere } from "../support/program/run-here.ts";
import { openExample } from "../support/program/sandbox.ts";
import { putStandIn } from "../support/program/stand-in.ts";

/** The commands of a service: of a pull request, of what was merged, and of the apply. */
type Commands = Readonly<Record<"review" | "merged" | "apply", string>>;

/** What a service sets for its pipelines. */
type Service = { readonly variables: Readonly<Record<string, string>>; readonly commands: Commands };

const SERVICES: Readonly<Record<string, Service>> = {
  "gitlab-ci.yml": {
    variables: { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" },
    commands: gitlabCommands(read("gitlab-ci.yml")),
  },
  "azure-pipelines.yml": {
    variables: { SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main" },
    commands: azureCommands(read("azure-pipelines.yml")),
  },
  "bitbucket-pipelines.yml": {
    variables: { BITBUCKET_PR_DESTINATION_BRANCH: "main" },
    commands: bitbucketCommands(read("bitbucket-pipelines.yml")),
  },
};

function read(file: string): unknown {
  return parse(readFileSync(join(ROOT, "examples/ci", file), "utf8"));
}

function lines(script: readonly string[]): string {
  return script.join("\n");
}

function gitlabCommands(file: unknown): Commands {
  const jobs = file as Record<"plan" | "plan-merged" | "apply", { script: string[] }>;
  return {
    review: lines(jobs.plan.script),
    merged: lines(jobs["plan-merged"].script),
    apply: lines(jobs.apply.script),
  };
}

function azureCommands(file: unknown): Commands {
  type Step = { readonly bash?: string };
  type Job = { steps?: Step[]; strategy?: { runOnce: { deploy: { steps: Step[] } } } };
  const { stages } = file as { readonly stages: readonly { readonly jobs: readonly Job[] }[] };
  const [[check, review, merged] = [], [apply] = []] = stages.map(({ jobs }) =>
    jobs
      .flatMap(({ steps, strategy }) => steps ?? strategy?.runOnce.deploy.steps ?? [])
      .flatMap(({ bash }) => bash ?? []),
  );
  return { review: `${check}${review}`, merged: merged ?? "", apply: apply ?? "" };
}

function bitbucketCommands(file: unknown): Commands {
  type Steps = readonly { readonly step: { readonly script: readonly string[] } }[];
  const { pipelines } = file as {
    readonly pipelines: { "pull-requests": Record<"**", Steps>; branches: { main: Steps } };
  };
  const [merged, apply] = pipelines.branches.main.map(({ step }) => lines(step.script));
  const [review] = pipelines["pull-requests"]["**"].map(({ step }) => lines(step.script));
  return { review: review ?? "", merged: merged ?? "", apply: apply ?? "" };
}

/** The repository of the examples, one commit after another way of one campaign, and what it was cloned from. */
function makeRepository(): Workspace {
  const workspace = makeWorkspace({});
  const repository = join(workspace.path, "repository");
  for (const name of ["audiences.yaml", "campaignctl.yaml", "campaigns"])
    cpSync(join(ROOT, "examples", name), join(repository, name), { recursive: true });
  const campaign = join(repository, "campaigns/spring-re-engagement.yaml");
  const after = readFileSync(campaign, "utf8");
  writeFileSync(campaign, `${after}  - recent-buyers\n`);
  commitAll(repository);
  writeFileSync(campaign, after);
  gitInTurn(
    repository,
    ["clone", "-q", "--bare", ".", "../origin.git"],
    ["remote", "add", "origin", "../origin.git"],
    ["fetch", "-q", "origin"],
    ["commit", "-qam", "Reach recent buyers too"],
  );
  return workspace;
}

let made: Workspace;
beforeAll(() => {
  made = makeRepository();
});
afterAll(() => made.remove());

/** That repository and a shell as the service has one. */
async function checkedOut({ variables, commands }: Service) {
  const clock = hastyClock();
  const sandbox = await openExample({ now: clock.now });
  const workspace = makeWorkspace({});
  const { path } = workspace;
  cpSync(made.path, path, { recursive: true });
  const repository = join(path, "repository");
  const close = await putStandIn(workspace, "bin/npx", async ([yes, name, ...args], env) =>
    yes === "--yes" && name === `campaignctl@${version()}`
      ? runHere(args, { cwd: repository, env }, clock)
      : { code: 1, stdout: "" },
  );
  onTestFinished(async () => {
    close();
    await sandbox.stop();
    workspace.remove();
  });
  const sent = join(path, "sent.txt");
  const curl = `printf '%s\\n' "$@" >'${sent}'; case "$*" in *body@plan.md*) cat plan.md ;; *) cat ;; esac >>'${sent}'`;
  chmodSync(workspace.write("bin/curl", `#!/bin/sh\n${curl}\n`), 0o755);
  const env = {
    ...{ PATH: `${join(path, "bin")}:${process.env.PATH}`, HOME: path },
    ...{ EXPERITURE_API_URL: sandbox.url, EXPERITURE_TOKEN: "any", PIPELINE_WORKSPACE: path },
    ...{ CAMPAIGNCTL: `campaignctl@${version()}`, CAMPAIGNCTL_ENVIRONMENT: "production" },
    ...variables,
  };
  return {
    repository,
    requests: async () => (await sandbox.requests()).map(({ method }) => method),
    comment: () => (existsSync(sent) ? readFileSync(sent, "utf8") : ""),
    run: (job: keyof Commands) =>
      runProgram(["bash", "--norc", "-e", "-c", commands[job]], { cwd: repository, env }),
  };
}

function version(): string {
  return JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;
}

test("there is a recipe for each service, and docs/ci.md tells of it", () => {
  const files = readdirSync(join(ROOT, "examples/ci")).sort();
  expect(files).toEqual(Object.keys(SERVICES).sort());
  const page = readFileSync(join(ROOT, "docs/ci.md"), "utf8");
  for (const file of files) {
    const text = readFileSync(join(ROOT, "examples/ci", file), "utf8");
    expect(parseDocument(text, { strict: true })).toMatchObject({ errors: [], warnings: [] });
    expect(text).toContain(`campaignctl@${version()}`);
    expect(page).toContain(`(../examples/ci/${file})`);
  }
});

test.each(Object.entries(SERVICES))(
  "%s: a change is told in its pull request, then applied",
  async (_, service) => {
    const { run, comment, requests, repository } = await checkedOut(service);
    expect(await run("review")).toMatchObject({ code: 0 });
    expect(comment()).toContain("1 campaign changes: it can reach more people");
    expect(comment()).toMatch(/no longer excludes/);
    expect(new Set(await requests())).toEqual(new Set(["GET"]));

    expect(await run("merged")).toMatchObject({ code: 0 });
    // Where the service puts an artifact of an earlier job.
    cpSync(join(repository, "plan.json"), join(repository, "../plan/plan.json"));
    expect(await run("apply")).toMatchObject({ code: 0 });
    expect((await requests()).filter((method) => method === "PUT")).toHaveLength(1);
    const { summary } = JSON.parse(readFileSync(join(repository, "report.json"), "utf8"));
    expect(summary).toMatchObject({ applied: 1, reachConfirmed: 1 });
  },
);

test.each(Object.entries(SERVICES))("%s: what breaks a rule is told too, and fails", async (_, service) => {
  const { run, comment, repository } = await checkedOut(service);
  const project = join(repository, "campaignctl.yaml");
  const text = readFileSync(project, "utf8");
  writeFileSync(project, text.replace("[baseline-suppressions]", "[baseline-suppressions, recent-buyers]"));
  git(repository, "commit", "-qam", "Rules");
  expect((await run("review")).code).toBe(6);
  expect(comment()).toContain("recent-buyers");
});
