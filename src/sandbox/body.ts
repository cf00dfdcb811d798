import type { IncomingMessage } from "node:http";
import { type ApiRefusal, invalid } from "./reply.ts";
import type { ServerSwitches } from "./world/switches.ts";

/** The documented limit of a body: 10 MB (sheet, section 16, status 413). */
const MAX_BYTES = 10 * 1024 * 1024;

/** Reads a whole body as text; null when it is over 10 MB, of which no more is then kept. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > MAX_BYTES ? null : Buffer.concat(chunks).toString("utf8");
}

/** The value of a body, or the refusal of what is no JSON. */
export type JsonBody =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "refused"; readonly refusal: ApiRefusal };

/** Parses a body that must be JSON and say so. */
export function parseJsonBody(
  text: string,
  contentType: string | undefined,
  switches: ServerSwitches,
): JsonBody {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== "application/json") {
    const problem = `must be application/json, not ${mediaType ?? "missing"}`;
    return { kind: "refused", refusal: invalid(switches, "content-type", problem) };
  }
  try {
    return { kind: "json", value: JSON.parse(text) };
  } catch {
    return { kind: "refused", refusal: invalid(switches, "body", "is not valid JSON") };
  }
}

/** The media type of a content type, in lower case and without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(";")[0]?.trim().toLowerCase();
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
