import { isUuid } from "../domain/ids.ts";
import type { Diagnostic } from "../domain/model.ts";
import { valueSpan } from "../yaml/locate.ts";
import { diagnosticAt, positionAt, type Span } from "../yaml/source-text.ts";
import type { YamlDocument } from "../yaml/yaml-document.ts";

type Entry = { readonly list: string; readonly type: unknown; readonly span: Span };

/** An audience may be named once in both lists together: the API refuses an overlap, and a repetition says nothing. */
export function repeatedAudiences(document: YamlDocument): Diagnostic[] {
  const { text } = document;
  const first = new Map<string, Entry>();
  const diagnostics: Diagnostic[] = [];
  for (const [id, entry] of entries(document)) {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, entry);
      continue;
    }
    const { line } = positionAt(text, before.span[0]);
    const detail = `The audience ${id} is already in ${before.list} on line ${line}${contrast(before, entry)}. An audience may be named only once in a file, ids being compared without case. Delete one of the two.`;
    diagnostics.push(diagnosticAt(text, "repeated-audience", entry.span, detail));
  }
  return diagnostics;
}

function contrast(before: Entry, entry: Entry): string {
  if (before.list !== entry.list) return `, and here it is in ${entry.list}`;
  return before.type === entry.type ? "" : ", there with another type";
}

function* entries(document: YamlDocument): Iterable<readonly [id: string, entry: Entry]> {
  for (const list of ["include", "exclude"]) {
    const items = memberOf(document.value, list);
    if (!Array.isArray(items)) continue;
    for (const [index, item] of items.entries()) {
      const id = memberOf(item, "audienceId");
      if (!isUuid(id)) continue;
      const span = valueSpan(document.root, [list, String(index), "audienceId"]);
      yield [id.toLowerCase(), { list, type: memberOf(item, "type"), span }];
    }
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}
