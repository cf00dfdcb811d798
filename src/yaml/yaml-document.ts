import { Composer, type Document, isScalar, type ParsedNode, Parser, type YAMLError } from "yaml";
import type { Diagnostic } from "../domain/model.ts";
import type { SourceFile } from "../domain/source-file.ts";
import { codePointName, explainRefusedCharacter, findRefusedCharacters } from "../text/invisible.ts";
import { decodeText } from "./decode-text.ts";
import { nodeValue } from "./node-value.ts";
import { type RefusedToken, scanTokens } from "./scan-tokens.ts";
import { diagnosticAt, indexText, positionAt, type SourceText } from "./source-text.ts";
import { syntaxFaults } from "./syntax-errors.ts";
import { unfinishedLines } from "./unfinished.ts";

/** What a YAML file says, with the nodes that give it positions. `root` is null when there is nothing to check. */
export type YamlDocument = {
  readonly root: ParsedNode | null;
  /** Plain data; undefined when `root` is null. */
  readonly value: unknown;
  /** Empty when the bytes are no text. */
  readonly text: SourceText;
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Reads one YAML document, strictly: UTF-8, no invisible characters, no anchors, aliases, merge keys, tags or
 * directives, no second document, no key twice. Never throws for any bytes.
 */
export function readDocument(source: SourceFile): YamlDocument {
  const text = decodeText(source);
  if (!("lineStarts" in text)) return nothingToCheck(indexText(source.file, ""), [text]);
  const unfinished = unfinishedLines(text);
  if (unfinished.length > 0) return nothingToCheck(text, unfinished);
  const hidden = hiddenCharacters(text);
  const scan = scanTokens(text.text);
  if (scan.tooDeep !== null) return nothingToCheck(text, [...hidden, tooDeep(text, scan.tooDeep)]);
  const [first, second] = compose(scan.lexemes, text.text.length);
  const found = [...hidden, ...secondDocument(text, first, second)];
  const syntax = syntaxDiagnostics(text, first, scan.openQuotes);
  if (syntax.length > 0) {
    return nothingToCheck(text, onePerLine([...found, ...syntax, ...refusedTokens(text, scan.refused)]));
  }
  const root = first?.contents ?? null;
  if (root === null || isEmpty(root)) {
    const told = [...found, ...refusedTokens(text, scan.refused)];
    return nothingToCheck(text, told.length > 0 ? told : [emptyFile(text)]);
  }
  const plain = nodeValue(root, text);
  // The alias behind a merge key is part of the same mistake.
  const isMerged = ({ span }: RefusedToken) =>
    plain.merges.some(([from, to]) => span[0] >= from && span[0] < to);
  const refused = refusedTokens(
    text,
    scan.refused.filter((token) => !isMerged(token)),
  );
  return { root, value: plain.value, text, diagnostics: [...found, ...refused, ...plain.diagnostics] };
}

/** The first two documents: the second one is only told, however many follow. */
function compose(lexemes: readonly string[], length: number): Document.Parsed[] {
  const parser = new Parser();
  const tokens = function* () {
    for (const lexeme of lexemes) yield* parser.next(lexeme);
    yield* parser.end();
  };
  const documents: Document.Parsed[] = [];
  // Keys that are there twice are told elsewhere, with both positions.
  for (const document of new Composer({ uniqueKeys: false }).compose(tokens(), true, length)) {
    documents.push(document as Document.Parsed);
    if (documents.length === 2) break;
  }
  return documents;
}

function nothingToCheck(text: SourceText, diagnostics: readonly Diagnostic[]): YamlDocument {
  return { root: null, value: undefined, text, diagnostics };
}

function hiddenCharacters(text: SourceText): Diagnostic[] {
  return findRefusedCharacters(text.text).map((offset) =>
    diagnosticAt(
      text,
      "control-character",
      [offset, offset + 1],
      explainRefusedCharacter(text.text.charAt(offset)),
    ),
  );
}

function tooDeep(text: SourceText, offset: number): Diagnostic {
  const detail =
    "No file of this program needs more than a few levels. Look for brackets that are not closed.";
  return diagnosticAt(text, "nesting-too-deep", [offset, offset + 1], detail);
}

function syntaxDiagnostics(
  text: SourceText,
  document: Document.Parsed | undefined,
  openQuotes: ReadonlyMap<number, number>,
): Diagnostic[] {
  const errors: YAMLError[] = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
  const clamp = (offset: number) => Math.min(offset, text.text.length);
  const lineOf = (offset: number) => positionAt(text, clamp(offset)).line;
  return syntaxFaults(errors, openQuotes, lineOf).map(({ span, detail }) =>
    diagnosticAt(text, "yaml-syntax", [clamp(span[0]), clamp(span[1])], dashOf(text, span[0]) ?? detail),
  );
}

/** Word processors make a dash of the hyphen in front of an entry. */
function dashOf(text: SourceText, offset: number): string | null {
  const start = text.text.lastIndexOf("\n", offset - 1) + 1;
  const dash = /^[ \t]*([\u2010-\u2015\u2212\u2022])[ \t]/.exec(text.text.slice(start, start + 200))?.[1];
  if (dash === undefined) return null;
  return `This line begins with the character ${codePointName(dash)}, which only looks like a hyphen. Begin an entry with "- ".`;
}

function secondDocument(
  text: SourceText,
  first: Document.Parsed | undefined,
  second: Document.Parsed | undefined,
): Diagnostic[] {
  if (second === undefined) return [];
  const start = second.range[0];
  const empty = holdsNothing(first) ? "above" : holdsNothing(second) ? "below" : null;
  const detail =
    empty === null
      ? "A second document starts here. Put it into a file of its own, or delete this line."
      : `The document ${empty} this line is empty, such as Helm writes where a template gives nothing. Delete this line.`;
  return [diagnosticAt(text, "several-documents", [start, start + 3], detail)];
}

const IF_TEXT = "If it is meant as text, put it in quotes.";
const TOKEN_DETAILS: Readonly<Record<string, string>> = {
  "anchor-not-allowed": `An anchor gives a value a name, for use somewhere else. Write every value out where it belongs. ${IF_TEXT}`,
  "alias-not-allowed": `An alias takes a value from somewhere else. Write the value out here. ${IF_TEXT}`,
  "tag-not-allowed": `A tag changes what a value is. Delete it. ${IF_TEXT}`,
  "directive-not-allowed": "A directive changes how the file is read. Delete the line.",
};

function refusedTokens(text: SourceText, tokens: readonly RefusedToken[]): Diagnostic[] {
  return tokens.map(({ code, span }) => diagnosticAt(text, code, span, TOKEN_DETAILS[code] ?? ""));
}

function onePerLine(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const lines = new Set<number>();
  return diagnostics.filter(({ range }) => {
    const line = range?.start.line ?? 0;
    return !lines.has(line) && lines.add(line);
  });
}

function holdsNothing(document: Document.Parsed | undefined): boolean {
  return document?.errors.length === 0 && (document.contents === null || isEmpty(document.contents));
}

function isEmpty(root: ParsedNode): boolean {
  return isScalar(root) && root.value === null;
}

function emptyFile(text: SourceText): Diagnostic {
  const detail =
    "Nothing is written here, and an empty file never means that all audiences are to be removed. Fill it in or " +
    "delete it.";
  return diagnosticAt(text, "empty-file", [0, 0], detail);
}
