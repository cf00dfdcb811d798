import { posix } from "node:path";
import type { Names } from "../../catalogue/names.ts";
import { loadCampaigns } from "../../declarations/load.ts";
import { sameBinding } from "../../domain/binding.ts";
import { hasErrors } from "../../domain/diagnostics.ts";
import type { AudienceBinding, Update } from "../../domain/model.ts";
import type { BranchSince } from "../../github/api/branch-since.ts";
import type { GitHub } from "../../github/api/github.ts";
import type { Verdict } from "../../github/review/compare-reviewed.ts";
import { repositoryPath } from "../../github/run/annotations.ts";
import { namesAt } from "../names-at.ts";
import { onGitHub } from "../on-github.ts";
import { projectPaths } from "../project-paths.ts";
import { type ActionRun, branchOfRun, commitOf } from "../run.ts";
import { isLinked, textOnDisk } from "../workspace-files.ts";

/** Files of the branch that are read at most: each costs a request, and the newer run has them on its disk. */
const MOST_READ = 100;

/** What is known of an update that an older run would write. */
type NewerVerdict = Extract<Verdict, { kind: "superseded" | "branch-moved" }>;

/** What a run knows of its branch. */
export type Branch = {
  /** Whether the run's commit is the newest one; not where nobody can tell. */
  readonly isTip: boolean;
  /** The updates that the run must leave to a newer one, by campaign. */
  readonly left: ReadonlyMap<string, NewerVerdict>;
};

/**
 * Looks for updates that an older run must leave to a newer one: those of which the branch declares something else by
 * now, or nobody can tell. A run may have waited for an approval, or is repeated, while others were merged.
 *
 * @param updates of the plan; the first of them are looked for first.
 * @throws GitHubError when the branch cannot be looked at, and something is to be written: then nothing may be.
 */
export async function lookAtBranch(run: ActionRun, updates: readonly Update[]): Promise<Branch> {
  const { github } = run;
  const branch = branchOfRun(run);
  if (github === null || branch === null) return NOT_KNOWN;
  const ask = async (): Promise<Since> => (await github.branchSince(commitOf(run), branch)) ?? "tip";
  // Where nothing is to be written, it only says what may be called done.
  const since = updates.length > 0 ? await ask() : ((await onGitHub([], ask)) ?? "unknown");
  if (typeof since === "string") return { ...NOT_KNOWN, isTip: since === "tip" };
  return { isTip: false, left: await leftTo(run, tipOf(run, github, branch, since), updates) };
}

type Since = BranchSince | "tip" | "unknown";

const NOT_KNOWN: Branch = { isTip: false, left: new Map() };

async function leftTo(run: ActionRun, tip: Tip, updates: readonly Update[]): Promise<Branch["left"]> {
  const hasProjectMoved = await projectMoved(run, tip);
  const verdicts = await Promise.all(
    updates.map(async (update) => {
      const said = hasProjectMoved ? "unknown" : await saidOf(run, update, tip);
      return [update.campaignId, said] as const;
    }),
  );
  return new Map(
    verdicts.flatMap(([campaignId, said]) =>
      said === "same" ? [] : [[campaignId, { kind: said === "other" ? "superseded" : "branch-moved" }]],
    ),
  );
}

/** What the branch has by now. */
type Tip = {
  /** Whether a file, from the root of the repository, may be another one than the one that is checked out. */
  mayDiffer(path: string): boolean;
  text(path: string): Promise<string | null>;
  /** What names stand for there, and whether that may be something else than here. */
  names(): Promise<{ readonly names: Names | null; readonly mayDiffer: boolean }>;
  /** What a file declares there of a campaign; `none`: it has no such campaign, `unknown`: it cannot be read. */
  declared(file: string, campaignId: string): Promise<AudienceBinding | "none" | "unknown">;
  /** YAML files that differ, relative to the folder that is worked in; null where nobody can name them. */
  readonly candidates: readonly string[] | null;
};

