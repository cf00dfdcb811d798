import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSources, type SourceFile } from "../support/architecture/modules.ts";
import { ROOT } from "../support/program/cli.ts";

/** A file on the way from a campaign's file to its `PUT`, as docs/concepts.md has it. */
type Step = { readonly number: string; readonly file: string; readonly name: string; readonly from: string };

const SOURCES = readSources();

const STEPS = stepsIn(readFileSync(join(ROOT, "docs/concepts.md"), "utf8"));

function stepsIn(text: string): readonly Step[] {
  const row = /^\| (\d+) +\| `src\/(\S+)` +\| `(\w+)` +\| (.+?) +\|$/gm;
  return [...text.matchAll(row)].map(([, number = "", file = "", name = "", from = ""]) => ({
    ...{ number, file, name, from },
  }));
}

/** Where a step is not handed the campaign by the one that it names. */
function gaps(steps: readonly Step[], sources: readonly SourceFile[]): readonly string[] {
  return steps
    .filter((step, index) => !isReached(step, steps.slice(0, index), sources))
    .map(({ file }) => file);
}

function isReached(
  { file, name, from }: Step,
  before: readonly Step[],
  sources: readonly SourceFile[],
): boolean {
  if (from === "both front ends") {
    return ["action/", "cli/"].every((room) =>
      sources.some((source) => source.file.startsWith(room) && importsFrom(source, file).includes(name)),
    );
  }
  const [, number, port] = /^(\d+)(?:, (?:as|for an) `(\w+)`)?$/.exec(from) ?? [];
  const caller = before.find((step) => step.number === number);
  const [calling, called] = [caller?.file, file].map((of) => sources.find((source) => source.file === of));
  if (calling === undefined || called === undefined) return false;
  if (port === undefined) return importsFrom(calling, file).includes(name);
  // Who calls knows the port only; who is called makes or is one.
  const places = [file, "domain/ports.ts"];
  const knows = places.some((place) => importsFrom(calling, place).includes(port));
  return knows && new RegExp(`\\b${port}\\b`).test(called.text);
}

/** The names that a module imports of a file, types too. */
function importsFrom({ file, text }: SourceFile, from: string): readonly string[] {
  const up = "../".repeat(file.split("/").length - 1);
  const near = from.startsWith(`${file.split("/").slice(0, -1).join("/")}/`);
  const path = near ? `./${from.split("/").at(-1)}` : `${up}${from}`;
  return [...text.matchAll(/^import (?:type )?\{([^}]+)\} from "([^"]+)";$/gm)]
    .filter(([, , source]) => source === path)
    .flatMap(([, names = ""]) => names.split(",").map((each) => each.replace(/\btype\b/, "").trim()));
}

describe("the way from a campaign's file to its PUT, as docs/concepts.md has it", () => {
  test("is at most 14 files, each once", () => {
    const files = STEPS.map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
    expect(files.length).toBeGreaterThan(8);
    expect(files.length).toBeLessThanOrEqual(14);
    expect(STEPS.map(({ number }) => Number(number))).toEqual(files.map((_, index) => index + 1));
  });

  test.each(STEPS)("$file exports $name", ({ file, name }) => {
    const text = SOURCES.find((source) => source.file === file)?.text;
    expect(text).toMatch(new RegExp(`^export (?:async )?function\\*? ${name}\\b`, "m"));
  });

  test("leads from file to file without a gap, from the front ends to the socket", () => {
    expect(gaps(STEPS, SOURCES)).toEqual([]);
    expect(STEPS.at(-1)?.file).toBe("http/http.ts");
  });

  test("is seen to have a gap where a file is left out of it", () => {
    const without = STEPS.filter(({ file }) => file !== "apply/write-campaign.ts");
    expect(gaps(without, SOURCES)).toEqual(["experiture/writer.ts"]);
  });

  test("is seen to have a gap where a file comes in between", () => {
    const between = SOURCES.map((source) =>
      source.file === "commands/apply.ts"
        ? { ...source, text: source.text.replace("../apply/apply-plan.ts", "../apply/pass-through.ts") }
        : source,
    );
    expect(gaps(STEPS, between)).toEqual(["apply/apply-plan.ts"]);
  });
});
