import canonicalize from "canonicalize";
import { readCampaignFile } from "../declarations/campaign-file.ts";
import type { DeclaredCampaign, WrittenEntry } from "../domain/declared.ts";
import { MAX_FILE_BYTES } from "../domain/source-file.ts";
import { marksOf } from "../yaml/comments.ts";
import { writeCampaignText } from "./campaign-text.ts";
import { takeApart } from "./take-apart.ts";

/**
 * The text of a campaign file in the one canonical form. Null where that would lose a comment, or say something else
 * than the text does now: then the text is to be left alone.
 */
export function formatCampaign(text: string): string | null {
  const parts = takeApart(text.replaceAll("\r\n", "\n"));
  if (parts === null) return null;
  const formatted = writeCampaignText(parts);
  return keepsAll(text, formatted) ? formatted : null;
}

/** Whether one text of a campaign file says the same as another, both without a mistake, and has the same comments. */
export function keepsAll(before: string, after: string): boolean {
  const said = sayingOf(before);
  return said !== null && sayingOf(after) === said && commentsOf(after) === commentsOf(before);
}

/** What a campaign file says, without places, as one text to compare; null where it has a mistake. */
function sayingOf(text: string): string | null {
  const source = sourceOf(text);
  const { says, fits, diagnostics } = readCampaignFile(source);
  if (says === null || !fits || diagnostics.length > 0 || source.bytes.length > MAX_FILE_BYTES) return null;
  return canonicalize(plainly(says)) ?? null;
}

function plainly({ ids, include, exclude, name, owner, labels }: DeclaredCampaign): object {
  return {
    ...{ name, owner, labels },
    ids: ids.map(({ says, environment }) => [environment, says.toLowerCase()]),
    include: include.map(({ says }) => entryOf(says)),
    exclude: exclude.map(({ says }) => entryOf(says)),
  };
}

function entryOf(says: WrittenEntry): object {
  return "name" in says ? says : { ...says, audienceId: says.audienceId.toLowerCase() };
}

function commentsOf(text: string): string {
  return marksOf(text)
    .comments.map((comment) => comment.text)
    .sort()
    .join("\n");
}

function sourceOf(text: string) {
  return { file: "", bytes: new TextEncoder().encode(text) };
}
