import { readFileSync } from "node:fs";

/** A file of the examples of this package: two levels above the bundled program in `dist/chunks/`, and above this file. */
export function readExample(name: string): string {
  return readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8");
}
