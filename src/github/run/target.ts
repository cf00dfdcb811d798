import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Target } from "./model.ts";

const MAX_READABLE = 40;

/**
 * What a comment is kept for. Its key tells targets apart by a hash of all parts; the readable part before it is for
 * people only. The key has nothing but `a-z`, `0-9` and single hyphens, so it is safe inside of an HTML comment. With
 * paths it is the key without them and more, so that an apply finds the plans of all parts: see {@link isOfTarget}. A
 * shard has a key of its own, since jobs of several shards run side by side.
 *
 * @param parts `paths` as they were given, in any order and spelling; none for all that the project file says.
 */
export function targetOf(
  parts: Omit<Target, "key" | "paths" | "shard"> & Partial<Pick<Target, "paths" | "shard">>,
): Target {
  const { workflow, environment, config, shard = null } = parts;
  const paths = [...new Set((parts.paths ?? []).map(normalPath))].sort();
  const readable = slug([workflow, environment ?? ""].join(" "));
  const own = shard === null ? [] : [shard];
  const whole = `${readable === "" ? "target" : readable}-${shortHash([workflow, environment, config, ...own])}`;
  return {
    key: paths.length === 0 ? whole : `${whole}-p${shortHash(paths)}`,
    workflow,
    environment,
    config,
    paths,
    shard,
  };
}

function shortHash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);
}

/** The same target without its paths: of all that the project file says, or of its shard of that. */
export function wholeTarget(target: Target): Target {
  return targetOf({ ...target, paths: [] });
}

/**
 * Whether a plan of this key may be carried out by an apply of this target: it is of the same workflow, environment,
 * project file and shard, whatever the paths of either. What the one did not plan, or the other does not look at, stays.
 */
export function isOfTarget(key: string, target: Target): boolean {
  const whole = wholeTarget(target).key;
  return key === whole || (key.startsWith(`${whole}-p`) && key.length === whole.length + 14);
}

/** `./a//b/` and `a/b` are one place. */
function normalPath(path: string): string {
  const not = path.startsWith("!") ? "!" : "";
  return `${not}${posix.normalize(path.slice(not.length)).replace(/(?<=.)\/$/, "")}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_READABLE)
    .replace(/^-|-$/g, "");
}
