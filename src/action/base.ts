import { posix } from "node:path";
import { loadCampaigns } from "../declarations/load.ts";
import { loadProject, type Project } from "../declarations/project.ts";
import { PROJECT_FILE } from "../declarations/source-file.ts";
import type { CampaignSpec, Plan, Update } from "../domain.ts";
import { UsageError } from "../errors.ts";
import { repositoryPath } from "../github/annotations.ts";
import { openCheckout } from "../github/git-file.ts";
import type { GitHub } from "../github/github.ts";
import type { Origin } from "../github/model.ts";
import { originOf } from "../github/origin.ts";
import { updatesOf } from "../plan/updates.ts";
import type { ActionRun } from "./run.ts";

/** The commit that decides where credentials go, when what is checked out has not been merged; null when it has. */
export function baseCommitOf({ context: { trigger } }: ActionRun): string | null {
  return trigger.kind === "pull-request" || trigger.kind === "merge-group" ? trigger.baseSha : null;
}

/**
 * The project file of the base commit. A pull request's own project file never says where credentials go.
 *
 * @throws UsageError when the base commit's file is not valid.
 */
export async function baseProject(run: ActionRun, commit: string): Promise<Project | null> {
  const found = await findBaseProject(run, commit);
  if (found === null) return null;
  const { path, text } = found;
  const { project } = loadProject({ file: path, bytes: Buffer.from(text, "utf8") });
  if (project === null) {
    throw new UsageError(
      `The project file ${path} of the base commit is not valid, so it cannot say where the API is.`,
      "Mend it on the base branch first, or give the input api-url.",
    );
  }
  return project;
}

/** By the rule of `findProject`: the file that is named, else the nearest one from the working directory upwards. */
async function findBaseProject(
  run: ActionRun,
  commit: string,
): Promise<{ readonly path: string; readonly text: string } | null> {
  const { config, workingDirectory } = run.inputs;
  if (config !== null) return readBase(run, posix.join(workingDirectory, config), commit);
  for (let folder = posix.normalize(workingDirectory); ; folder = posix.dirname(folder)) {
    const found = await readBase(run, posix.join(folder, PROJECT_FILE), commit);
    if (found !== null || folder === ".") return found;
  }
}

async function readBase(run: ActionRun, path: string, commit: string) {
  const text = await baseText(run, path, commit);
  return text === null ? null : { path, text };
}

/** Without a token for GitHub only the checkout can tell; what nobody can tell decides nothing. */
async function baseText(
  { github, context, inputs }: ActionRun,
  path: string,
  commit: string,
): Promise<string | null> {
  if (github !== null) return github.baseFile(path, commit);
  const local = await openCheckout(context.workspace).read(path, commit);
  if (local.kind === "file") return local.text;
  if (local.kind === "missing" || inputs.apiUrl !== null) return null;
  throw new UsageError(
    "The project file of the base commit cannot be read, so nothing says where the API is.",
    "Give the input api-url, or github-token, or check out with fetch-depth: 0.",
  );
}

/** Of each update of a plan: does the pull request cause it, or was it there before? Null where nobody can tell. */
export async function originsOf(
  run: ActionRun,
  plan: Plan,
  commit: string,
): Promise<ReadonlyMap<string, Origin> | null> {
  const { github } = run;
  if (github === null) return null;
  const updates = updatesOf(plan.changes);
  const origins = await Promise.all(
    updates.map(async (update) => {
      const base = await baseSpec(run, github, update, commit);
      return [update.campaignId, originOf(update, base?.audience ?? null)] as const;
    }),
  );
  return new Map(origins);
}

/** The campaign as the base commit declared it in the same file; null when it did not. */
async function baseSpec(
  run: ActionRun,
  github: GitHub,
  { campaignId, source }: Update,
  commit: string,
): Promise<CampaignSpec | null> {
  const path = repositoryPath(run.inputs.workingDirectory, source.file);
  const text = path === null ? null : await github.baseFile(path, commit);
  if (text === null) return null;
  const { environment } = run.inputs;
  const sources = [{ file: source.file, bytes: Buffer.from(text, "utf8") }];
  const { specs } = loadCampaigns(sources, { environment, needsEnvironment: true });
  return specs.find((spec) => spec.campaignId === campaignId) ?? null;
}
