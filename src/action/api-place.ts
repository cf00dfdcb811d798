import type { ValidDeclarations } from "../commands/declare.ts";
import { resolveSettings, type Settings } from "../commands/settings.ts";
import { loadProject, type Project } from "../declarations/project.ts";
import { UsageError } from "../domain/errors.ts";
import { shortSha } from "../github/run/event-payload.ts";
import type { ActionInputs } from "./inputs/inputs.ts";
import { projectPaths } from "./project-paths.ts";
import { type ActionRun, commitOf } from "./run.ts";

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
  const place = reviewedPlace(run);
  const project = await reviewedProject(run, place);
  if (environment !== null && isNew(environment, declared.project, project)) {
    throw new UsageError(
      `The project file of ${place.name} has no environment "${environment}" yet, so no reviewed file says where its API is.`,
      "Merge it first, or give the input api-url.",
    );
  }
  return resolveSettings({ apiUrl, environment }, variables, project);
}

/**
 * Whether the project file that is checked out is a merged one. Apply and drift work on what is merged; plan does on a
 * push to the default branch, and when started by hand there. Where nobody can tell what is checked out, it is not.
 */
async function isMerged({ inputs, context, checkout }: ActionRun): Promise<boolean> {
  const { trigger, defaultBranch } = context;
  const head = await checkout.head();
  if (head === null) return false;
  // `requireCheckout` has compared it with the event.
  if (inputs.command !== "plan") return true;
  if (trigger.kind !== "push" && trigger.kind !== "other") return false;
  if (defaultBranch !== null && trigger.branch !== defaultBranch) return false;
  // By hand another branch may be planned: `ref` of the check-out decides, and the event does not tell.
  return trigger.kind === "push" || head.commit === trigger.sha;
}

/** Where a merged project file is, how that is called, and what reads a file there. */
type ReviewedPlace = {
  readonly name: string;
  text(path: string): Promise<string | null>;
};

/** For apply and drift the commit that the event names, which is merged; else the default branch. */
function reviewedPlace(run: ActionRun): ReviewedPlace {
  const { github, inputs } = run;
  if (inputs.command === "plan")
    return { name: "the default branch", text: (path) => defaultText(run, path) };
  const commit = commitOf(run);
  const name = `commit ${shortSha(commit)}`;
  return {
    name,
    async text(path) {
      if (github === null) throw unreadable(name, "Give the input api-url, or github-token.");
      return github.baseFile(path, commit);
    },
  };
}

function isNew(environment: string, own: Project | null, merged: Project | null): boolean {
  const has = (project: Project | null) => Object.hasOwn(project?.environments ?? {}, environment);
  return has(own) && !has(merged);
}

async function reviewedProject(run: ActionRun, { name, text }: ReviewedPlace): Promise<Project | null> {
  for (const path of projectPaths(run.inputs)) {
    const found = await text(path);
    if (found === null) continue;
    const { project } = loadProject({ file: path, bytes: Buffer.from(found, "utf8") });
    if (project !== null) return project;
    throw new UsageError(
      `The project file ${path} of ${name} is not valid, so it cannot say where the API is.`,
      "Mend it there first, or give the input api-url.",
    );
  }
  return null;
}

/** Without a token for GitHub only a whole checkout can tell. */
async function defaultText({ github, context, checkout }: ActionRun, path: string): Promise<string | null> {
  const { defaultBranch } = context;
  if (defaultBranch !== null) {
    if (github !== null) return github.branchFile(path, defaultBranch);
    const local = await checkout.read(path, `refs/remotes/origin/${defaultBranch}`);
    if (local.kind !== "unknown") return local.kind === "file" ? local.text : null;
  }
  throw unreadable(
    "the default branch",
    "Give the input api-url, or github-token, or check out with fetch-depth: 0.",
  );
}

function unreadable(place: string, mend: string): UsageError {
  return new UsageError(
    `The project file of ${place} cannot be read, so no reviewed file says where the API is.`,
    mend,
  );
}
