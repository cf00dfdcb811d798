import fc from "fast-check";

/** Takes one of some values; the first ones are the usual ones. */
export type Choose = <T>(...values: readonly T[]) => T;

/** What is chosen one after another: bytes, which shrink to the first value of each choice. */
export const tapes = fc.uint8Array({ minLength: 700, maxLength: 700 });

/** Choices by the bytes of a tape. */
export function chooserOf(tape: Uint8Array): Choose {
  let next = 0;
  return (...values) => {
    const byte = tape[next] ?? 0;
    next += 1;
    return values[byte % values.length] as (typeof values)[number];
  };
}

const SPACES = [" ", " ", " ", "  ", "    "] as const;
const TAILS = ["", "", "", "", " ", " # why", "  #no space", " #: { [ - '"] as const;
const COMMENTS = ["", "", "", "# about\n", "\n", "  # further in\n", "\n#\n"] as const;
const WORDS =
  "a|crm|Spring|Été|R&D|yes|No|on|x'y|50%|é|-|--|?|!|*a|&b|@c|`|[x]|{y}|,|a,b|true|nullish|~|>|<|0x1F|1e3|.inf|日本|<<".split(
    "|",
  );

function text(choose: Choose): string {
  const first = choose("a", "Spring", "É", "yes", "No", "x", "Null-ish", "e12");
  const words = [first, choose("", ...WORDS), choose("", ...WORDS)].filter((word) => word !== "");
  const joined = words.join(choose(...SPACES));
  return choose(joined, `"${joined}"`, `'${joined.replaceAll("'", "")}'`, '" "', "''");
}

/** Ids also of digits and `e` only, which look like numbers. */
function uuid(choose: Choose): string {
  const digits = choose("0123456789abcdefABCDEF", "0123456789abcdef", "01e");
  const part = (length: number) => Array.from({ length }, () => choose(...digits)).join("");
  return [8, 4, 4, 4, 12].map(part).join("-");
}

function quoted(value: string, choose: Choose): string {
  const quote = choose("", "", '"', "'");
  return quote + value + quote;
}

/** Names that the catalogue has and that it lacks. */
const names = (choose: Choose): string => choose("vip", "all", "a.b-c_1", "nobody", "e12");

/** One that YAML would read as something else is in quotes. */
function word(choose: Choose): string {
  const odd = choose("", "", "", "", "123", "true", "null", "1e3");
  return odd === "" ? quoted(names(choose), choose) : `"${odd}"`;
}

function entry(choose: Choose, indent: string): string {
  if (choose("id", "id", "id", "name") === "name") {
    return `${indent}-${choose(...SPACES)}${word(choose)}${choose(...TAILS)}\n`;
  }
  const keys = [
    `audienceId:${choose(...SPACES)}${quoted(uuid(choose), choose)}`,
    `type:${choose(...SPACES)}${quoted(choose("audience", "segment"), choose)}`,
  ];
  const [first, second] = choose(keys, [...keys].reverse());
  if (choose("flow", "flow", "block") === "block") {
    return `${indent}- ${first}${choose(...TAILS)}\n${choose(...COMMENTS)}${indent}  ${second}${choose(...TAILS)}\n`;
  }
  const pad = choose("", " ", "  ");
  const between = choose(", ", ",", " , ");
  return `${indent}-${choose(...SPACES)}{${pad}${first}${between}${second}${pad}}${choose(...TAILS)}\n`;
}

function list(choose: Choose, key: string): string {
  if (choose("block", "block", "block", "flow") === "flow") {
    const words = Array.from({ length: choose(1, 2, 3) }, () => choose("", " ") + names(choose));
    return `${key}: [${words.join(choose(",", ", "))}${choose("", " ")}]${choose(...TAILS)}\n`;
  }
  const indent = choose("  ", "  ", "", " ", "      ");
  const count = choose(1, 2, 3, 5);
  const entries = Array.from({ length: count }, () => choose(...COMMENTS) + entry(choose, indent));
  return `${key}:${choose(...TAILS)}\n${entries.join("")}`;
}

