import type { Diagnostic } from "../../domain/model.ts";
import { quantity } from "../../text/figures.ts";
import { diagnosticPlace } from "../diagnostic-words.ts";
import { BECAUSE } from "../page/because-words.ts";
import { CORRELATION_ID, type Fact } from "../page/facts.ts";
import type { PageHead, PageOrigin } from "../page/page-section.ts";
import type { Section } from "./fit.ts";
import { escapeMarkdown, markdownCode } from "./markdown-escape.ts";

/** The head of a table, with the line under it. Titles are ours and need no escaping. */
export function tableHead(titles: readonly string[]): string {
  return `${tableRow(titles)}\n${tableRow(titles.map(() => "---"))}`;
}

/** One row of a table. The cells must be safe already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Facts as a list. Values that are ids or places become code, the rest escaped text. */
export function factList(facts: readonly Fact[]): string {
  return facts.map(({ label, value }) => `- ${label}: ${factValue(label, value)}`).join("\n");
}

const CODE_LABELS: ReadonlySet<string> = new Set([
  "campaign",
  "file",
  BECAUSE,
  CORRELATION_ID.label,
  CORRELATION_ID.ofFirst,
]);

function factValue(label: string, value: string): string {
  return CODE_LABELS.has(label) ? markdownCode(value) : escapeMarkdown(value);
}

/** The headline as a heading, what else there is to say below it. */
export function headMarkdown({ headline, notes }: PageHead): string {
  return notes.length === 0 ? `## ${headline}` : `## ${headline}\n\n${notes.join(". ")}.`;
}

/** Where a result is from. Dropped whole when there is no room. */
export function originLine({ apiUrl, environment, when }: PageOrigin): Section {
  const where = environment === null ? "" : `, environment ${escapeMarkdown(environment)}`;
  return {
    heading: "",
    items: [`API ${markdownCode(apiUrl)}${where}, ${escapeMarkdown(when)}`],
    separator: "\n\n",
    rank: 0,
    leftOut: () => "",
  };
}

/** Says how many things are not shown for want of room, and where they are. */
export function leftOutNote(noun: string): (count: number) => string {
  return (count) =>
    `_${quantity(count, noun)} more left out here for want of room; the JSON result has them all._`;
}

/** One warning or error as a list item, without its excerpt. */
export function diagnosticItem(diagnostic: Diagnostic): string {
  const { severity, code, summary, detail, file } = diagnostic;
  const place = file === null ? "" : ` ${markdownCode(diagnosticPlace(diagnostic))}`;
  return `- **${severity}\\[${escapeMarkdown(code)}\\]**${place}: ${escapeMarkdown(summary)}. ${escapeMarkdown(detail)}`;
}
