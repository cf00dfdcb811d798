import type { Skip, Update } from "../../domain/model.ts";
import { directionWords } from "../../render/direction.ts";
import { shownName } from "../../render/facts.ts";
import { escapeMarkdown } from "../../render/markdown-escape.ts";
import { tableRow } from "../../render/markdown-parts.ts";
import type { Compared } from "../../render/plan/plan-groups.ts";
import { bindingCells } from "../../render/plan/plan-markdown.ts";
import { reachWords } from "../../render/reach.ts";
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
  { change, audiences }: Compared<Update>,
  { origins, fileUrl }: { readonly origins: Origins; readonly fileUrl: FileUrl },
): string {
  return tableRow([
    escapeMarkdown(shownName(change.name)),
    `**${directionWords(audiences)}**`,
    ...bindingCells({ change, audiences }),
    escapeMarkdown(reachWords(change.reach)),
    ...(origins === null ? [] : [originBadge(origins.get(change.campaignId))]),
    fileLink(change.source, fileUrl),
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
export function skipRow({ change, audiences }: Compared<Skip>, fileUrl: FileUrl): string {
  return tableRow([
    escapeMarkdown(shownName(change.name)),
    bold(change.authoringStatus),
    quantity(audiences.length, "audience"),
    fileLink(change.source, fileUrl),
  ]);
}
