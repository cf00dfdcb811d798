import type { Reach } from "../../domain/model.ts";
import { describe } from "../../text/quote.ts";
import { expectObject, field, type Node, refuse, timestampOrNull } from "./wire-node.ts";

/** No evaluation is told: never taken for a finished one. */
const UNKNOWN: Reach = { status: "unknown", evaluatedCount: null, evaluatedAt: null, isStale: null };

/**
 * Decodes `audience.reach`. Missing or null is `unknown`, never `ok`; a count that is no whole number is dropped,
 * but with `ok`, where it would be believed, it is an error. Source: API sheet, 7 and 18: 14.
 *
 * @throws ApiResponseError
 */
export function decodeReach(node: Node): Reach {
  if (node.value === undefined || node.value === null) return UNKNOWN;
  expectObject(node);
  const status = field(node, "status").value;
  const word = typeof status === "string" && status !== "" ? status : UNKNOWN.status;
  return {
    status: word,
    evaluatedCount: decodeCount(field(node, "evaluatedCount"), word),
    evaluatedAt: timestampOrNull(field(node, "evaluatedAt").value),
    isStale: decodeStale(field(node, "isStale").value),
  };
}

function decodeCount(node: Node, status: string): number | null {
  const { value } = node;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  if (status !== "ok" || value === undefined || value === null) return null;
  throw refuse(node, `expected a count of people, found ${describe(value)}`);
}

/** Anything but a plain yes or no is not trusted: stale. */
function decodeStale(value: unknown): boolean | null {
  if (value === undefined || value === null) return null;
  return value !== false;
}
