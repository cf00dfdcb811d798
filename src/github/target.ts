import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Target } from "./model.ts";

const MAX_READABLE = 40;

/**
 * What a comment is kept for. Its key tells targets apart by a hash of all parts; the readable part before it is for
 * people only. The key has nothing but `a-z`, `0-9` and single hyphens, so it is safe inside of an HTML comment.
 *
 * @param parts `paths` as they were given, in any order and spelling; none for all that the project file says.
 */
export function targetOf(
  parts: Omit<Target, "key" | "paths"> & { readonly paths?: readonly string[] },
): Target {
  const { workflow, environment, config } = parts;
  const paths = [...new Set((parts.paths ?? []).map(normalPath))].sort();
  const named = paths.length === 0 ? [] : [paths];
  const hash = createHash("sha256")
    .update(JSON.stringify([workflow, environment, config, ...named]))
    .digest("hex");
  const readable = slug([workflow, environment ?? ""].join(" "));
  return {
    key: `${readable === "" ? "target" : readable}-${hash.slice(0, 12)}`,
    workflow,
    environment,
    config,
    paths,
  };
}

/** The same target without its paths: of all that the project file says. */
export function wholeTarget(target: Target): Target {
  return targetOf({ ...target, paths: [] });
}

/**
 * The targets whose plans an apply of this target may carry out, its own first: a plan of everything also holds what an
 * apply with `paths` looks at.
 */
export function targetsToApply(target: Target): readonly Target[] {
  return target.paths.length === 0 ? [target] : [target, wholeTarget(target)];
}

/** `./a//b/` and `a/b` are one place. */
function normalPath(path: string): string {
  const [, not = "", place = ""] = /^(!?)(.*)$/s.exec(path) ?? [];
  return `${not}${posix.normalize(place).replace(/(?<=.)\/$/, "")}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_READABLE)
    .replace(/^-|-$/g, "");
}
