import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { loadCampaigns } from "../declarations/load.ts";
import { PROJECT_FILE } from "../declarations/source-file.ts";
import type { CampaignSpec, Plan, Update } from "../domain.ts";
import { repositoryPath } from "../github/annotations.ts";
import type { BranchSince } from "../github/branch-since.ts";
import type { GitHub } from "../github/github.ts";
import { sameBinding } from "../plan/canonical.ts";
import { updatesOf } from "../plan/updates.ts";
import { type ActionRun, commitOf } from "./run.ts";

/** Files in which a campaign is looked for that is no longer where it was: each costs a request. */
const MOST_SEARCHED = 50;

/**
 * The updates that an older run must leave to a newer one, as ids of campaigns: those of which the branch declares
 * something else by now. A run may have waited for an approval, or is repeated, while others were merged.
 *
 * @throws GitHubError when nobody can tell what the branch says: then nothing may be written.
 */
export async function supersededOn(run: ActionRun, plan: Plan): Promise<ReadonlySet<string>> {
  const { github, context } = run;
  const { trigger } = context;
  const branch = trigger.kind === "push" || trigger.kind === "other" ? trigger.branch : null;
  const updates = updatesOf(plan.changes);
  if (github === null || branch === null || updates.length === 0) return new Set();
  const since = await github.branchSince(commitOf(run), branch);
  if (since === null) return new Set();
  const tip = tipOf(run, github, branch, since);
  if (await projectMoved(run, tip)) return new Set(updates.map(({ campaignId }) => campaignId));
  const said = await Promise.all(updates.map((update) => isStillSaid(run, update, tip)));
  return new Set(updates.filter((_, index) => said[index] !== true).map(({ campaignId }) => campaignId));
}

/** What the branch has by now. */
type Tip = {
  /** Whether a file, from the root of the repository, may be another one than the one that is checked out. */
  mayDiffer(path: string): boolean;
  text(path: string): Promise<string | null>;
  /** The campaign as a file declares it there. */
  spec(file: string, campaignId: string): Promise<CampaignSpec | null>;
  /** YAML files that differ, relative to the folder that is worked in; null where nobody can name them. */
  readonly candidates: readonly string[] | null;
};

function tipOf(run: ActionRun, github: GitHub, branch: string, { files }: BranchSince): Tip {
  const { environment, workingDirectory } = run.inputs;
  const text = (path: string) => github.branchFile(path, branch);
  return {
    mayDiffer: (path) => files === null || files.has(path),
    text,
    async spec(file, campaignId) {
      const path = repositoryPath(workingDirectory, file);
      const found = path === null ? null : await text(path);
      if (found === null) return null;
      const sources = [{ file, bytes: Buffer.from(found, "utf8") }];
      const { specs } = loadCampaigns(sources, { environment, needsEnvironment: true });
      return specs.find((spec) => spec.campaignId === campaignId) ?? null;
    },
    candidates: files === null ? null : yamlFilesIn(files, workingDirectory),
  };
}

function yamlFilesIn(files: ReadonlySet<string>, folder: string): readonly string[] | null {
  const found = [...files]
    .filter((file) => /\.ya?ml$/i.test(file))
    .map((file) => posix.relative(folder, file));
  return found.length > MOST_SEARCHED ? null : found;
}

/** A project file that changed may mean other campaigns, or another API: the newer run has read it. */
async function projectMoved({ inputs, context }: ActionRun, tip: Tip): Promise<boolean> {
  const path = posix.join(inputs.workingDirectory, inputs.config ?? PROJECT_FILE);
  if (!tip.mayDiffer(path)) return false;
  const [there, here] = [await tip.text(path), textOf(join(context.workspace, path))];
  return plain(there) !== plain(here);
}

/** A checkout may have other line ends than the commit. */
function plain(text: string | null): string | null {
  return text?.replaceAll("\r\n", "\n").trim() ?? null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Not there, as far as this run is concerned: it has read the same path, and told whatever is wrong with it.
    return null;
  }
}

/** Whether the branch declares the audiences that an update would write, in whichever file. */
async function isStillSaid(
  { inputs }: ActionRun,
  { campaignId, source, after }: Update,
  tip: Tip,
): Promise<boolean> {
  const path = repositoryPath(inputs.workingDirectory, source.file);
  if (path !== null && !tip.mayDiffer(path)) return true;
  const isSame = (spec: CampaignSpec | null): boolean => spec !== null && sameBinding(spec.audience, after);
  const there = await tip.spec(source.file, campaignId);
  if (there !== null || tip.candidates === null) return isSame(there);
  for (const file of tip.candidates) {
    const moved = await tip.spec(file, campaignId);
    if (moved !== null) return isSame(moved);
  }
  return false;
}
