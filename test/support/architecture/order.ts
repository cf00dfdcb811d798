import { type Check, isFrontEnd, type Module, placeOf, valuesFrom } from "./modules.ts";
import { BUILTINS } from "./purity.ts";

/** What both front ends need is joined once, in `commands/`: the client, the journal, the apply, the conditions. */
const JOINED_ONCE =
  /^(?:experiture|apply|journal)\/|^commands\/(?:plan|apply|journal|wait)\.ts$|^host\/clock\.ts$/;

/** Each is one thing that can be asked of the API. Only who opens the API may join them. */
const CAPABILITY = /^experiture\/(?:reader|writer|sizer|lister|cloner)\.ts$/;

/** Who may hold what writes. */
const MAY_WRITE = /^(?:apply|experiture)\/|^commands\/(?:apply|open)\.ts$|^domain\/ports\.ts$/;

/** Who may not have anything that writes behind any of their imports. */
const NEVER_WRITES = ["commands/plan.ts", "commands/wait.ts", "experiture/reader.ts"];

/** A way to a module of ours, or of Node, that does not say which room it is in. */
const ROUNDABOUT = /^(?:[#/]|campaignctl(?:\/|$)|(?!node:)\w+:)/;

/** The rules of who may import whom. */
export const ORDER: Readonly<Record<string, Check>> = {
  "a file imports only from its own room and from those before it": (modules) =>
    modules.flatMap(({ file, imports, uses }) => [
      ...imports
        .filter(
          ({ from, isOurs }) =>
            from === null || (isOurs ? placeOf(from) > placeOf(file) : ROUNDABOUT.test(from)),
        )
        .map(({ from }) => `${file} imports ${from}`),
      ...uses.filter(({ path }) => path[0] === "require").map(() => `${file} requires`),
    ]),
  "commands touch the world through the rooms before them alone": (modules) =>
    modules
      .filter(({ file }) => file.startsWith("commands/"))
      .flatMap(({ file, imports }) =>
        imports
          .filter(
            ({ from, isOurs }) => from !== null && !isOurs && from !== "node:path" && !(from in BUILTINS),
          )
          .map(({ from }) => `${file} imports ${from}`),
      ),
  "what plans cannot reach what writes": (modules) => [
    ...NEVER_WRITES.flatMap((start) =>
      [...reachable(modules, start)]
        .filter((file) => file === "experiture/writer.ts" || file === "apply/write-campaign.ts")
        .map((file) => `${start} reaches ${file}`),
    ),
    ...modules
      .filter(({ file, imports }) => !MAY_WRITE.test(file) && imports.some(namesWriter))
      .map(({ file }) => `${file} names the writer`),
  ],
  "what can be asked of the API is one thing a file": (modules) =>
    modules.flatMap((module) =>
      valuesFrom(module)
        .filter((from) => CAPABILITY.test(from) && module.file !== "experiture/connection.ts")
        .map((from) => `${module.file} imports ${from}`),
    ),
  "what writes a page down computes nothing of it": (modules) =>
    modules
      .filter(({ file }) => /^render\/(?:text|markdown|html)\//.test(file))
      .flatMap((module) =>
        valuesFrom(module)
          .filter((from) => /^(?:plan|guardrails|apply|rehearsal|evidence)\//.test(from))
          .map((from) => `${module.file} imports ${from}`),
      ),
  "no file needs itself to be there first": (modules) =>
    modules
      .filter((module) => valuesFrom(module).some((from) => reachable(modules, from).has(module.file)))
      .map(({ file }) => file),
  "the front ends go through commands/open.ts, and wire nothing themselves": (modules) =>
    modules.filter(isFrontEnd).flatMap((module) =>
      valuesFrom(module)
        .filter((from) => JOINED_ONCE.test(from))
        .map((from) => `${module.file} imports ${from}`),
    ),
};

function namesWriter({ names }: { readonly names: readonly string[] }): boolean {
  return names.some((name) => name === "CampaignWriter" || name === "createWriter");
}

/** Whatever a module imports, but for types, and what that imports. */
function reachable(modules: readonly Module[], start: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  const found = modules.find(({ file }) => file === start);
  for (const from of found === undefined ? [] : valuesFrom(found)) reachable(modules, from, seen);
  return seen;
}
