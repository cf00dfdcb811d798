import { barOf, verdictOf } from "./row.mjs";

/** The results as one Markdown table, the machine named above it. */
export function renderTable({ machine, measuredAt, rows }) {
  const lines = [["measure", "value", "bar", "holds", "figures"], ...rows.map(cellsOf)];
  const widths = lines[0].map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  const [head, ...body] = lines;
  return `Measured on ${measuredAt}: ${machine}.\n\n${[line(head), rule, ...body.map(line)].join("\n")}\n`;
}

function cellsOf(row) {
  const { name, value, detail } = row;
  return [name, value === null ? "–" : figure(value), barOf(row), verdictOf(row), detail];
}

function figure(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
