import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSources, type SourceFile } from "../support/architecture/modules.ts";
import { syntaxOf } from "../support/architecture/syntax.ts";
import { ROOT } from "../support/program/cli.ts";

const SOURCES = readSources();

/** What a file declares, which is read where it matters. */
const known = new Map<SourceFile, ReadonlySet<string>>();

function declaredIn(source: SourceFile): ReadonlySet<string> {
  const declared = known.get(source) ?? syntaxOf(source.file, source.text).declared;
  known.set(source, declared);
  return declared;
}

/** What is not where a page says, or nowhere. */
function lostIn(text: string, sources: readonly SourceFile[]): readonly string[] {
  const isIn = (name: string, place: string): boolean =>
    sources.some(
      (source) => source.file.startsWith(place) && source.text.includes(name) && declaredIn(source).has(name),
    );
  const named = [...text.matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(([, name = ""]) => name);
  const placed = [...text.matchAll(/`(\w+)`(?: \(|, )`src\/([\w/-]+(?:\/|\.ts))`/g)];
  const files = [...text.matchAll(/`src\/([\w/-]+\.ts)`/g)].map(([, file = ""]) => file);
  return [
    ...named.filter((name) => !isIn(name, "")),
    ...placed.flatMap(([, name = "", place = ""]) => (isIn(name, place) ? [] : [`${name} in ${place}`])),
    ...files.filter((place) => !sources.some(({ file }) => file === place)),
  ];
}

describe.each(["docs/concepts.md", "docs/review.md", "CONTRIBUTING.md"])("%s", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");

  test("names functions and files that are there, where it says", () => {
    expect(lostIn(text, SOURCES)).toEqual([]);
  });

  test("is seen to name what is not there", () => {
    const [name = "", file = ""] = ["digestOf", "plan/digest.ts"];
    const others = SOURCES.filter((source) => source.file !== file);
    const renamed = `${text}\nThe \`${name}\` (\`src/${file}\`).\n`;
    expect(lostIn(renamed, SOURCES)).toEqual([]);
    expect(lostIn(renamed, others)).toContain(`${name} in ${file}`);
    expect(lostIn(renamed, others)).toContain(file);
    expect(lostIn(`${text}\nThe \`noSuchFunction\`.`, SOURCES)).toEqual(["noSuchFunction"]);
  });
});
