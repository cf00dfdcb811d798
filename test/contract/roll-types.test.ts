import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { rollTypes } from "../../scripts/roll-types.mjs";
import { makeWorkspace } from "../support/program/cli.ts";

/** The types of a package whose entry is `index.d.ts`, in one file. */
function rolled(files: Readonly<Record<string, string>>): string {
  const folder = makeWorkspace({});
  onTestFinished(folder.remove);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  return rollTypes(join(folder.path, "index.d.ts"));
}

test("the types of the library are one file: what it exports, and what that names, with the comments", () => {
  const text = rolled({
    "index.d.ts":
      '/**\n * A box.\n */\nexport { open } from "./open.ts";\nexport type * from "./model.ts";\nexport {};\n',
    "open.d.ts":
      'import type { Box } from "./model.ts";\ntype Options = { Box: number };\n/** Opens it. */\nexport declare function open(Box: Box, options?: Options): void;\nexport declare const unused: 1;\n',
    "model.d.ts":
      'import type { Socket } from "node:net";\nimport { type Node } from "yaml";\nimport type { Options } from "./other.ts";\nexport type Box = { socket: Socket; node: Node; options: Options };\n',
    "other.d.ts": "/** Others. */\nexport type Options = {};\n",
  });
  expect(text).toBe(
    [
      "/**\n * A box.\n */",
      'import type { Socket } from "node:net";',
      "type Node = unknown;",
      "/** Opens it. */",
      "export declare function open(Box: Box, options?: Options_3): void;",
      "export type Box = { socket: Socket; node: Node; options: Options };",
      "/** Others. */",
      "type Options = {};",
      "type Options_3 = { Box: number };",
      "export {};\n",
    ].join("\n"),
  );
});

test("a type that cannot be rolled fails the build", () => {
  const files = { "index.d.ts": 'export type A = import("./b.ts").B;\n', "b.d.ts": "export type B = 1;\n" };
  expect(() => rolled(files)).toThrow("A type has an import() in it, which cannot be rolled. Name it.");
});
