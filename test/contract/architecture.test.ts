import { readdirSync, readFileSync } from "node:fs";
import { basename, join, posix, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../support/cli.ts";

const SRC = join(ROOT, "src");

type Module = { readonly file: string; readonly text: string; readonly imports: readonly string[] };

/** Every module of ours, its path from `src`, and what it imports but for types: a path from `src`, or a package. */
const MODULES: readonly Module[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("generated"))
  .map((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const named = [
      ...text.replace(/^import type [^;]+;/gm, "").matchAll(/(?:from|import\()\s*"([^"]+)"/g),
    ].map((match) => match[1] ?? "");
    const imports = named.map((name) =>
      name.startsWith(".") ? posix.join(posix.dirname(file), name) : name,
    );
    return { file, text, imports };
  });

function modulesIn(...folders: readonly string[]): readonly Module[] {
  return MODULES.filter(({ file }) =>
    folders.some((folder) => file === folder || file.startsWith(`${folder}/`)),
  );
}

/** The modules of github/ that ask GitHub, git or the runner. */
const GITHUB_EDGES =
  /^github\/(?:base-files|branch-since|changed-files|client|comments|create-once|exchange|git-file|github|identity|issues|pause|planned-earlier|plans-on|pull-requests|runner|sender|trust)\.ts$/;

/** The modules of declarations/ that look at files. */
const FILE_EDGES = /^declarations\/(?:files|find-files|find-project|own-file|search-folder)\.ts$/;

const PURE = [
  ...modulesIn("github").filter(({ file }) => !GITHUB_EDGES.test(file)),
  ...modulesIn("plan", "render", "declarations").filter(({ file }) => !FILE_EDGES.test(file)),
  ...modulesIn(
    "experiture/wire.ts",
    "experiture/wire-node.ts",
    "experiture/wire-reach.ts",
    "experiture/quote.ts",
    "experiture/secrets.ts",
    "experiture/failure.ts",
    "experiture/certificate.ts",
    "experiture/proxy.ts",
    "experiture/proxy-error.ts",
    "experiture/url.ts",
    "experiture/retry.ts",
    "experiture/limits.ts",
    "journal/entry.ts",
    "journal/earlier-run.ts",
    "journal/earlier-runs-text.ts",
    "ports.ts",
    "domain.ts",
    "outcome.ts",
    "diagnostics.ts",
    "errors.ts",
    "campaign-error.ts",
    "reach-rules.ts",
    "newer-run.ts",
    "uuid.ts",
    "write-answers.ts",
    "system-code.ts",
  ),
];

/** Node's own modules that only compute; of `node:path`, what does not ask for the working directory. */
const PURE_BUILTINS = ["node:crypto", "node:buffer", "node:path", "node:zlib"];

/** What reaches out: files, network, process, time, chance. */
const OUTSIDE = /\b(?:process\.|console\.|Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|fetch\()/;

test("domain.ts imports nothing but the rest of itself", () => {
  expect(modulesIn("domain.ts")[0]?.imports).toEqual(["outcome.ts"]);
  expect(modulesIn("outcome.ts")[0]?.imports).toEqual([]);
});

describe("pure modules", () => {
  test.each(PURE.map((module) => [module.file, module] as const))("%s", (_, { text, imports }) => {
    const builtins = imports.filter((name) => name.startsWith("node:") && !PURE_BUILTINS.includes(name));
    expect(builtins).toEqual([]);
    expect(text).not.toMatch(OUTSIDE);
  });

  test("import pure modules only", () => {
    const pure = new Set(PURE.map(({ file }) => file));
    for (const { file, imports } of PURE) {
      const reached = imports.filter((name) => name.endsWith(".ts") && !pure.has(name));
      expect({ file, reached }).toEqual({ file, reached: [] });
    }
  });
});

test("edges import neither commands nor one another, but for pure modules", () => {
  const pure = new Set(PURE.map(({ file }) => file));
  const edges = ["experiture", "sandbox", "github", "journal"];
  for (const edge of edges) {
    const others = [
      "commands/",
      "cli/",
      "compose.ts",
      ...edges.filter((other) => other !== edge).map((other) => `${other}/`),
    ];
    for (const { file, imports } of modulesIn(edge)) {
      const reached = imports.filter(
        (name) => !pure.has(name) && others.some((other) => name.startsWith(other)),
      );
      expect({ file, reached }).toEqual({ file, reached: [] });
    }
  }
});

test("apply knows ports and plan, no client and no stream", () => {
  for (const { file, imports, text } of modulesIn("apply")) {
    expect({
      file,
      wrong: imports.filter((name) => /^(?:experiture|commands|cli|render|sandbox|journal|node:)/.test(name)),
    }).toEqual({
      file,
      wrong: [],
    });
    expect(text).not.toMatch(OUTSIDE);
  }
});

test("commands print nothing and end nothing", () => {
  for (const { file, text } of modulesIn("commands")) {
    expect({ file, hit: OUTSIDE.exec(text)?.[0] ?? null }).toEqual({ file, hit: null });
  }
});

test("only the command line, the Action and signals.ts touch streams, signals and exit codes", () => {
  const touching = MODULES.filter(({ text }) => /process\.(?:stdout|stderr|exit|on\()/.test(text)).map(
    ({ file }) => file,
  );
  expect(touching.filter((file) => !/^(?:cli|action\.ts|signals\.ts)/.test(file))).toEqual([]);
});

test("what plans cannot reach the writer", () => {
  const reachable = (start: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(start)) return seen;
    seen.add(start);
    const found = MODULES.find(({ file }) => file === start);
    for (const name of found?.imports ?? []) if (name.endsWith(".ts")) reachable(name, seen);
    return seen;
  };
  for (const start of ["commands/plan.ts", "commands/wait.ts", "experiture/reader.ts"]) {
    expect(
      [...reachable(start)].filter(
        (file) => /writer|write-campaign/.test(file) && file.startsWith("experiture"),
      ),
    ).toEqual([]);
  }
});

test("only wire.ts knows how the API spells an audience id", () => {
  const knowing = MODULES.filter(
    ({ file, text }) => !file.startsWith("sandbox/") && /"(?:included|excluded)"/.test(text),
  );
  expect(knowing.map(({ file }) => file)).toEqual(["experiture/wire.ts"]);
});

test("no barrel but index.ts, no catch-all folder", () => {
  const names = MODULES.map(({ file }) => file);
  expect(names.filter((file) => basename(file) === "index.ts")).toEqual(["index.ts"]);
  expect(names.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|types)(?:\/|\.ts$)/.test(file))).toEqual(
    [],
  );
});

test("no file is over 250 lines, no function over 60", () => {
  const files = [...MODULES.map(({ file, text }) => ({ file, text }))];
  const long = files.filter(({ text }) => text.split("\n").length > 251).map(({ file }) => file);
  expect(long).toEqual([]);
  for (const { file, text } of files) {
    for (const match of text.matchAll(/^(?:export )?(?:async )?function\*? (\w+)[\s\S]*?^}/gm)) {
      expect({ file, name: match[1], short: match[0].split("\n").length <= 60 }).toEqual({
        file,
        name: match[1],
        short: true,
      });
    }
  }
});

test("every test file is run", () => {
  const tests = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(?:spec|test)\.[cm]?[jt]sx?$/.test(file),
  );
  expect(tests.filter((file) => !file.endsWith(".test.ts"))).toEqual([]);
  for (const file of tests) {
    const text = readFileSync(join(ROOT, "test", file), "utf8");
    expect({
      file: relative(".", file),
      skipped: /\b(?:test|it|describe)\.(?:skip|only|todo)\b/.test(text),
    }).toEqual({
      file: relative(".", file),
      skipped: false,
    });
  }
});