function tipOf(run: ActionRun, github: GitHub, branch: string, { files }: BranchSince): Tip {
  const { environment, workingDirectory } = run.inputs;
  const texts = new Map<string, Promise<string | null>>();
  const mayDiffer = (path: string): boolean =>
    files === null || files.has(path) || isLinked(run.context.workspace, path);
  const text = async (path: string): Promise<string | null> => {
    if (!mayDiffer(path)) return textOnDisk(run.context.workspace, path);
    const known = texts.get(path) ?? github.branchFile(path, branch);
    texts.set(path, known);
    return known;
  };
  const readNames = async () => {
    const { names = null, paths } = await namesAt(run.inputs, text);
    return { names, mayDiffer: paths.some(mayDiffer) };
  };
  let read: ReturnType<Tip["names"]> | null = null;
  const names = () => {
    read ??= readNames();
    return read;
  };
  return {
    mayDiffer,
    text,
    names,
    async declared(file, campaignId) {
      const path = repositoryPath(workingDirectory, file);
      if (path === null) return "unknown";
      if (texts.size >= MOST_READ && mayDiffer(path) && !texts.has(path)) return "unknown";
      const found = await text(path);
      // GitHub does not look through a link to a folder.
      if (found === null) return isLinked(run.context.workspace, path) ? "unknown" : "none";
      const sources = [{ file, bytes: Buffer.from(found, "utf8") }];
      const choice = { environment, needsEnvironment: true, names: (await names()).names };
      const { specs, diagnostics } = loadCampaigns(sources, choice);
      if (hasErrors(diagnostics)) return "unknown";
      // Without its names nobody can tell what the file declares.
      const none = choice.names === null ? "unknown" : "none";
      return specs.find((spec) => spec.campaignId === campaignId)?.audience ?? none;
    },
    candidates: files === null ? null : yamlFilesIn(files, workingDirectory),
  };
}

function yamlFilesIn(files: ReadonlySet<string>, folder: string): readonly string[] {
  return [...files].filter((file) => /\.ya?ml$/i.test(file)).map((file) => posix.relative(folder, file));
}

/** A project file that changed, came or went may mean other campaigns, or another API: the newer run has read it. */
async function projectMoved({ inputs, context }: ActionRun, tip: Tip): Promise<boolean> {
  for (const path of projectPaths(inputs).filter(tip.mayDiffer)) {
    const [there, here] = [await tip.text(path), textOnDisk(context.workspace, path)];
    if (plain(there) !== plain(here)) return true;
  }
  return false;
}

/** A checkout may have other line ends than the commit. */
function plain(text: string | null): string | null {
  return text?.replaceAll("\r\n", "\n").trim() ?? null;
}

/**
 * What the branch says of a campaign that would be written. Where it stands in another file by now, it is for the newer
 * run to tell whether that file is still one of the project's.
 */
async function saidOf(
  { inputs }: ActionRun,
  { campaignId, source, after }: Update,
  tip: Tip,
): Promise<"same" | "other" | "unknown"> {
  const path = repositoryPath(inputs.workingDirectory, source.file);
  if (path !== null && !tip.mayDiffer(path) && !(await tip.names()).mayDiffer) return "same";
  const there = await tip.declared(source.file, campaignId);
  if (there === "unknown") return "unknown";
  if (there !== "none") return sameBinding(there, after) ? "same" : "other";
  if (tip.candidates === null) return "unknown";
  // Outside of the folder that is worked in only where the project file stands there too.
  const candidates = tip.candidates.filter((file) => isOutside(source.file) || !isOutside(file));
  const elsewhere = await Promise.all(candidates.map((file) => tip.declared(file, campaignId)));
  const found = elsewhere.find((each) => typeof each !== "string");
  if (found !== undefined) return sameBinding(found, after) ? "unknown" : "other";
  return elsewhere.includes("unknown") ? "unknown" : "other";
}

function isOutside(file: string): boolean {
  return file.startsWith("../");
}
