import jsonPatch, { type Operation as PatchOperation } from "fast-json-patch";
import { sameBinding } from "../domain/binding.ts";
import { compare } from "../domain/compare.ts";
import type { AudienceBinding, AudienceRef, AudienceType, Direction, Operation } from "../domain/model.ts";

/** A binding keyed by audience id: `{ include: { ID: type }, exclude: { ID: type } }`. What operations address. */
export type KeyedBinding = {
  readonly include: Readonly<Record<string, AudienceType>>;
  readonly exclude: Readonly<Record<string, AudienceType>>;
};

/** What the change of one audience does to the number of people. */
export type Effect = Exclude<Direction, "none">;

/** An operation on one audience: every one but a `test`, which is of a whole list. */
export type EntryOperation = Exclude<Operation, { readonly op: "test" }>;

/** What leads from one binding to another, and what that does to the number of people. */
export type Difference = { readonly operations: readonly Operation[]; readonly direction: Direction };

/**
 * Compares two canonical bindings as sets. No difference gives no operations at all; otherwise they begin with a
 * `test` of both whole lists of `before`, so that applying them to a binding that has moved fails.
 */
export function diffBindings(before: AudienceBinding, after: AudienceBinding): Difference {
  // Most are as declared.
  if (sameBinding(before, after)) return { operations: [], direction: "none" };
  const from = keyed(before);
  const changes = jsonPatch.compare(from, keyed(after)).map(toOperation).sort(byPath);
  return {
    operations: [
      { op: "test", path: "/include", value: from.include },
      { op: "test", path: "/exclude", value: from.exclude },
      ...changes,
    ],
    direction: directionOf(changes),
  };
}

/** Keys a binding by audience id, in its canonical order. */
export function keyed(binding: AudienceBinding): KeyedBinding {
  return { include: keyedList(binding.include), exclude: keyedList(binding.exclude) };
}

function keyedList(list: readonly AudienceRef[]): Record<string, AudienceType> {
  return Object.fromEntries(list.map((ref) => [ref.audienceId, ref.type]));
}

function toOperation(operation: PatchOperation): EntryOperation {
  switch (operation.op) {
    case "add":
    case "replace":
      return { op: operation.op, path: operation.path, value: operation.value as AudienceType };
    case "remove":
      return { op: "remove", path: operation.path };
    default:
      throw new Error(`A comparison of sets made an operation it cannot make: ${operation.op}.`);
  }
}

function byPath(a: Operation, b: Operation): number {
  // Includes first, as people read them, then by id. A path occurs once.
  const list = (operation: Operation) => (operation.path.startsWith("/include/") ? 0 : 1);
  return list(a) - list(b) || compare(a.path, b.path);
}

function directionOf(changes: readonly EntryOperation[]): Direction {
  const [effect = "none", ...others] = new Set(changes.map(effectOf));
  return others.length === 0 ? effect : "mixed";
}

/** An include more or an exclude less can only reach more people; the reverse only fewer; another type either. */
export function effectOf(operation: EntryOperation): Effect {
  if (operation.op === "replace") return "mixed";
  return operation.path.startsWith("/include/") === (operation.op === "add") ? "widens" : "narrows";
}
