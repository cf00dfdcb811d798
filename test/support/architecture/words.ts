import { escapeText } from "../../../src/text/invisible.ts";
import type { Check, Module } from "./modules.ts";

/** Words that decide something, and the one file that may know each. The sandbox is another program, which answers. */
const WORDS: readonly (readonly [word: RegExp, file: string])[] = [
  [/^draft$/, "domain/campaign.ts"],
  [
    /(?:^|\.)(?:NOT_DRAFT|NOT_FOUND|(?:SUMMARY_)?TYPE_UNSUPPORTED|SUMMARY_UNAVAILABLE)$/,
    "domain/api-codes.ts",
  ],
  [/(?:INSUFFICIENT_SCOPE|AUTH\\?\.FORBIDDEN)/, "domain/api-codes.ts"],
  [/^(?:included|excluded)$/, "experiture/wire/wire.ts"],
];

/** An exit code by its number, where one is set, compared or given back. */
const EXIT_CODE = /\b(?:exitCode|code)\b[^\n;]*(?:=|===|!==|:|\?)\s*[1-9]\d*\b|\bprocess\.exit\(\d/;

/** Classes of characters that cannot be seen, and one of them by its code. */
const CLASS = /\\p\{(?:C[a-z]?|Z[a-z]?|[A-Z]\w*_Code_Point|Surrogate)\}/g;
const ESCAPE = /\\x([0-9a-f]{2})|\\u\{([0-9a-f]+)\}|\\u([0-9a-f]{4})/gi;

/** The rules of what stands once. */
export const WORDS_ONCE: Readonly<Record<string, Check>> = {
  "a word that decides something stands once": (modules) =>
    modules
      .filter(({ file }) => !file.startsWith("sandbox/"))
      .flatMap(({ file, text, texts, patterns }) => [
        ...WORDS.filter(
          ([word, only]) => file !== only && [...texts, ...patterns].some((of) => word.test(of)),
        ).map(([word]) => `${file}: ${word.source}`),
        ...(file !== "domain/exit-codes.ts" && EXIT_CODE.test(text) ? [`${file}: an exit code`] : []),
      ]),
  "only one file knows what cannot be seen": (modules) =>
    modules
      .filter(({ file }) => file !== "text/invisible.ts" && file !== "cli/terminal/screen.ts")
      .flatMap((module) => hiddenIn(module).map((hit) => `${module.file}: ${hit}`)),
  "an exported name occurs once": (modules) => {
    const places = new Map<string, string[]>();
    for (const { file, exports } of modules.filter((module) => module.file !== "index.ts")) {
      for (const name of exports) places.set(name, [...(places.get(name) ?? []), file]);
    }
    return [...places].flatMap(([name, files]) => (files.length > 1 ? [`${name}: ${files.join()}`] : []));
  },
};

/** However it is written: as itself, by an escape, by its number, by a class. Line ends, tabs and NUL mean what they are. */
function hiddenIn({ texts, patterns, numbers, text }: Module): readonly string[] {
  const escaped = patterns.flatMap((pattern) =>
    [...pattern.matchAll(ESCAPE)].map(([, ...codes]) => codes.join("")),
  );
  const numbered = numbers.flatMap((number) => /^0x([0-9a-f]+)$/i.exec(number)?.[1] ?? []);
  const shown = [text, ...texts].map((of) => of.replace(/[\n\r\t\0]/g, ""));
  return [
    ...[...patterns, ...texts].flatMap((pattern) => pattern.match(CLASS) ?? []),
    ...[...escaped, ...numbered.filter((code) => Number.parseInt(code, 16) > 0x7e)].filter((code) =>
      isHidden(characterOf(code)),
    ),
    ...shown.filter(isHidden).map(escapeText),
  ];
}

function characterOf(code: string): string {
  const number = Number.parseInt(code, 16);
  return number > 0x10_ff_ff ? "" : String.fromCodePoint(number);
}

/** Whether anything in a text cannot be seen. */
function isHidden(text: string): boolean {
  return escapeText(text) !== text;
}
