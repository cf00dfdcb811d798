import { type Check, ENTRIES, type Module, valuesFrom } from "./modules.ts";
import type { Use } from "./uses.ts";

/** What ends a process, or speaks to whoever runs it. */
const STREAMS = ["stdin", "stdout", "stderr", "exit", "exitCode", "abort", "on", "once"];

const SPEAKS = /^(?:cli\/|action\.ts$|cli\.ts$|host\/signals\.ts$)/;

/** Who takes the clock and the chance of this machine, for everybody. The signals of the system come with no other. */
const TAKES_TIME = ["commands/open.ts", "host/clock.ts", "host/signals.ts", "index.ts"];

/** The rules of what only some edges may touch. */
export const EDGES: Readonly<Record<string, Check>> = {
  "only the front ends and the signals touch streams, signals and exit codes": (modules) =>
    usesIn(
      modules.filter(({ file }) => !SPEAKS.test(file)),
      ({ path }) => path[0] === "console" || of("process", STREAMS, path),
    ),
  "the variables of the process are read by the entries alone": (modules) =>
    usesIn(
      modules.filter(({ file }) => !ENTRIES.includes(file)),
      ({ path }) => of("process", ["env"], path),
    ),
  "the clock and the chance of the machine are taken in commands/open.ts alone": (modules) => {
    const others = modules.filter(({ file }) => !TAKES_TIME.includes(file));
    return [
      ...usesIn(others, takesTime),
      ...others.filter((module) => valuesFrom(module).includes("host/clock.ts")).map(({ file }) => file),
    ];
  },
  "the process is the one that is there": (modules) => [
    ...modules.flatMap(({ file, imports }) =>
      imports
        .filter(({ from }) => /^(?:node:)?(?:process|module|vm|perf_hooks|console)$/.test(from ?? ""))
        .map(({ from }) => `${file} imports ${from}`),
    ),
    ...usesIn(modules, ({ path }) => path[0] === "process" && path[1] === "getBuiltinModule"),
  ],
};

function usesIn(modules: readonly Module[], isMeant: (use: Use) => boolean): readonly string[] {
  return modules.flatMap(({ file, uses, bound }) =>
    uses
      .filter((use) => isMeant(use) && !bound.has(use.path[0] ?? ""))
      .map(({ path }) => `${file}: ${path.join(".")}`),
  );
}

/** Whether it is one of these members, or may be: a name that is handed on, or one that only the running program knows. */
function of(owner: string, members: readonly string[], path: readonly string[]): boolean {
  const [root = "globalThis", member = "*"] = path;
  if (root === "globalThis" || root === "global" || root === "*") return true;
  return root === owner && (member === "*" || members.includes(member));
}

function takesTime({ path, made }: Use): boolean {
  // `new Date(text)` only computes.
  if (path[0] === "Date")
    return path.length === 1 ? (made ?? 0) === 0 : !["parse", "UTC"].includes(path[1] ?? "");
  if (path[0] === "process") return path[1] === "hrtime" || path[1] === "uptime";
  return of("Math", ["random"], path) || of("performance", ["now"], path);
}
