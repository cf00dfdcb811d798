import { listCells } from "../../render/markdown/change-markdown.ts";
import { escapeMarkdown } from "../../render/markdown/markdown-escape.ts";
import { tableRow } from "../../render/markdown/markdown-parts.ts";
import type { ChangeEntry, UpdateEntry } from "../../render/page/change-entry.ts";
import { DIRECTION_WORDS } from "../../render/page/effect-words.ts";
import { quantity } from "../../text/figures.ts";
import type { Origin } from "../run/model.ts";
import { type FileUrl, fileLink } from "./file-link.ts";
import { bold } from "./markup.ts";

/** Where each update comes from, by campaign; null when the base commit's files were not at hand. */
export type Origins = ReadonlyMap<string, Origin> | null;

/** Titles of the columns of {@link updateRow}. */
export function updateTitles(origins: Origins): readonly string[] {
  const titles = ["Campaign", "Can reach", "Include", "Exclude", "Last known reach"];
  return [...titles, ...(origins === null ? [] : ["Comes from"]), "File"];
}

/** One changed campaign as a row. */
export function updateRow(
  entry: UpdateEntry,
  { origins, fileUrl }: { readonly origins: Origins; readonly fileUrl: FileUrl },
): string {
  return tableRow([
    escapeMarkdown(entry.name),
    `**${DIRECTION_WORDS[entry.direction]}**`,
    ...listCells(entry),
    escapeMarkdown(entry.reach),
    ...(origins === null ? [] : [originBadge(origins.get(entry.campaignId))]),
    fileLink(entry.source, fileUrl),
  ]);
}

function originBadge(origin: Origin | undefined): string {
  switch (origin) {
    case undefined:
      return "not known";
    case "this pull request and drift":
      return "`this pull request` and `drift`";
    default:
      return `\`${origin}\``;
  }
}

/** Titles of the columns of {@link skipRow}. */
export const SKIP_TITLES: readonly string[] = ["Campaign", "Status", "Differs in", "File"];

/** One locked campaign that differs from its file, as a row. */
export function skipRow({ name, status, comparison, source }: ChangeEntry, fileUrl: FileUrl): string {
  return tableRow([
    escapeMarkdown(name),
    bold(status),
    quantity(comparison.rows.length, "audience"),
    fileLink(source, fileUrl),
  ]);
}
