import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Destination } from "../domain/destination.ts";
import { TOOL } from "../domain/tool.ts";
import type { LastChecked } from "../plan/last-checked.ts";
import { lastCheckedJson, nothingChecked, readLastChecked } from "../plan/last-checked-json.ts";
import { messageOf } from "../text/error-text.ts";
import { systemCode } from "../text/system-code.ts";
import { readAtMost } from "./descriptor.ts";
import { writeFileWhole } from "./write-file.ts";

/** Over what a million campaigns need. */
const MAX_BYTES = 128 * 1024 * 1024;

/** What an earlier run looked at, and in a few words why its file says nothing here; null where it does. */
export type LastCheckedFound = { readonly last: LastChecked; readonly why: string | null };

/** Reads what an earlier run looked at. Never throws: without it only the order is another. */
export function readLastCheckedFile(path: string, destination: Destination): LastCheckedFound {
  const read = readText(path);
  const found = "text" in read ? readLastChecked(read.text, destination) : read.why;
  return typeof found === "string"
    ? { last: nothingChecked(destination), why: found }
    : { last: found, why: null };
}

function readText(path: string): { readonly text: string } | { readonly why: string } {
  try {
    const bytes = readAtMost(path, MAX_BYTES);
    return bytes.length > MAX_BYTES ? { why: "it is too large" } : { text: bytes.toString("utf8") };
  } catch (error) {
    return { why: systemCode(error) === "ENOENT" ? "it is not there" : messageOf(error) };
  }
}

/** Keeps for a later run what was looked at; gives why it could not, null where it could. */
export function writeLastCheckedFile(path: string, last: LastChecked): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileWhole(path, lastCheckedJson(last, TOOL));
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
