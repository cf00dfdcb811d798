import { basename, posix } from "node:path";
import { escapeText } from "../../../src/text/invisible.ts";
import { isPure, type Module, moduleOf, placeOf, rooms } from "./modules.ts";

/** Says what of these modules breaks a rule; nothing when none does. */
type Check = (modules: readonly Module[]) => readonly string[];

/** Node's own modules that only compute. */
const PURE_BUILTINS = ["node:crypto", "node:events", "node:path", "node:zlib"];

/** The packages that pure rooms may use: they compute, and nothing else. */
const PURE_PACKAGES = ["ajv", "ajv-formats", "canonicalize", "fast-json-patch", "picocolors", "yaml"];

/** What reaches out: process, console, time, chance, network. */
const OUTSIDE = /\b(?:process\.|console\.|Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|fetch\()/;

const PRINTS_OR_ENDS = /\bprocess\.(?:stdout|stderr|exit|on\()|\bconsole\.\w+\(/;

/** Also `const { env } = process`. */
const READS_VARIABLES = /\bprocess(?:\s*\.\s*env\b|\["env"\])|\benv\b[^;=]*\}\s*=\s*process\b/;

const TAKES_TIME = /\bDate\.now\b|\bnew Date\(\)|\bprocess\.hrtime\b|\bMath\.random\b/;

/** The client, the journal, the options of an apply, the conditions: what `commands/` joins for both front ends. */
const WIRED_ONCE =
  /^(?:experiture|apply|journal)\/|^commands\/(?:plan|apply|journal|wait)\.ts$|^host\/clock\.ts$/;

/** Words that decide something, and the one file that may know each. The sandbox is another program, which answers. */
const WORDS: readonly (readonly [word: RegExp, file: string])[] = [
  [/"draft"/, "domain/campaign.ts"],
  [/"(?:NOT_DRAFT|NOT_FOUND|TYPE_UNSUPPORTED|SUMMARY_\w+)"|\bINSUFFICIENT_SCOPE\b/, "domain/api-codes.ts"],
  [/\b(?:exitCode|code)\b[^\n;]*(?:=|===|!==|:|\?)\s*[1-9]\d*\b|\bprocess\.exit\(\d/, "domain/exit-codes.ts"],
  [/"(?:included|excluded)"/, "experiture/wire/wire.ts"],
];

/** The entries, which are all that stands at the top. */
const ENTRIES = ["action.ts", "cli.ts", "index.ts"];

const MOST_FILES = 20;
const MOST_LINES = 250;
const MOST_OF_A_FUNCTION = 60;

/** The rules of the rooms, by what each demands. */
export const CHECKS: Readonly<Record<string, Check>> = {
  "a file imports only from its own room and from those before it": (modules) =>
    modules.flatMap(({ file, imports }) =>
      imports
        .filter((name) => isOurs(name) && placeOf(name) > placeOf(file))
        .map((name) => `${file} imports ${name}`),
    ),
  "pure rooms import no edge, and of packages only what computes": (modules) =>
    pureOf(modules).flatMap(({ file, imports }) =>
      imports
        .filter((name) =>
          isOurs(name) ? !isPure(name) : ![...PURE_BUILTINS, ...PURE_PACKAGES].includes(name),
        )
        .map((name) => `${file} imports ${name}`),
    ),
  "pure rooms touch no process, console, clock, chance or network": (modules) =>
    pureOf(modules).flatMap(({ file, text }) => {
      const hit = OUTSIDE.exec(text)?.[0];
      return hit === undefined ? [] : [`${file}: ${hit}`];
    }),
  "commands print nothing and end nothing": (modules) =>
    modules
      .filter(({ file, text }) => file.startsWith("commands/") && PRINTS_OR_ENDS.test(text))
      .map(({ file }) => file),
  "what plans cannot reach what writes": (modules) =>
    ["commands/plan.ts", "commands/wait.ts", "experiture/reader.ts"].flatMap((start) =>
      [...reachable(modules, start)]
        .filter((file) => file.startsWith("experiture/") && /writer|write-campaign/.test(file))
        .map((file) => `${start} reaches ${file}`),
    ),
  "only the front ends and the signals touch streams, signals and exit codes": (modules) =>
    modules
      .filter(({ text }) => PRINTS_OR_ENDS.test(text))
      .map(({ file }) => file)
      .filter((file) => !/^(?:cli\/|action\.ts$|cli\.ts$|host\/signals\.ts$)/.test(file)),
  "the variables of the process are read by the entries alone": (modules) =>
    modules
      .filter(({ file, text }) => !ENTRIES.includes(file) && READS_VARIABLES.test(text))
      .map(({ file }) => file),
  "the clock and the chance of the machine are taken in commands/open.ts alone": (modules) =>
    modules
      .filter(({ file }) => !["commands/open.ts", "host/clock.ts", "index.ts"].includes(file))
      .filter((module) => valueImports(module).includes("host/clock.ts") || TAKES_TIME.test(module.text))
      .map(({ file }) => file),
  "the front ends go through commands/open.ts, and wire nothing themselves": (modules) =>
    modules.filter(isFrontEnd).flatMap((module) =>
      valueImports(module)
        .filter((name) => WIRED_ONCE.test(name))
        .map((name) => `${module.file} imports ${name}`),
    ),
  "a word that decides something stands once": (modules) =>
    WORDS.flatMap(([word, only]) =>
      modules
        .filter(({ file, text }) => file !== only && !file.startsWith("sandbox/") && word.test(text))
        .map(({ file, text }) => `${file}: ${word.exec(text)?.[0]}`),
    ),
  "only one file knows what cannot be seen": (modules) =>
    modules
      .filter(({ file }) => file !== "text/invisible.ts" && file !== "cli/terminal/screen.ts")
      .flatMap(({ file, text }) => hiddenIn(text).map((hit) => `${file}: ${hit}`)),
  "every folder is in a room, and nothing but the entries stands at the top": (modules) =>
    modules
      .map(({ file }) => file)
      .filter((file) => placeOf(file) === rooms.length && !ENTRIES.includes(file)),
  "no folder has more than 20 files": (modules) => crowded(modules),
  "no file is over 250 lines": (modules) =>
    modules.filter(({ text }) => isLong(text)).map(({ file }) => file),
  "no function, arrow or method is over 60 lines": (modules) =>
    modules.flatMap(({ file, text }) => longFunctions(text).map((line) => `${file}:${line}`)),
  "no barrel but index.ts, no catch-all": (modules) =>
    modules
      .map(({ file }) => file)
      .filter(
        (file) =>
          (basename(file) === "index.ts" && file !== "index.ts") ||
          /(?:^|\/)(?:utils?|helpers?|common|types)(?:\/|\.ts$)/.test(file),
      ),
};

/** The folders that have more files than a folder may have, and how many. */
export function crowded(files: readonly Pick<Module, "file">[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { file } of files) {
    const folder = posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder}: ${count}`);
}

/** Whether a file has more lines than a file may have. */
export function isLong(text: string): boolean {
  return text.split("\n").length > MOST_LINES + 1;
}

/** A class of characters that cannot be seen, or one of them by its code. */
const HIDDEN = /\\p\{(?:C[a-z]?|Z[a-z]?|[A-Z]\w*_Code_Point|Surrogate)\}|\\(?:x|u\{?)[0-9a-f]{2,6}/gi;

function hiddenIn(text: string): readonly string[] {
  const isHidden = (code: string): boolean => {
    const character = String.fromCodePoint(Number.parseInt(code.replace(/^\\(?:x|u\{?)/i, ""), 16));
    return escapeText(character) !== character;
  };
  return [...text.matchAll(HIDDEN)].map(([hit]) => hit).filter((hit) => /^\\p/.test(hit) || isHidden(hit));
}

function isFrontEnd({ file }: Module): boolean {
  return /^(?:action|cli)(?:\/|\.ts$)/.test(file);
}

/** What a module imports, but for types. */
function valueImports({ file, text }: Module): readonly string[] {
  return moduleOf(file, text.replace(/^(?:import|export) type [^;]+;/gm, "")).imports;
}

function isOurs(name: string): boolean {
  return /\.(?:ts|js)$/.test(name) && !name.startsWith("node:");
}

function pureOf(modules: readonly Module[]): readonly Module[] {
  return modules.filter(({ file }) => isPure(file));
}

/** Whatever a module imports, but for types, and what that imports. */
function reachable(modules: readonly Module[], start: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  const found = modules.find(({ file }) => file === start);
  for (const name of found === undefined ? [] : valueImports(found)) reachable(modules, name, seen);
  return seen;
}

/** Lines at which too long a function begins. The formatter ends each at the indent at which it began. */
function longFunctions(text: string): readonly number[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (
      !/(?:=>|\)(?:: .+)?) \{$/.test(line) ||
      /^\s*(?:\} )?(?:if|for|while|switch|else|catch|do)\b/.test(line)
    ) {
      return [];
    }
    const indent = /^\s*/.exec(line)?.[0] ?? "";
    const length = lines.slice(index + 1).findIndex((later) => later.startsWith(`${indent}}`)) + 2;
    return length > MOST_OF_A_FUNCTION ? [index + 1] : [];
  });
}
