// The tables of docs/action.md: inputs and outputs as action.yml describes them.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What GitHub puts in for a default that is an expression, in words. */
const EXPRESSIONS = { "${{ github.token }}": "the job's token" };

function defaultOf(value) {
  if (value === undefined) return "";
  return EXPRESSIONS[value] ?? `\`${value}\``;
}

/** All columns but the last are padded: the last one holds sentences, and padding would only make the page wide. */
function table(heads, rows) {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
  const line = (cells, fill) =>
    `| ${cells.map((text, i) => (i < cells.length - 1 ? text.padEnd(widths[i], fill) : text)).join(" | ")} |`;
  const rule = line([...heads.slice(1).map(() => ""), "---"], "-");
  return [line(heads, " "), rule, ...rows.map((row) => line(row, " "))].join("\n");
}

function cell(text) {
  return text.trim().replaceAll("|", "\\|");
}

function inputsTable({ inputs }) {
  const rows = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    defaultOf(input.default),
    cell(input.description),
  ]);
  return table(["input", "default", "meaning"], rows);
}

function outputsTable({ outputs }) {
  const rows = Object.entries(outputs).map(([name, output]) => [`\`${name}\``, cell(output.description)]);
  return table(["output", "meaning"], rows);
}

/** The page with both tables between their markers made anew. A marker that is missing is an error. */
export function actionTables(page) {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const tables = { inputs: inputsTable(action), outputs: outputsTable(action) };
  return Object.entries(tables).reduce((text, [name, made]) => {
    const marker = new RegExp(`<!-- docs:${name} -->.*?<!-- /docs -->`, "s");
    if (!marker.test(text)) throw new Error(`The page has no <!-- docs:${name} --> with its <!-- /docs -->.`);
    return text.replace(marker, () => `<!-- docs:${name} -->\n\n${made}\n\n<!-- /docs -->`);
  }, page);
}
