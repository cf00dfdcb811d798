import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../commands/open.ts";
import type { Plan, Report } from "../domain/model.ts";
import type { Variables } from "../domain/ports.ts";
import { writeFileWhole } from "../files/write-file.ts";
import type { Checkout } from "../github/api/git-file.ts";
import type { GitHub } from "../github/api/github.ts";
import { type FileUrl, fileUrlAt } from "../github/page/file-link.ts";
import type { RunContext, Target } from "../github/run/model.ts";
import type { Interruption } from "../host/signals.ts";
import { renderJson } from "../render/json.ts";
import { messageOf } from "../text/error-text.ts";
import type { ActionInputs } from "./inputs/inputs.ts";
import type { Runner } from "./runner.ts";

/** One run of the Action: what it was asked, where it runs, and what it may use. */
export type ActionRun = {
  readonly inputs: ActionInputs;
  readonly context: RunContext;
  readonly runner: Runner;
  /** The repository as it is checked out. */
  readonly checkout: Checkout;
  /** Null when there is no token for it. */
  readonly github: GitHub | null;
  readonly target: Target;
  /** The environment of the process, for what no input says, such as proxies. */
  readonly env: Variables;
  /** The folder to work in, absolute. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly machine: Machine;
  /** Sets what a second signal still leaves behind. */
  readonly beforeEnd: Interruption["beforeEnd"];
};

/** Where files are shown: at a commit, or on a branch where the address is to stay the same. */
export function fileUrlFor({ context, inputs }: ActionRun, ref: string): FileUrl {
  const { serverUrl, repository } = context;
  return fileUrlAt({ serverUrl, repository, ref, folder: inputs.workingDirectory });
}

/** The commit whose files are checked out, as far as a reader is concerned. */
export function commitOf({ context: { trigger } }: ActionRun): string {
  switch (trigger.kind) {
    case "pull-request":
    case "merge-group":
      return trigger.headSha;
    case "push":
      return trigger.after;
    case "other":
      return trigger.sha;
  }
}

/** Whether a run is of something that is to be merged: it has a base to compare with. */
export function isToBeMerged({ context: { trigger } }: Pick<ActionRun, "context">): boolean {
  return trigger.kind === "pull-request" || trigger.kind === "merge-group";
}

/** The branch that a run is on; null for a tag, and for what is not merged yet. */
export function branchOfRun({ context: { trigger } }: Pick<ActionRun, "context">): string | null {
  return trigger.kind === "push" || trigger.kind === "other" ? trigger.branch : null;
}

/**
 * Writes a result into the job's own folder: as JSON, whose absolute path it gives, and beside it, ending in `.txt`, as
 * text for an artifact. A full disk must not keep the result from being told on GitHub: it is added to the problems, and
 * the path is empty when there is no JSON.
 */
export function saveResult(
  { context, target }: ActionRun,
  result: Plan | Report,
  text: string,
  problems: string[],
): string {
  const folder = join(context.temporary, "campaignctl");
  const path = join(folder, `${result.kind}-${target.key}`);
  const json = renderJson(result);
  let saved = "";
  try {
    mkdirSync(folder, { recursive: true });
    writeFileWhole(`${path}.json`, json);
    saved = `${path}.json`;
    writeFileWhole(`${path}.txt`, text);
  } catch (error) {
    problems.push(`The ${result.kind} could not be saved: ${messageOf(error)}`);
  }
  return saved;
}