function labels(choose: Choose): string {
  const pairs = ["region", "season_2", "constructor"].map(
    (key) => `${key}:${choose(...SPACES)}${choose("us", '"1"', "'true'", "a/b c", "x-1.2", '"a, b}"')}`,
  );
  const count = choose(1, 2, 3);
  if (choose("flow", "block") === "flow") {
    return `labels: {${choose("", " ")}${pairs.slice(0, count).join(choose(",", ", "))}${choose("", " ")}}${choose(...TAILS)}\n`;
  }
  return `labels:${choose(...TAILS)}\n${pairs
    .slice(0, count)
    .map((pair) => `  ${pair}${choose(...TAILS)}\n${choose(...COMMENTS)}`)
    .join("")}`;
}

/** One id, or one for each environment. */
function ids(choose: Choose): string {
  const id = () => quoted(uuid(choose), choose);
  const each = (environment: string) => `${environment}:${choose(...SPACES)}${id()}`;
  const names = ["production", "staging", "pre-prod_2"].slice(0, choose(1, 2, 3));
  switch (choose("one", "one", "flow", "block")) {
    case "flow":
      return `${choose(...SPACES)}{${choose("", " ")}${names.map(each).join(choose(",", ", ", " , "))}${choose("", " ")}}${choose(...TAILS)}\n`;
    case "block":
      return `${choose(...TAILS)}\n${names.map((name) => `${choose(...COMMENTS)}  ${each(name)}${choose(...TAILS)}\n`).join("")}`;
    default:
      return `${choose(...SPACES)}${id()}${choose(...TAILS)}\n`;
  }
}

/** A campaign file as people write them: valid, and of the ordinary form. */
export function ordinaryFile(choose: Choose): string {
  const parts = [
    `campaignId:${ids(choose)}`,
    choose("", `name:${choose(...SPACES)}${text(choose)}${choose(...TAILS)}\n`),
    choose("", `owner: ${text(choose)}\n`),
    choose("", labels(choose)),
    list(choose, "include"),
    choose("", "exclude: []\n", list(choose, "exclude")),
  ];
  const ordered = choose(parts, [...parts].reverse());
  const whole = ordered.map((part) => choose(...COMMENTS) + part).join("");
  return choose(whole, whole.replace(/\n$/, ""), `\uFEFF${whole}`);
}

/** Pieces that YAML gives a meaning to, or that are easily mistyped. */
const PIECES = [
  ..."\n| |  |: |:|- |-|[|]|{|}|, |,|\"|'|#| #|&a |*a|!t |!!str |? |<<: |---\n|...\n|%YAML 1.1\n|> |\t|\r\n|\r|\0|\u2028|\u00a0|\u200b|~|null|true|12e4|0x1F|\\|@|`|é".split(
    "|",
  ),
  "|",
  "| ",
  "campaignId: ",
  "include:\n",
  "exclude:\n",
  "labels: {}\n",
  "name: ",
  "audienceId: a1b2c3d4-0000-0000-0000-000000000001",
  "type: segment",
  "  - { audienceId: a1b2c3d4-0000-0000-0000-000000000001, type: segment }\n",
];

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** Cuts out a piece of a text, puts one in, or moves a line. */
export function mutated(whole: string, choose: Choose): string {
  const upTo = (max: number) => (choose(...BYTES) * 256 + choose(...BYTES)) % (max + 1);
  const at = upTo(whole.length);
  const length = choose(0, 0, 1, 1, 2, 5, 30);
  const lines = whole.split("\n");
  const moved = upTo(lines.length - 1);
  const [line = ""] = lines.splice(moved, 1);
  return choose(
    whole.slice(0, at) + whole.slice(at + length),
    whole.slice(0, at) + choose(...PIECES) + whole.slice(at + length),
    [...lines.slice(0, moved >> 1), line, ...lines.slice(moved >> 1)].join("\n"),
    [...lines.slice(0, moved), line, choose(line, ` ${line}`, line.trimStart()), ...lines.slice(moved)].join(
      "\n",
    ),
  );
}
