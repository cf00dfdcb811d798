import { whyNotAsLive } from "../../adopt/as-live.ts";
import type { WordChoice } from "../../adopt/audience-words.ts";
import { changedCampaignText } from "../../adopt/changed-campaign.ts";
import type { ValidDeclarations } from "../../commands/declare.ts";
import { readCampaignFile } from "../../declarations/campaign-file.ts";
import type { Plan, Update } from "../../domain/model.ts";
import type { LeftCampaign } from "../../github/page/fix-pull-request.ts";
import type { FileEdit } from "../../github/review/drift-branch.ts";
import { repositoryPath } from "../../github/run/annotations.ts";
import { updatesOf } from "../../plan/updates.ts";
import type { ActionRun } from "../run.ts";
import { isLinked, textOnDisk } from "../workspace-files.ts";

/** What makes files say what is live, and the campaigns whose files are left as they are. */
export type FileEdits = {
  readonly edits: readonly FileEdit[];
  readonly fixed: readonly Update[];
  readonly left: readonly LeftCampaign[];
};

/**
 * Makes the files of drifted campaigns say what is live: words and comments of what stays bound stay, what is new gets its
 * name where the catalogue has one. A file that cannot say it, or not without saying something else too, is left.
 *
 * @param commit the one that is checked out, in full.
 */
export async function editsFor(
  run: ActionRun,
  { names }: ValidDeclarations,
  plan: Plan,
  commit: string,
): Promise<FileEdits> {
  const choice = { names, environment: run.inputs.environment, liveNames: liveNamesOf(plan) };
  const found = await Promise.all(
    updatesOf(plan.changes).map(async (update) => ({
      update,
      edit: await editFor(run, update, commit, choice),
    })),
  );
  return {
    edits: found.flatMap(({ edit }) => (typeof edit === "string" ? [] : [edit])),
    fixed: found.flatMap(({ update, edit }) => (typeof edit === "string" ? [] : [update])),
    left: found.flatMap(({ update, edit }) => (typeof edit === "string" ? [{ update, why: edit }] : [])),
  };
}

const OUTSIDE = "its file is not in this repository.";
const LINKED = "its file is reached by a link.";
const NOBODY = "no audience is included live, which a file cannot say.";
const SHARED = "its file declares it for other environments too, which may have other audiences live.";
const UNSURE = "its file cannot be changed without a risk to lose something of it.";

function liveNamesOf({ audiences }: Plan): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(audiences).flatMap(([id, { name, nameFrom }]) =>
      name !== null && nameFrom === "live" ? [[id, name] as const] : [],
    ),
  );
}

/** The edit of one file; else why there is none, as the end of a sentence. */
async function editFor(
  { inputs, context, checkout }: ActionRun,
  { campaignId, source: { file }, before }: Update,
  commit: string,
  choice: WordChoice,
): Promise<FileEdit | string> {
  const path = repositoryPath(inputs.workingDirectory, file);
  if (path === null) return OUTSIDE;
  if (isLinked(context.workspace, path)) return LINKED;
  if (before.include.length === 0) return NOBODY;
  // As it is in the commit: a checkout may have other line ends.
  const committed = await checkout.read(path, commit);
  const text = committed.kind === "file" ? committed.text : (textOnDisk(context.workspace, path) ?? "");
  const { says } = readCampaignFile({ file, bytes: Buffer.from(text, "utf8") });
  if (says === null) return UNSURE;
  if (says.ids.length > 1) return SHARED;
  const changed = changedCampaignText(text, says, before, choice);
  if (changed === null || changed === text) return UNSURE;
  const isAsLive = whyNotAsLive(changed, { campaignId, audience: before }, choice) === null;
  return isAsLive ? { path, text: changed } : UNSURE;
}
