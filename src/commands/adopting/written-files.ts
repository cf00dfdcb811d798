import { resolve } from "node:path";
import { whyNotAsLive } from "../../adopt/as-live.ts";
import type { WordChoice } from "../../adopt/audience-words.ts";
import { changedCampaignText } from "../../adopt/changed-campaign.ts";
import { fileNamesFor } from "../../adopt/file-names.ts";
import { growCatalogue } from "../../adopt/grown-catalogue.ts";
import { newAudiences } from "../../adopt/new-audiences.ts";
import { newCampaignText } from "../../adopt/new-campaign.ts";
import { namesOf } from "../../catalogue/names.ts";
import { compare } from "../../domain/compare.ts";
import { UsageError } from "../../domain/errors.ts";
import type { Campaign } from "../../domain/model.ts";
import { isBehindLink } from "../../files/covered.ts";
import { displayName } from "../../files/file-errors.ts";
import { namesInFolder } from "../../files/new-file.ts";
import type { DeclaringFile, Ground } from "./ground.ts";

/** A file to write, absolute, and whether it is there already. */
export type ImportedFile = { readonly path: string; readonly text: string; readonly isThere: boolean };

/** What an import comes to before anything is written. */
export type ImportedFiles = {
  readonly files: readonly ImportedFile[];
  /** The campaigns that get a file of their own. */
  readonly added: readonly Campaign[];
  /** Why a campaign gets none, by its id. */
  readonly refused: ReadonlyMap<string, string>;
  readonly choice: WordChoice;
};

/** Works out what the files of some live campaigns say: new ones, and those that declare them. Writes nothing. */
export function importedFiles(
  campaigns: readonly Campaign[],
  ground: Ground,
  { environment, growsCatalogue }: { readonly environment: string | null; readonly growsCatalogue: boolean },
): ImportedFiles {
  const liveNames = liveNamesOf(campaigns);
  const choice: WordChoice = { names: ground.names, environment, liveNames };
  const plain = textsOf(campaigns, ground, choice);
  if (!growsCatalogue) return { ...plain, choice };
  // Only of what can be imported: a name that no file uses is a warning.
  const taken = campaigns.filter(({ campaignId }) => plain.changing.has(campaignId));
  const added = newAudiences(
    taken.flatMap(({ audience }) => [...audience.include, ...audience.exclude]),
    choice,
  );
  if (added.length === 0) return { ...plain, choice };
  const grown = growCatalogue(ground.names.catalogue, added, environment);
  if (grown === null) {
    throw new UsageError(
      "The new audiences cannot be put into the catalogue as it is written. Nothing was written.",
      "Write audiences with a name a line, or import without --catalogue.",
    );
  }
  const better = { ...choice, names: namesOf(grown.catalogue, environment) };
  const catalogue = { path: ground.cataloguePath, text: grown.text, isThere: ground.names.catalogue.isThere };
  const named = textsOf(taken, ground, better);
  return { ...named, files: [catalogue, ...named.files], refused: plain.refused, choice: better };
}

function liveNamesOf(campaigns: readonly Campaign[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { liveAudiences } of campaigns) {
    for (const { audienceId, name } of liveAudiences) {
      const id = audienceId.toLowerCase();
      if (name !== null && name.trim() !== "" && !names.has(id)) names.set(id, name);
    }
  }
  return names;
}

type Texts = Omit<ImportedFiles, "choice"> & { readonly changing: ReadonlySet<string> };

function textsOf(campaigns: readonly Campaign[], ground: Ground, choice: WordChoice): Texts {
  const refused = new Map<string, string>();
  const changing = new Set<string>();
  const files: ImportedFile[] = [];
  const added: { readonly campaign: Campaign; readonly text: string }[] = [];
  for (const campaign of campaigns) {
    const { campaignId } = campaign;
    const there = ground.declared.get(campaignId);
    const made = textOf(campaign, there, ground, choice);
    if (made.text === null) {
      refused.set(campaignId, made.why);
      continue;
    }
    const { text } = made;
    if (text === there?.text) continue;
    changing.add(campaignId);
    if (there === undefined) added.push({ campaign, text });
    else files.push({ path: resolve(ground.cwd, there.file), text, isThere: true });
  }
  const taken = new Set(namesInFolder(ground.dir).map((name) => name.toLowerCase()));
  const names = fileNamesFor(
    added.map(({ campaign }) => campaign),
    taken,
  );
  for (const { campaign, text } of added) {
    files.push({ path: resolve(ground.dir, names.get(campaign.campaignId) ?? ""), text, isThere: false });
  }
  files.sort((a, b) => compare(a.path, b.path));
  return { files, added: added.map(({ campaign }) => campaign), refused, changing };
}

/** The text of a file, or why there is none. */
type MadeText = { readonly text: string } | { readonly text: null; readonly why: string };

function textOf(
  campaign: Campaign,
  there: DeclaringFile | undefined,
  ground: Ground,
  choice: WordChoice,
): MadeText {
  const made =
    there === undefined
      ? { text: newCampaignText(campaign, choice) }
      : changedText(campaign, there, ground, choice);
  const wrong = made.text === null ? null : whyNotAsLive(made.text, campaign, choice);
  return wrong === null ? made : { text: null, why: wrong };
}

function changedText(
  { audience }: Campaign,
  { file, text, says, environment }: DeclaringFile,
  { cwd, folder }: Ground,
  choice: WordChoice,
): MadeText {
  const refuse = (why: string) => ({ text: null, why: `${file} ${why}` });
  if (environment !== null && environment !== choice.environment) {
    return refuse(`declares it for the environment ${environment} alone: choose that with --environment`);
  }
  if (isBehindLink(resolve(cwd, file), folder)) {
    return refuse("is behind a link, and what is there may be somebody else's");
  }
  const changed = changedCampaignText(text, says, audience, choice);
  return changed === null ? refuse("cannot be changed without a loss") : { text: changed };
}

/** How a file is called in messages. */
export function shownFile({ path }: ImportedFile, cwd: string): string {
  return displayName(path, resolve(cwd));
}
