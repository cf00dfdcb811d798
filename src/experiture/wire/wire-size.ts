import type { PreviewedSize } from "../../domain/ports.ts";
import { type AnswerFacts, decodeEnvelope } from "./wire.ts";
import { field, type Node, refuse } from "./wire-node.ts";

/** As few sample records as can be asked for: 1 (API sheet, 14). */
export function encodePreview(): string {
  return JSON.stringify({ limit: 1 });
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** Headers that say when, and how long to wait. */
const KEPT_HEADERS = ["date", "retry-after"];

const UUID_FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What may be kept of an answer to a preview. Its sample record is a real person, and nobody knows where else in it, or in
 * a refusal, something of a person stands: so what stays is made anew from a count and a yes or no. A correlation id stays
 * in the one form that the documentation shows.
 */
export function siftPreview<A extends Answer>(answer: A): A {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(
      ([name, value]) =>
        KEPT_HEADERS.includes(name) || (name === "x-correlation-id" && UUID_FORM.test(value)),
    ),
  );
  return { ...answer, headers, body: answer.status === 200 ? siftBody(answer.body) : "" };
}

function siftBody(body: string | null): string {
  const facts = { status: 200, correlationId: null };
  const envelope: Node = { value: parsed(body), place: null, facts };
  const { value: success = true } = field(envelope, "success");
  if (success !== true) return "{}";
  const data = field(envelope, "data");
  const { value: count } = field(data, "matchCount");
  const { value: isExact } = field(data, "isExact");
  return JSON.stringify({
    data: {
      ...(isCount(count) ? { matchCount: count } : {}),
      ...(typeof isExact === "boolean" ? { isExact } : {}),
    },
  });
}

function parsed(body: string | null): unknown {
  try {
    const value: unknown = JSON.parse(body ?? "");
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Decodes what {@link siftPreview} left of an accepted preview.
 *
 * @throws ApiResponseError where it has no count.
 */
export function decodeSize(body: unknown, facts: AnswerFacts): PreviewedSize {
  const data = decodeEnvelope(body, facts);
  const matchCount = field(data, "matchCount");
  const { value: isExact } = field(data, "isExact");
  if (!isCount(matchCount.value)) throw refuse(matchCount, "there is no count of people");
  return { count: matchCount.value, isExact: typeof isExact === "boolean" ? isExact : null };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
