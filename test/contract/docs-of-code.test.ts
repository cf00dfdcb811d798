import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Module, readModules } from "../support/architecture/modules.ts";
import { ROOT } from "../support/program/cli.ts";

const MODULES = readModules();

/** What is not where a page says, or nowhere. */
function lostIn(text: string, modules: readonly Module[]): readonly string[] {
  const isIn = (name: string, place: string): boolean =>
    modules.some(({ file, declared }) => file.startsWith(place) && declared.has(name));
  const named = [...text.matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(([, name = ""]) => name);
  const placed = [...text.matchAll(/`(\w+)`(?: \(|, )`src\/([\w/-]+(?:\/|\.ts))`/g)];
  const files = [...text.matchAll(/`src\/([\w/-]+\.ts)`/g)].map(([, file = ""]) => file);
  return [
    ...named.filter((name) => !isIn(name, "")),
    ...placed.flatMap(([, name = "", place = ""]) => (isIn(name, place) ? [] : [`${name} in ${place}`])),
    ...files.filter((place) => !modules.some(({ file }) => file === place)),
  ];
}

describe.each(["docs/concepts.md", "docs/review.md", "CONTRIBUTING.md"])("%s", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");

  test("names functions and files that are there, where it says", () => {
    expect(lostIn(text, MODULES)).toEqual([]);
  });

  test("is seen to name what is not there", () => {
    const [name = "", file = ""] = ["digestOf", "plan/digest.ts"];
    const others = MODULES.filter((module) => module.file !== file);
    const renamed = `${text}\nThe \`${name}\` (\`src/${file}\`).\n`;
    expect(lostIn(renamed, MODULES)).toEqual([]);
    expect(lostIn(renamed, others)).toContain(`${name} in ${file}`);
    expect(lostIn(renamed, others)).toContain(file);
    expect(lostIn(`${text}\nThe \`noSuchFunction\`.`, MODULES)).toEqual(["noSuchFunction"]);
  });
});
