import { isUuid } from "../../domain/ids.ts";
import { isObject } from "../body.ts";
import type { BoundAudience } from "../world/model.ts";

const MAX_ENTRIES = 25;
const TYPES: readonly unknown[] = ["audience", "segment"];

/** The body of PUT /campaigns/:id/audience; `exclude` null when it was left out. */
export type AudienceBody = {
  readonly include: readonly BoundAudience[];
  readonly exclude: readonly BoundAudience[] | null;
};

/** The first rule a body breaks: `path` in the body, and what is wrong there. */
export type Problem = { readonly path: string; readonly problem: string };

/** Checks a body against every rule of the Audience Binding page (sheet, section 6). */
export function decodeAudienceBody(value: unknown): AudienceBody | Problem {
  if (!isObject(value)) return { path: "body", problem: "must be a JSON object" };
  const found =
    unknownField(value, ["include", "exclude"], "") ??
    listProblem(value.include, "include", 1) ??
    (value.exclude === undefined ? null : listProblem(value.exclude, "exclude", 0));
  if (found !== null) return found;
  const include = value.include as readonly BoundAudience[];
  const exclude = (value.exclude ?? null) as readonly BoundAudience[] | null;
  return overlap(include, exclude ?? []) ?? { include, exclude };
}

function unknownField(value: object, known: readonly string[], prefix: string): Problem | null {
  const name = Object.keys(value).find((key) => !known.includes(key));
  return name === undefined ? null : { path: prefix + name, problem: "unknown field" };
}

function listProblem(list: unknown, name: string, min: number): Problem | null {
  if (!Array.isArray(list)) return { path: name, problem: "must be an array" };
  if (list.length < min) return { path: name, problem: `must hold at least ${min} entry` };
  if (list.length > MAX_ENTRIES) return { path: name, problem: `must hold at most ${MAX_ENTRIES} entries` };
  const seen = new Set<string>();
  for (const [index, entry] of list.entries()) {
    const path = `${name}[${index}]`;
    const problem = entryProblem(entry, path);
    if (problem !== null) return problem;
    const id = (entry as BoundAudience).audienceId.toLowerCase();
    if (seen.has(id)) return { path: `${path}.audienceId`, problem: `is more than once in ${name}` };
    seen.add(id);
  }
  return null;
}

function entryProblem(entry: unknown, path: string): Problem | null {
  if (!isObject(entry)) return { path, problem: "must be an object" };
  if (!isUuid(entry.audienceId)) {
    return { path: `${path}.audienceId`, problem: "must be a UUID" };
  }
  if (!TYPES.includes(entry.type))
    return { path: `${path}.type`, problem: 'must be "audience" or "segment"' };
  return unknownField(entry, ["audienceId", "type"], `${path}.`);
}

function overlap(include: readonly BoundAudience[], exclude: readonly BoundAudience[]): Problem | null {
  const included = new Set(include.map(({ audienceId }) => audienceId.toLowerCase()));
  const index = exclude.findIndex(({ audienceId }) => included.has(audienceId.toLowerCase()));
  if (index < 0) return null;
  return { path: `exclude[${index}].audienceId`, problem: "is in include too" };
}
