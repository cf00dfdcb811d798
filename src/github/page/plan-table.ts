import { changesCell } from "../../render/markdown/change-markdown.ts";
import { escapeMarkdown, markdownCode } from "../../render/markdown/markdown-escape.ts";
import { tableRow } from "../../render/markdown/markdown-parts.ts";
import { BECAUSE } from "../../render/page/because-words.ts";
import type { ChangeEntry, UpdateEntry } from "../../render/page/change-entry.ts";
import { directionText } from "../../render/page/effect-words.ts";
import { quantity } from "../../text/figures.ts";
import type { Origin } from "../run/model.ts";
import { type FileUrl, markdownLink } from "./file-link.ts";
import { bold, breakable } from "./markup.ts";

/** Where each change comes from, by campaign; null when the base commit's files were not at hand. */
export type Origins = ReadonlyMap<string, Origin> | null;

/** Titles of the columns of {@link updateRow}. */
export const UPDATE_TITLES: readonly string[] = ["People", "Campaign", "What changes, and reach"];

/** One changed campaign as a row. It has three columns, since a phone has room for no more. */
export function updateRow(
  entry: UpdateEntry,
  { origins, fileUrl }: { readonly origins: Origins; readonly fileUrl: FileUrl },
): string {
  return tableRow([
    `**${directionText(entry.direction)}**`,
    `${campaignLink(entry, fileUrl)}${driftBadge(origins?.get(entry.campaignId))}${becauseLine(entry)}`,
    `${changesCell(entry, breakable)}<br>${escapeMarkdown(entry.reach)}`,
  ]);
}

function campaignLink({ name, source }: ChangeEntry, fileUrl: FileUrl): string {
  return markdownLink(breakable(name), fileUrl(source));
}

/** Who reviews looks for the campaign's file in the diff, and it is not there. */
function becauseLine({ because }: ChangeEntry): string {
  return because.length === 0 ? "" : `<br>${BECAUSE} ${because.map(markdownCode).join(", ")}`;
}

/** What this pull request does is the ordinary case. */
function driftBadge(origin: Origin | undefined): string {
  switch (origin) {
    case "drift":
      return " `drift`";
    case "this pull request and drift":
      return " `this pull request` and `drift`";
    default:
      return "";
  }
}

/** Titles of the columns of {@link skipRow}. */
export const SKIP_TITLES: readonly string[] = ["Campaign", "Status", "Differs in"];

/** One locked campaign that differs from its file, as a row. */
export function skipRow(entry: ChangeEntry, fileUrl: FileUrl): string {
  const { status, comparison } = entry;
  return tableRow([
    `${campaignLink(entry, fileUrl)}${becauseLine(entry)}`,
    bold(status),
    quantity(comparison.sentences.length, "audience"),
  ]);
}
