import { proposeGroup } from "../../adopt/shared-excludes.ts";
import { campaignErrorOf, isUnreachable } from "../../domain/campaign-error.ts";
import { compare } from "../../domain/compare.ts";
import { AccessError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/exit-codes.ts";
import type { Campaign } from "../../domain/model.ts";
import type { CampaignLister, ListedCampaigns, ProgressEvent } from "../../domain/ports.ts";
import { writeNewFile } from "../../files/new-file.ts";
import { writeFileWhole } from "../../files/write-file.ts";
import { interruptibly } from "../../patience/interruption.ts";
import { messageOf } from "../../text/error-text.ts";
import type { Importer } from "../open.ts";
import type { DeclaringFile, Ground } from "./ground.ts";
import { readWanted, type WantedRead } from "./wanted.ts";
import { type ImportedFile, importedFiles, shownFile } from "./written-files.ts";

/** What to import. */
export type ImportOrder = {
  /** Null for all that the API lists. */
  readonly campaignIds: readonly string[] | null;
  /** Whether a file that declares a campaign already gets its live audiences. */
  readonly isForced: boolean;
  readonly growsCatalogue: boolean;
  /** Others are left out; null for none. */
  readonly status: string | null;
  readonly environment: string | null;
};

/** Something to tell of one campaign. */
export type ToldCampaign = {
  readonly campaignId: string;
  readonly name: string | null;
  readonly why: string;
};

/** What became of an import. */
export type Imported = {
  /** Files as messages call them, in the order in which they were written. */
  readonly written: readonly string[];
  readonly alreadyDeclared: readonly ToldCampaign[];
  /** What no file can declare, whatever is done about it. */
  readonly undeclarable: readonly ToldCampaign[];
  readonly failed: readonly ToldCampaign[];
  readonly otherStatus: number;
  /** Null where ids were named. */
  readonly listing: ListedCampaigns | null;
  readonly proposal: string | null;
  readonly accessError: AccessError | null;
  readonly conditions: readonly Condition[];
};

/**
 * Reads live campaigns and writes a file for each that no file declares. Asks the API to read alone.
 *
 * @throws AccessError where the credentials are refused before anything was read.
 */
export async function importCampaigns(
  order: ImportOrder,
  ground: Ground,
  { reader, openLister }: Importer,
  onEvent: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<Imported> {
  const isAll = order.campaignIds === null;
  const listed = isAll ? await interruptibly(signal, (ending) => list(openLister(), onEvent, ending)) : null;
  const listing = listed?.listing ?? null;
  const asked = [...new Set((order.campaignIds ?? listing?.campaignIds ?? []).map((id) => id.toLowerCase()))];
  const isDone = (id: string): boolean => !order.isForced && ground.declared.has(id);
  const alreadyDeclared = asked.filter(isDone).map((id) => tellDeclared(id, ground.declared.get(id)));
  const toRead = asked.filter((id) => !isDone(id));
  const { reads, accessError } = await readWanted(toRead, { reader, onEvent }, signal);
  const live = [...reads.values()].flatMap((read) => (read.kind === "read" ? [read.campaign] : []));
  if (accessError !== null && live.length === 0) throw accessError;
  const wanted = live.filter(({ authoringStatus }) => [null, authoringStatus].includes(order.status));
  const files = signal.aborted ? null : importedFiles(wanted.sort(byId), ground, order);
  const { written, failures } = write(files?.files ?? [], ground.cwd);
  const refused = wanted.flatMap(({ campaignId, name }) => {
    const why = files?.refused.get(campaignId);
    return why === undefined ? [] : [{ campaignId, name, why }];
  });
  const undeclarable = [...toldOf(reads, "undeclarable"), ...refused];
  const failed = [...toldOf(reads, "failed"), ...failures];
  const isIncomplete =
    failed.length > 0 ||
    (listing !== null && listing.missing !== null) ||
    (!isAll && alreadyDeclared.length + undeclarable.length > 0);
  const conditions: Condition[] = isIncomplete ? ["incomplete"] : [];
  if (accessError !== null) conditions.push("no-access");
  if (isNothingReached(reads) || listed?.isUnreached === true) conditions.push("unreachable");
  return {
    ...{ written, alreadyDeclared, undeclarable, failed, listing, accessError, conditions },
    otherStatus: live.length - wanted.length,
    proposal:
      files === null
        ? null
        : proposeGroup(
            files.added.map(({ audience }) => audience.exclude),
            files.choice,
          ),
  };
}

type Listed = { readonly listing: ListedCampaigns; readonly isUnreached: boolean };

/** Where not even the first answer came, nothing is listed. Credentials that are refused end the run. */
async function list(
  lister: CampaignLister,
  onEvent: (event: ProgressEvent) => void,
  signal: AbortSignal,
): Promise<Listed> {
  try {
    const listing = await lister.listCampaigns((listed) => onEvent({ kind: "listing", listed }), signal);
    return { listing, isUnreached: false };
  } catch (error) {
    if (error instanceof AccessError) throw error;
    const told = campaignErrorOf(error);
    return {
      listing: { campaignIds: [], isWhole: false, missing: told.message },
      isUnreached: isUnreachable(told),
    };
  }
}

function byId(a: Campaign, b: Campaign): number {
  return a.campaignId < b.campaignId ? -1 : 1;
}

function tellDeclared(campaignId: string, there: DeclaringFile | undefined): ToldCampaign {
  return { campaignId, name: there?.says.name ?? null, why: there?.file ?? "" };
}

function toldOf(reads: ReadonlyMap<string, WantedRead>, kind: "undeclarable" | "failed"): ToldCampaign[] {
  const told = [...reads].flatMap(([campaignId, read]): ToldCampaign[] => {
    if (read.kind === "read" || read.kind !== kind) return [];
    const { name, why } = read.kind === "failed" ? { name: null, why: read.error.message } : read;
    return [{ campaignId, name, why }];
  });
  return told.sort((a, b) => compare(a.campaignId, b.campaignId));
}

function isNothingReached(reads: ReadonlyMap<string, WantedRead>): boolean {
  const all = [...reads.values()];
  return all.length > 0 && all.every((read) => read.kind === "failed" && isUnreachable(read.error));
}

function write(
  files: readonly ImportedFile[],
  cwd: string,
): { readonly written: readonly string[]; readonly failures: readonly ToldCampaign[] } {
  const written: string[] = [];
  const failures: ToldCampaign[] = [];
  for (const file of files) {
    const name = shownFile(file, cwd);
    try {
      if (file.isThere) writeFileWhole(file.path, file.text);
      else if (!writeNewFile(file.path, file.text)) throw new Error("it is there by now");
      written.push(name);
    } catch (error) {
      failures.push({ campaignId: name, name: null, why: `it could not be written: ${messageOf(error)}` });
    }
  }
  return { written, failures };
}
