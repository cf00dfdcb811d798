import type { ValidDeclarations } from "../../commands/declare.ts";
import { resolveSettings, type Settings } from "../../commands/settings.ts";
import { loadProject, type Project } from "../../declarations/project.ts";
import { UsageError } from "../../domain/errors.ts";
import { openCheckout } from "../../github/api/git-file.ts";
import type { ActionInputs } from "../inputs/inputs.ts";
import type { ActionRun } from "../run.ts";
import { projectPaths } from "./project-paths.ts";

/** Whether an input or a variable says where the API is: then no file does. */
export function isApiGiven({ apiUrl, variables }: ActionInputs): boolean {
  return apiUrl !== null || Boolean(variables.EXPERITURE_API_URL);
}

/**
 * Where credentials go: the input, the variable, or a project file that was reviewed. For what is not merged that is the
 * one of the default branch: neither the checked out one nor that of an unmerged base.
 *
 * @throws UsageError when that file is not valid or cannot be had.
 */
export async function settingsFor(run: ActionRun, declared: ValidDeclarations): Promise<Settings> {
  const { apiUrl, environment, variables } = run.inputs;
  if (isApiGiven(run.inputs) || (await isMerged(run))) {
    return resolveSettings({ apiUrl, environment }, variables, declared.project);
  }
  const project = await defaultProject(run);
  if (environment !== null && isNew(environment, declared.project, project)) {
    throw new UsageError(
      `The project file of the default branch has no environment "${environment}" yet, so no reviewed file says where its API is.`,
      "Merge it first, or give the input api-url.",
    );
  }
  return resolveSettings({ apiUrl, environment }, variables, project);
}

/** Apply and drift work on what is merged; plan does on a push to the default branch, and when started by hand there. */
async function isMerged({ inputs, context }: ActionRun): Promise<boolean> {
  const { trigger, defaultBranch, workspace } = context;
  if (inputs.command !== "plan") return true;
  if (trigger.kind !== "push" && trigger.kind !== "other") return false;
  if (defaultBranch !== null && trigger.branch !== defaultBranch) return false;
  if (trigger.kind === "push") return true;
  // By hand another branch may be planned: `ref` of the check-out decides, and the event does not tell.
  const head = await openCheckout(workspace).head();
  return head === null || head.commit === trigger.sha;
}

function isNew(environment: string, own: Project | null, merged: Project | null): boolean {
  const has = (project: Project | null) => Object.hasOwn(project?.environments ?? {}, environment);
  return has(own) && !has(merged);
}

async function defaultProject(run: ActionRun): Promise<Project | null> {
  const found = await findDefault(run);
  if (found === null) return null;
  const { path, text } = found;
  const { project } = loadProject({ file: path, bytes: Buffer.from(text, "utf8") });
  if (project === null) {
    throw new UsageError(
      `The project file ${path} of the default branch is not valid, so it cannot say where the API is.`,
      "Mend it there first, or give the input api-url.",
    );
  }
  return project;
}

async function findDefault(run: ActionRun): Promise<{ readonly path: string; readonly text: string } | null> {
  for (const path of projectPaths(run.inputs)) {
    const text = await defaultText(run, path);
    if (text !== null) return { path, text };
  }
  return null;
}

/** Without a token for GitHub only a whole checkout can tell. */
async function defaultText({ github, context }: ActionRun, path: string): Promise<string | null> {
  const { defaultBranch, workspace } = context;
  if (defaultBranch !== null) {
    if (github !== null) return github.branchFile(path, defaultBranch);
    const local = await openCheckout(workspace).read(path, `refs/remotes/origin/${defaultBranch}`);
    if (local.kind !== "unknown") return local.kind === "file" ? local.text : null;
  }
  throw new UsageError(
    "The project file of the default branch cannot be read, so no reviewed file says where the API is.",
    "Give the input api-url, or github-token, or check out with fetch-depth: 0.",
  );
}
