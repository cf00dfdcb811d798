import { isMap, isScalar, type YAMLMap } from "yaml";
import type { Catalogue, CatalogueAudience } from "../catalogue/catalogue.ts";
import { readCatalogue } from "../catalogue/read-catalogue.ts";
import { MAX_CATALOGUE_BYTES } from "../domain/source-file.ts";
import { nameText, wordText } from "../form/value-text.ts";
import { endOfNode, spanOf } from "../yaml/node-value.ts";
import { readDocument } from "../yaml/yaml-document.ts";
import { remarkText } from "./audience-words.ts";
import type { NewAudience } from "./new-audiences.ts";

/** A catalogue with more in it: its text, and what that says. */
export type GrownCatalogue = { readonly text: string; readonly catalogue: Catalogue };

const OPENING =
  "# Audiences by name. These names were made from what the API calls them: change them as you like, here and in the files.\n";

/**
 * The text of a catalogue with more audiences behind those that are there; nothing else of it changes. Null where they
 * cannot be put in.
 *
 * @param before the catalogue as it is; its text is empty where there is none.
 */
export function growCatalogue(
  before: Catalogue,
  added: readonly NewAudience[],
  environment: string | null,
): GrownCatalogue | null {
  const old = before.text.text;
  const isCrlf = old.includes("\r\n");
  const grown = before.isThere
    ? putIn(old.replaceAll("\r\n", "\n"), added, environment)
    : OPENING + block(added, environment);
  if (grown === null) return null;
  const text = isCrlf ? grown.replaceAll("\n", "\r\n") : grown;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > MAX_CATALOGUE_BYTES) return null;
  const { catalogue } = readCatalogue({ file: before.text.file, bytes });
  return catalogue !== null && holds(catalogue, before, added, environment) ? { text, catalogue } : null;
}

/** Whether a catalogue says what it said before and what was added, and nothing else. */
function holds(
  after: Catalogue,
  before: Catalogue,
  added: readonly NewAudience[],
  environment: string | null,
): boolean {
  const got = added.map(({ name, audienceId, type }) => {
    const id = environment === null ? audienceId : new Map([[environment, audienceId]]);
    return { name, audienceId: id, type, description: null, owner: null, previewId: null };
  });
  const wanted = contentOf([...before.audiences.values(), ...got], before);
  return contentOf([...after.audiences.values()], after) === wanted;
}

type Said = Omit<CatalogueAudience, "place">;

function contentOf(audiences: readonly Said[], { groups }: Pick<Catalogue, "groups">): string {
  const said = audiences.map(
    ({ name, audienceId, type, description, owner, previewId }): Record<keyof Said, unknown> => {
      const ids = typeof audienceId === "string" ? audienceId : [...audienceId];
      return { name, audienceId: ids, type, description, owner, previewId };
    },
  );
  return JSON.stringify([said, [...groups.keys()]]);
}

function block(added: readonly NewAudience[], environment: string | null, indent = "  "): string {
  return `audiences:\n${lines(added, environment, indent)}`;
}

function lines(added: readonly NewAudience[], environment: string | null, indent: string): string {
  return added
    .map((audience) => {
      const beside = audience.liveName === null ? "" : ` ${remarkText(audience.liveName)}`;
      return `${indent}${entryText(audience, environment)}${beside}\n`;
    })
    .join("");
}

function entryText({ name, audienceId, type }: NewAudience, environment: string | null): string {
  const id = environment === null ? audienceId : `{ ${wordText(environment)}: ${audienceId} }`;
  return `${nameText(name)}: { audienceId: ${id}, type: ${type} }`;
}

function putIn(text: string, added: readonly NewAudience[], environment: string | null): string | null {
  const { root } = readDocument({ file: "", bytes: new TextEncoder().encode(text) });
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  if (root === null || !isMap(root) || root.flow === true) return null;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "audiences");
  if (pair === undefined) return `${whole}\n${block(added, environment)}`;
  if (!isMap(pair.value)) return null;
  return pair.value.flow === true
    ? putInBraces(whole, pair.value as YAMLMap.Parsed, added, environment)
    : putBelow(whole, pair.value as YAMLMap.Parsed, added, environment);
}

/** Behind the last entry, and what stands beside it. */
function putBelow(
  text: string,
  map: YAMLMap.Parsed,
  added: readonly NewAudience[],
  environment: string | null,
): string {
  const [first, last] = [spanOf(map.items[0]?.key)[0], endOfNode(map)];
  const indent = text.slice(text.lastIndexOf("\n", first - 1) + 1, first);
  const lineEnd = text.indexOf("\n", last - 1) + 1;
  return text.slice(0, lineEnd) + lines(added, environment, indent) + text.slice(lineEnd);
}

function putInBraces(
  text: string,
  value: YAMLMap.Parsed,
  added: readonly NewAudience[],
  environment: string | null,
): string {
  const [start, end] = spanOf(value);
  if (value.items.length > 0) {
    const last = endOfNode(value.items.at(-1)?.value);
    const entries = added.map((audience) => `, ${entryText(audience, environment)}`).join("");
    return text.slice(0, last) + entries + text.slice(last);
  }
  const lineEnd = text.indexOf("\n", end) + 1;
  const rest = text.slice(end, lineEnd);
  const head = text.slice(0, start).trimEnd() + (rest.trim() === "" ? "\n" : rest);
  return head + lines(added, environment, "  ") + text.slice(lineEnd);
}
