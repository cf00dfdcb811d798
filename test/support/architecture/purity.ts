import { execFileSync } from "node:child_process";
import { type Check, isPure, type Module } from "./modules.ts";
import type { Use } from "./uses.ts";

/** Of Node's own modules, what only computes. */
export const BUILTINS: Readonly<Record<string, readonly string[]>> = {
  "node:crypto": ["createHash"],
  "node:events": ["setMaxListeners"],
  "node:path": ["posix"],
  "node:zlib": ["deflateRawSync", "inflateRawSync"],
};

/** The packages that pure rooms may use: they compute, and nothing else. */
const PACKAGES = ["canonicalize", "fast-json-patch", "picocolors", "yaml"];

/** What every JavaScript has and only computes. Not among them: `Function` and `eval`, which can reach anything. */
const COMPUTES = new Set(
  [
    "undefined NaN Infinity isNaN parseInt parseFloat encodeURIComponent decodeURIComponent structuredClone",
    "Array Boolean BigInt JSON Map Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakSet",
    "Error TypeError RangeError SyntaxError AggregateError DOMException AbortController",
    "ArrayBuffer Uint8Array Uint32Array DataView Buffer TextDecoder TextEncoder URL URLSearchParams",
  ].flatMap((names) => names.split(" ")),
);

/** Of what can also reach out, the part that computes. */
const COMPUTES_IN_PART: Readonly<Record<string, (use: Use) => boolean>> = {
  AbortSignal: ({ path }) => path[1] === "any" || path[1] === "abort",
  Date: ({ path, made }) =>
    path[1] === "parse" || path[1] === "UTC" || (path.length === 1 && (made ?? 0) > 0),
  Intl: ({ path }) => ["NumberFormat", "PluralRules", "ListFormat", "Segmenter"].includes(path[1] ?? ""),
  Math: ({ path }) => path.length > 1 && path[1] !== "random" && path[1] !== "*",
};

/** The rules of pure rooms. */
export const PURITY: Readonly<Record<string, Check>> = {
  "pure rooms import no edge, and of packages only what computes": (modules) =>
    pureOf(modules).flatMap(({ file, imports }) =>
      imports
        .filter(({ from, names, isOurs }) => {
          if (from === null) return true;
          if (isOurs) return !isPure(from);
          return !PACKAGES.includes(from) && !names.every((name) => BUILTINS[from]?.includes(name));
        })
        .map(({ from, names }) => `${file} imports ${names.join()} of ${from}`),
    ),
  "pure rooms touch no process, console, clock, chance or network": (modules) =>
    pureOf(modules).flatMap((module) =>
      module.uses
        .filter((use) => reachesOut(use, module))
        .map(({ path }) => `${module.file}: ${path.join(".")}`),
    ),
};

function pureOf(modules: readonly Module[]): readonly Module[] {
  return modules.filter(({ file }) => isPure(file));
}

/** What every module of a fresh process is given. In this one a test before may have left names of its own. */
const GLOBALS: ReadonlySet<unknown> = new Set(
  JSON.parse(
    execFileSync(process.execPath, ["-"], {
      input: "console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)))",
      encoding: "utf8",
    }),
  ),
);

/** Also where a module gives one of its own the name of what reaches out: nobody could tell the two apart. */
function reachesOut(use: Use, { bound }: Module): boolean {
  const name = use.path[0] ?? "globalThis";
  if (COMPUTES.has(name)) return false;
  const part = COMPUTES_IN_PART[name];
  if (part !== undefined) return !part(use);
  return !bound.has(name) || GLOBALS.has(name);
}
