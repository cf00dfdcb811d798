import { UsageError } from "../../domain/errors.ts";
import type { Variables } from "../../domain/ports.ts";
import { quote } from "../../text/quote.ts";
import { isSha, type PayloadNode, payloadNode } from "./event-payload.ts";
import type { Repository, RunContext, Trigger } from "./model.ts";

/**
 * Reads what started the run, and where, from the runner's variables and the event's payload.
 *
 * @throws UsageError when something is missing or odd: then this is no GitHub Actions run that we understand.
 */
export function parseContext(env: Variables, payload: unknown): RunContext {
  const repository = parseRepository(variable(env, "GITHUB_REPOSITORY"));
  const serverUrl = urlOf(env, "GITHUB_SERVER_URL");
  const attempt = countOf(env, "GITHUB_RUN_ATTEMPT");
  return {
    trigger: parseTrigger(env, payloadNode(payload)),
    repository,
    serverUrl,
    apiUrl: urlOf(env, "GITHUB_API_URL"),
    defaultBranch: payloadNode(payload).at("repository").at("default_branch").textOrNull(),
    workflow: variable(env, "GITHUB_WORKFLOW"),
    runUrl: runUrlOf(env, serverUrl, repository, attempt),
    runNumber: countOf(env, "GITHUB_RUN_NUMBER"),
    attempt,
    workspace: variable(env, "GITHUB_WORKSPACE"),
    temporary: variable(env, "RUNNER_TEMP"),
  };
}

function parseTrigger(env: Variables, payload: PayloadNode): Trigger {
  const event = variable(env, "GITHUB_EVENT_NAME");
  // pull_request_target and the events of a review carry the same pull request, so the same care is taken of them.
  if (event.startsWith("pull_request")) return pullRequestTrigger(payload.at("pull_request"));
  if (event === "push") return pushTrigger(payload);
  if (event === "merge_group") return mergeGroupTrigger(payload.at("merge_group"));
  if (event === "workflow_run") refuseForeignRun(env, payload.at("workflow_run"));
  return {
    kind: "other",
    event,
    sha: shaVariable(env),
    branch: branchOf(env.GITHUB_REF ?? ""),
  };
}

/** The head is in the payload: `GITHUB_SHA` is here a merge commit that GitHub made for the occasion. */
function pullRequestTrigger(pull: PayloadNode): Trigger {
  const headRepository = pull.at("head").at("repo").at("full_name").textOrNull();
  const baseRepository = pull.at("base").at("repo").at("full_name").text();
  return {
    kind: "pull-request",
    number: pull.at("number").whole(),
    headSha: pull.at("head").at("sha").sha(),
    baseSha: pull.at("base").at("sha").sha(),
    baseRef: pull.at("base").at("ref").text(),
    isFork: headRepository?.toLowerCase() !== baseRepository.toLowerCase(),
  };
}

function pushTrigger(payload: PayloadNode): Trigger {
  const before = payload.at("before").sha();
  const after = payload.at("after").sha();
  if (isNothing(after)) {
    throw new UsageError(
      "The push deleted a branch or a tag, so there is nothing to look at.",
      "Give the job the condition if: github.event.deleted == false.",
    );
  }
  return {
    kind: "push",
    before: isNothing(before) ? null : before,
    after,
    isForced: payload.at("forced").isTrue(),
    branch: branchOf(payload.at("ref").text()),
  };
}

function mergeGroupTrigger(group: PayloadNode): Trigger {
  const ref = group.at("base_ref").text();
  return {
    kind: "merge-group",
    headSha: group.at("head_sha").sha(),
    baseSha: group.at("base_sha").sha(),
    baseRef: branchOf(ref) ?? ref,
  };
}

/** Such a run has secrets, and what it checks out may come from a pull request that nobody has looked at. */
function refuseForeignRun(env: Variables, run: PayloadNode): void {
  const repository = variable(env, "GITHUB_REPOSITORY").toLowerCase();
  const isForeign = run.at("head_repository").at("full_name").textOrNull()?.toLowerCase() !== repository;
  if (!isForeign && !run.at("event").text().startsWith("pull_request")) return;
  throw new UsageError(
    "This workflow_run follows a run for a pull request, whose files may not be used together with secrets.",
    "Run plan on pull_request itself: from a fork it checks the files only.",
  );
}

function variable(env: Variables, name: string): string {
  const value = env[name];
  if (!value) {
    throw new UsageError(`${name} is not set.`, "This program runs as a step of a GitHub Actions job.");
  }
  return value;
}

function shaVariable(env: Variables): string {
  const sha = variable(env, "GITHUB_SHA");
  if (!isSha(sha)) throw new UsageError(`GITHUB_SHA is ${quote(sha)}, not a full commit id.`);
  return sha;
}

function parseRepository(text: string): Repository {
  const match = /^([\w.-]+)\/([\w.-]+)$/.exec(text);
  if (match === null) throw new UsageError(`GITHUB_REPOSITORY is ${quote(text)}, not OWNER/REPOSITORY.`);
  return { owner: match[1] ?? "", repo: match[2] ?? "" };
}

function urlOf(env: Variables, name: string): string {
  const text = variable(env, name);
  if (!/^https?:\/\/[^\s/]/.test(text) || !URL.canParse(text)) {
    throw new UsageError(`${name} is ${quote(text)}, not a URL.`);
  }
  return text.replace(/\/+$/, "");
}

/** A repeated run has a page of its own, and the plain link would show the newest. */
function runUrlOf(env: Variables, serverUrl: string, { owner, repo }: Repository, attempt: number): string {
  const id = variable(env, "GITHUB_RUN_ID");
  if (!/^\d+$/.test(id)) throw new UsageError(`GITHUB_RUN_ID is ${quote(id)}, not a number.`);
  const suffix = attempt > 1 ? `/attempts/${attempt}` : "";
  return `${serverUrl}/${owner}/${repo}/actions/runs/${id}${suffix}`;
}

/** A count that starts at 1. What is no number decides nothing. */
function countOf(env: Variables, name: string): number {
  const text = env[name] ?? "";
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 1;
}

function branchOf(ref: string): string | null {
  return /^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? null;
}

/** GitHub's way to say: there was no commit. */
function isNothing(sha: string): boolean {
  return /^0+$/.test(sha);
}
