import type { Source } from "../../domain/model.ts";
import { markdownCode } from "../../render/markdown/markdown-escape.ts";
import type { Repository } from "../run/model.ts";

/** Where a declared campaign can be looked at. */
export type FileUrl = (source: Pick<Source, "file" | "line">) => string;

/**
 * Addresses of files on GitHub, with their line.
 *
 * @param place `ref` is a commit or a branch; `folder` is where the files are declared from, relative to the
 *   repository's root, empty for the root itself.
 */
export function fileUrlAt(place: {
  readonly serverUrl: string;
  readonly repository: Repository;
  readonly ref: string;
  readonly folder: string;
}): FileUrl {
  const { owner, repo } = place.repository;
  const base = `${place.serverUrl}/${[owner, repo, "blob"].map(pathPart).join("/")}/${pathOf(place.ref)}`;
  return ({ file, line }) => `${base}/${pathOf(`${place.folder}/${file}`)}#L${line}`;
}

/** A path with each part encoded; `.` and empty parts say nothing, `..` goes up. */
function pathOf(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(pathPart(part));
  }
  return parts.join("/");
}

function pathPart(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** A link to where a campaign is declared. */
export function fileLink({ file, line }: Source, fileUrl: FileUrl): string {
  return markdownLink(markdownCode(`${file}:${line}`), fileUrl({ file, line }));
}

/**
 * A link. The text must be safe already; in the address, whatever could end it or the cell around it is encoded. No
 * address can hold half of a character.
 */
export function markdownLink(text: string, url: string): string {
  return `[${text}](${url.toWellFormed().replace(/[^\w.~:/?#@$&+,;=%-]/gu, encodeForLink)})`;
}

function encodeForLink(character: string): string {
  const encoded = encodeURIComponent(character);
  return encoded === character ? percentEncoded(character) : encoded;
}
