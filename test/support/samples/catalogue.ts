import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { namesOf } from "../../../src/catalogue/names.ts";
import { readCatalogue } from "../../../src/catalogue/read-catalogue.ts";
import { file, place } from "./declarations.ts";

/** The id of the n-th audience of a catalogue. */
export const idOf = (n: number): string => `a1b2c3d4-0000-0000-0000-${String(n).padStart(12, "0")}`;

/** A line of `audiences`: a segment with the n-th id, and whatever else. */
export const entry = (name: string, n: number, more = ""): string =>
  `  ${name}: { audienceId: ${idOf(n)}, type: segment${more} }\n`;

/** The catalogue of a text without a mistake. */
export function catalogueOf(text: string): Catalogue {
  const { catalogue, diagnostics } = readCatalogue(file("audiences.yaml", text));
  if (catalogue === null) throw new Error(diagnostics.map(({ detail }) => detail).join("\n"));
  return catalogue;
}

/** The names of a text without a mistake. */
export function namesIn(text: string, environment: string | null = null) {
  return namesOf(catalogueOf(text), environment);
}

/** What is told of a catalogue, each as `code line:column`, and the details of it. */
export function toldOfCatalogue(text: string) {
  const { diagnostics } = readCatalogue(file("audiences.yaml", text));
  return { told: diagnostics.map(place), details: diagnostics.map(({ detail }) => detail).join("\n") };
}
