import type { Diagnostic } from "../domain/model.ts";
import type { Span } from "../domain/source-file.ts";
import { diagnosticAt } from "../yaml/source-text.ts";
import type { Catalogue, CatalogueAudience } from "./catalogue.ts";

/**
 * Whatever in the catalogue holds a secret of this run. What the catalogue says is told far from its lines, of campaign
 * files above all, so a secret in it must end the run.
 */
export function heldSecrets({ text, audiences, groups }: Catalogue): readonly Diagnostic[] {
  if (text.secrets.length === 0) return [];
  const secrets = text.secrets.map((secret) => secret.toLowerCase());
  const found: Diagnostic[] = [];
  const look = (place: Span, words: readonly (string | null)[]): void => {
    const isHeld = words.some((word) => secrets.some((secret) => word?.toLowerCase().includes(secret)));
    if (isHeld) found.push({ ...diagnosticAt(text, "invalid-value", place, HOLDS_SECRET), excerpt: null });
  };
  for (const audience of audiences.values()) look(audience.place, wordsOf(audience));
  for (const { name, members, place } of groups.values()) {
    look(place, [name]);
    for (const member of members) look(member.place, [member.says]);
  }
  return found;
}

function wordsOf({ name, audienceId, description, owner, previewId }: CatalogueAudience) {
  const ids = typeof audienceId === "string" ? [audienceId] : [...audienceId].flat();
  return [name, ...ids, description, owner, previewId];
}

const HOLDS_SECRET =
  "What is written here holds the token or the client secret of this run, so nothing of it is shown. Delete it: secrets " +
  "come from the environment only.";
