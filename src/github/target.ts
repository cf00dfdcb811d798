import { createHash } from "node:crypto";
import type { Target } from "./model.ts";

const MAX_READABLE = 40;

/**
 * What a comment is kept for. Its key tells targets apart by a hash of all three parts; the readable part before it is
 * for people only. The key has nothing but `a-z`, `0-9` and single hyphens, so it is safe inside of an HTML comment.
 */
export function targetOf(parts: Omit<Target, "key">): Target {
  const { workflow, environment, config } = parts;
  const hash = createHash("sha256")
    .update(JSON.stringify([workflow, environment, config]))
    .digest("hex");
  const readable = slug([workflow, environment ?? ""].join(" "));
  return {
    key: `${readable === "" ? "target" : readable}-${hash.slice(0, 12)}`,
    workflow,
    environment,
    config,
  };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_READABLE)
    .replace(/^-|-$/g, "");
}
