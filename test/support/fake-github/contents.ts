import type { components } from "@octokit/openapi-types";
import { type Answer, answer, type Handler, notFound, refuse } from "./answer.ts";
import { blobSha } from "./git-objects.ts";
import { filesAt, resolveRef } from "./history.ts";
import { linkOf } from "./links.ts";
import type { World } from "./model.ts";

/** Above this size JSON has no content any more; the raw media type has (operation's description). */
const MAX_JSON_BYTES = 1024 * 1024;

type Entry = components["schemas"]["content-directory"][number];

/** A file as base64 JSON or, when asked for, raw; or the entries of a folder. */
export const getContent: Handler = (call, world) => {
  const path = (call.parts[0] ?? "").replace(/\/+$/, "");
  const ref = call.query.get("ref") ?? "main";
  const sha = resolveRef(world, ref);
  if (sha === null) return refuse(404, `No commit found for the ref ${ref}`);
  const files = filesAt(world, sha);
  const written = files.get(path);
  // GitHub answers with what a link to a file leads to.
  const text = files.get(linkOf(written ?? "") ?? path);
  if (text === undefined) return folder(world, path, { files, ref });
  return /[.+]raw\b/.test(call.accept) ? raw(text) : file(world, path, { text, ref });
};

function raw(text: string): Answer {
  return { status: 200, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" }, text };
}

function entryOf(world: World, path: string, ref: string) {
  const repository = `repos/${world.owner}/${world.repo}`;
  const self = `${world.apiUrl}/${repository}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const html = `${world.serverUrl}/${world.owner}/${world.repo}/blob/${ref}/${encodeURI(path)}`;
  return {
    name: path.split("/").at(-1) ?? "",
    path,
    url: self,
    git_url: null,
    html_url: html,
    download_url: null,
    _links: { self, git: null, html },
  };
}

function file(world: World, path: string, { text, ref }: { text: string; ref: string }): Answer {
  const size = Buffer.byteLength(text);
  const isSmall = size <= MAX_JSON_BYTES;
  // GitHub breaks its base64 into lines.
  const content = isSmall ? Buffer.from(text).toString("base64").replace(/.{60}/g, "$&\n") : "";
  const encoding = isSmall ? "base64" : "none";
  const body = {
    ...entryOf(world, path, ref),
    type: "file",
    size,
    sha: blobSha(text),
    encoding,
    content,
  } as const;
  return answer("repos/get-content", 200, body);
}

function folder(
  world: World,
  path: string,
  { files, ref }: { files: ReadonlyMap<string, string>; ref: string },
): Answer {
  const prefix = path === "" ? "" : `${path}/`;
  const entries = new Map<string, Entry>();
  for (const [name, text] of files) {
    if (!name.startsWith(prefix)) continue;
    const [first = "", ...rest] = name.slice(prefix.length).split("/");
    const type = rest.length === 0 ? "file" : "dir";
    const size = type === "file" ? Buffer.byteLength(text) : 0;
    const sha = blobSha(type === "file" ? text : first);
    entries.set(first, { ...entryOf(world, `${prefix}${first}`, ref), type, size, sha });
  }
  if (entries.size === 0) return notFound();
  return answer("repos/get-content", 200, [...entries.values()]);
}
