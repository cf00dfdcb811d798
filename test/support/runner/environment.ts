import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Repository } from "../../../src/github/run/model.ts";
import type { RunEvent } from "./events.ts";

/** The files that a step writes to for the runner, by their variable. */
export const COMMAND_FILES = [
  "GITHUB_OUTPUT",
  "GITHUB_ENV",
  "GITHUB_PATH",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
] as const;

/** Where a run has its files. */
export type RunFolder = {
  /** Whole folder of the run, removed after it. */
  readonly root: string;
  /** RUNNER_TEMP: for the action to write to. */
  readonly temporary: string;
};

export function commandFile(folder: RunFolder, variable: (typeof COMMAND_FILES)[number]): string {
  return join(folder.root, "_file_commands", variable.toLowerCase());
}

export function eventFile(folder: RunFolder): string {
  return join(folder.root, "_github_workflow", "event.json");
}

/** What the runner describes a run by. */
export type RunFacts = {
  readonly event: RunEvent;
  readonly repository: Repository;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly workflow: string;
  readonly attempt: number;
  readonly workspace: string;
  /** Folder of the action.yml. */
  readonly actionPath: string;
};

/** The environment of a step, as the runner sets it; nothing of the tester's own but what Node needs. */
export function runnerVariables(facts: RunFacts, folder: RunFolder): Record<string, string> {
  const files = Object.fromEntries(COMMAND_FILES.map((name) => [name, commandFile(folder, name)]));
  return {
    PATH: process.env.PATH ?? "",
    HOME: tmpdir(),
    CI: "true",
    ...runVariables(facts),
    GITHUB_EVENT_PATH: eventFile(folder),
    ...files,
    RUNNER_OS: "Linux",
    RUNNER_ARCH: "X64",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_TEMP: folder.temporary,
    RUNNER_TOOL_CACHE: join(folder.root, "_tool"),
    RUNNER_WORKSPACE: dirname(facts.workspace),
  };
}

function runVariables(facts: RunFacts): Record<string, string> {
  const { event, repository, serverUrl, apiUrl, workflow, attempt, workspace, actionPath } = facts;
  const fullName = `${repository.owner}/${repository.repo}`;
  return {
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "campaignctl",
    GITHUB_ACTION_PATH: actionPath,
    GITHUB_ACTOR: "marketer",
    GITHUB_ACTOR_ID: "500",
    GITHUB_TRIGGERING_ACTOR: "marketer",
    GITHUB_API_URL: apiUrl,
    GITHUB_BASE_REF: event.baseRef ?? "",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_GRAPHQL_URL: graphqlUrl(apiUrl),
    GITHUB_HEAD_REF: event.headRef ?? "",
    GITHUB_JOB: "campaigns",
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
    GITHUB_REF_PROTECTED: "false",
    GITHUB_REF_TYPE: event.ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_REPOSITORY: fullName,
    GITHUB_REPOSITORY_ID: "1",
    GITHUB_REPOSITORY_OWNER: repository.owner,
    GITHUB_REPOSITORY_OWNER_ID: "2",
    GITHUB_RETENTION_DAYS: "90",
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_RUN_ID: "7000001",
    GITHUB_RUN_NUMBER: "12",
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_SHA: event.sha,
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: `${fullName}/.github/workflows/campaigns.yml@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: workspace,
  };
}

/** On GitHub Enterprise Server it is beside REST, not below. */
function graphqlUrl(apiUrl: string): string {
  return `${apiUrl.replace(/\/v3$/, "")}/graphql`;
}
