// docs/reliability.md: the catalogue of faults, and for each case the tests that name it with what they say happens.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const INTRODUCTION = `# When things go wrong

campaignctl decides who a campaign reaches, often with nobody watching. This page lists what can go wrong, what
campaignctl does then, and the test that shows it. Everywhere holds:

- A mistake in a file stops the run before the first request: exit code 3, nothing is sent.
- Trouble with one campaign stays with that campaign. The others go on, and the exit code says that something is open.
- When the answer to a write is lost, campaignctl reads before it decides. It never writes blindly a second time.
- Every declared campaign has exactly one outcome in the report.

Most of these tests talk to servers that misbehave on real sockets of this machine. All run with \`npm test\`. Words in
italics say where a case is decided otherwise than one might expect. \`npm run docs\` makes the tables from the names of
the tests.
`;

const MEASURED = `## How far it was tried

| what | with every change | at length | last result |
| --- | --- | --- | --- |
| Schedules of faults, edits by others and locks, each from a seed | \`npm test\`: 500 seeds | \`npm run fuzz\`: 10,000 seeds | 2026-11-24: every law held in all of them |
| Every order of a run's steps, its answers delivered, lost, late, refused or cut, edits and locks by others, and a signal, for one campaign; and of two runs on it | \`npm test\`: 6,973 paths | \`npm run explore\`: 1,784,386 paths through 4,150,243 states, in about ten minutes | 2026-11-28: every law held on all of them |
| Random and damaged files, answers and saved plans | \`npm test\`: 1,200 of each kind of file | \`npm run fuzz\`: 100,000 of each kind of file, 5,000 to 30,000 of the rest | 2026-11-24: no crash, hang, escape sequence or unwanted write |
| Small changes to the code of every pure room, which some test must notice | | \`npm run mutation\`: 19,700 changes, in about two hours | 2026-11-29: 94 % noticed of 2,226 drawn at random; the bar is 90 % |

[CONTRIBUTING.md](../CONTRIBUTING.md) says how to replay a seed and read the list of changes that nothing noticed.
`;

/** `case 7: what happens` or `cases 7, 8: what happens`, where a test, a table or a group of them has its name. */
const NAMED =
  /(?:\b(?:describe|test|it)(?:\.concurrent)?\(|\)\()\s*(["'])cases? (\d+(?:, \d+)*): ((?:\\.|(?!\1).)*)\1/g;

/** From the single function to the whole program. */
const KINDS = ["unit", "property", "contract", "fuzz", "explore", "fault", "e2e"];

/** Every case there is, in order. */
export function readCatalogue() {
  const groups = parse(readFileSync(join(root, "scripts/docs/reliability-cases.yaml"), "utf8"));
  return groups.flatMap(({ group, cases }) =>
    Object.entries(cases).map(([number, told]) => ({ number: Number(number), group, ...told })),
  );
}

/** What the tests say happens: one entry for each test and case. */
export function readProofs() {
  const files = readdirSync(join(root, "test"), { recursive: true }).filter((file) =>
    file.endsWith(".test.ts"),
  );
  const kindOf = (file) => KINDS.indexOf(file.split("/")[0]);
  return files
    .sort((a, b) => kindOf(a) - kindOf(b) || (a < b ? -1 : 1))
    .flatMap((file) => proofsIn(file, readFileSync(join(root, "test", file), "utf8")));
}

function proofsIn(file, source) {
  return [...source.matchAll(NAMED)].flatMap(([, , numbers, said]) =>
    numbers.split(", ").map((number) => ({ number: Number(number), file, behaviour: inWords(said) })),
  );
}

/** Without the values that a table of tests puts in. */
function inWords(said) {
  return said
    .replace(/ \([^()]*%\w[^()]*\)$/, "")
    .replaceAll(/%\w/g, "…")
    .replaceAll(/\\(.)/g, "$1");
}

/** What is wrong between catalogue and tests: cases without a test, tests of cases that do not exist. */
export function catalogueErrors(catalogue, proofs) {
  const known = new Set(catalogue.map(({ number }) => number));
  const proven = new Set(proofs.map(({ number }) => number));
  return [
    ...catalogue
      .filter(({ number, waiting }) => !proven.has(number) && !waiting)
      .map(({ number }) => `Case ${number} has no test.`),
    ...catalogue
      .filter(({ number, waiting }) => proven.has(number) && waiting)
      .map(({ number }) => `Case ${number} has a test, and is said to wait.`),
    ...proofs
      .filter(({ number }) => !known.has(number))
      .map(({ number, file }) => `test/${file} names case ${number}, which does not exist.`),
  ];
}

function rowsOf({ number, what, note, waiting }, proofs) {
  const rows = proofs.map(({ file, behaviour }) => [asText(behaviour), link(file)]);
  if (waiting !== undefined) rows.push([waiting, ""]);
  if (note !== undefined) rows.push([`*${note}*`, ""]);
  return rows.map((cells, index) => (index === 0 ? [number, what, ...cells] : ["", "", ...cells]));
}

function link(file) {
  return `[${file.replace(".test.ts", "")}](../test/${file})`;
}

/** Markdown would take these signs for its own. */
function asText(text) {
  return text.replaceAll(/[|*_<`]/g, "\\$&");
}

function section(group, rows) {
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return `## ${group}\n\n| case | what goes wrong | what happens | test |\n| --- | --- | --- | --- |\n${lines.join("\n")}\n`;
}

/** The whole page. */
export function reliabilityPage() {
  const catalogue = readCatalogue();
  const proofs = readProofs();
  const errors = catalogueErrors(catalogue, proofs);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const groups = [...new Set(catalogue.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const cases = catalogue.filter((each) => each.group === group);
    const proofsOf = ({ number }) => proofs.filter((proof) => proof.number === number);
    return section(
      group,
      cases.flatMap((each) => rowsOf(each, proofsOf(each))),
    );
  });
  return [INTRODUCTION, ...sections, MEASURED].join("\n");
}
