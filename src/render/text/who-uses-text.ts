import type { WhoUses } from "../../catalogue/who-uses.ts";
import { escapeText } from "../../text/invisible.ts";
import { displayWidth } from "../../text/width.ts";
import { positionText, shownName } from "../page/facts.ts";
import { askedWords, useCounts, wayWords } from "../use-words.ts";

/** Who uses an audience, a line for each word of a file. */
export function renderWhoUsesText(answer: WhoUses): string {
  const rows = answer.uses.map((use) => [
    escapeText(positionText(use.source)),
    use.list,
    escapeText(shownName(use.name)),
    wayWords(use),
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))))
      .join("  ")
      .trimEnd(),
  );
  return `${escapeText(askedWords(answer))} ${useCounts(answer)}.\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
