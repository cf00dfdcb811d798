import type { WhoUses } from "../../catalogue/who-uses.ts";
import { positionText, shownName } from "../page/facts.ts";
import { askedWords, useCounts, wayWords } from "../use-words.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";
import { tableHead, tableRow } from "./markdown-parts.ts";

/** Who uses an audience, as a table. */
export function renderWhoUsesMarkdown(answer: WhoUses): string {
  const head = `${escapeMarkdown(askedWords(answer))} ${useCounts(answer)}.\n`;
  if (answer.uses.length === 0) return head;
  const rows = answer.uses.map((use) =>
    tableRow([
      escapeMarkdown(shownName(use.name)),
      use.list,
      escapeMarkdown(wayWords(use)),
      markdownCode(positionText(use.source)),
    ]),
  );
  return `${head}\n${[tableHead(["campaign", "list", "way", "file"]), ...rows].join("\n")}\n`;
}
