import { ApiResponseError } from "../../domain/errors.ts";
import { describe } from "../../text/quote.ts";

/** A value inside an answer, with its place, so that a complaint can name it. */
export type Node = {
  readonly value: unknown;
  /** What it stands in, and under which key or index there; null at the top of the body. */
  readonly place: { readonly parent: Node; readonly key: string | number } | null;
  readonly facts: { readonly status: number; readonly correlationId: string | null };
};

/** The value of an object's own field; `undefined` when it has none, or when the parent is no object. */
export function field(parent: Node, name: string): Node {
  const { value, facts } = parent;
  const own = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return { value: own, place: { parent, key: name }, facts };
}

/** One entry of a list. */
export function at(list: Node, index: number, value: unknown): Node {
  return { value, place: { parent: list, key: index }, facts: list.facts };
}

/** The node itself. @throws ApiResponseError when its value is not a JSON object. */
export function expectObject(node: Node): Node {
  if (isObject(node.value)) return node;
  throw refuse(node, `expected an object, found ${describe(node.value)}`);
}

/** The error for an answer that cannot be understood at one place. */
export function refuse(node: Node, complaint: string): ApiResponseError {
  const pointer = pointerOf(node);
  const place = pointer === "" ? "at the top" : `at ${pointer}`;
  return new ApiResponseError(`The API's answer cannot be understood ${place}: ${complaint}.`, {
    ...node.facts,
    pointer,
  });
}

/** JSON pointer from the top of the body. Most nodes are never complained of, so it is made for a complaint alone. */
function pointerOf({ place }: Node): string {
  return place === null ? "" : `${pointerOf(place.parent)}/${place.key}`;
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** A time stamp with its zone, as the server gave it; null for anything else. */
export function timestampOrNull(value: unknown): string | null {
  if (typeof value !== "string" || !RFC_3339.test(value)) return null;
  return Number.isNaN(Date.parse(value)) ? null : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
