import type { DiagnosticCode } from "../domain/diagnostics.ts";
import type { SchemaError } from "../schema/schema-error.ts";
import type { Validator } from "../schema/validator.ts";
import type { Path } from "./locate.ts";

/** A kind of file: its schema, and the words that explain it. */
export type Shape = {
  readonly validate: Validator;
  /** What a file of this kind is called in messages. */
  readonly name: string;
  /**
   * What belongs where, in words that follow "must be". Keys are paths joined by `/`, with `*` for a list index or for
   * a key that is free; the empty key is the whole file. Also the list of known keys.
   */
  readonly expected: Readonly<Record<string, string>>;
  /** Of maps whose keys are free: how a key must look, by the place of the map. Left out: as names of environments do. */
  readonly names?: Readonly<Record<string, string>>;
  /** Places, written as in `expected`, that hold UUIDs. */
  readonly ids: readonly string[];
  /** Places whose mistakes have a code and a detail of their own, in place of the usual ones. */
  readonly special?: (place: string, error: SchemaError, value: unknown) => SpecialFault | null;
};

/** See {@link Shape}. */
export type SpecialFault = { readonly code: DiagnosticCode; readonly detail: string };

/** The words for what is in a map, as a part of the words for the whole file. */
export function below(
  place: string,
  words: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [`${place}/${name}`, text]));
}

/** The key of `expected` that speaks of a path; the path itself, joined by `/`, when none does. */
export function placeOf(shape: Shape, path: Path): string {
  for (const place of Object.keys(shape.expected)) {
    const parts = place.split("/");
    if (parts.length === path.length && parts.every((part, index) => part === "*" || part === path[index])) {
      return place;
    }
  }
  return path.join("/");
}

/** The keys that a map at a place may have; empty when its keys are free. */
export function knownKeys(shape: Shape, place: string): readonly string[] {
  const prefix = place === "" ? "" : `${place}/`;
  return Object.keys(shape.expected)
    .filter((other) => other.startsWith(prefix))
    .map((other) => other.slice(prefix.length))
    .filter((rest) => rest !== "" && rest !== "*" && !rest.includes("/"));
}
