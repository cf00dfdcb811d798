import { deflateRawSync, inflateRawSync } from "node:zlib";
import { isSha } from "../run/event-payload.ts";
import type { CommentHeader, CommentState } from "../run/model.ts";
import { planMarker } from "./marker.ts";
import { packLabels, unpackLabels } from "./plan-labels.ts";
import { packReviewed, unpackReviewed } from "./reviewed-wire.ts";

/** The header format this program writes, and the only one it reads. */
const HEADER_VERSION = 1;

/** Far more than any header of ours inflates to; a bomb stops here. */
const MAX_INFLATED = 4 * 1024 * 1024;

const STATES: readonly unknown[] = ["planned", "applied", "refused"] satisfies readonly CommentState[];

/**
 * The hidden line that a plan comment begins with, without a newline:
 * `<!-- campaignctl:plan KEY DATA -->`, DATA being base64url of deflated JSON. Nothing in it can end the HTML comment.
 */
export function encodeHeader({ target, commit, api, state, reviewed, labels = [] }: CommentHeader): string {
  const json = JSON.stringify({
    v: HEADER_VERSION,
    c: commit,
    a: api,
    s: state,
    r: packReviewed(reviewed),
    l: labels.length === 0 ? undefined : packLabels(labels),
  });
  return `${planMarker(target)}${deflateRawSync(json, { level: 9 }).toString("base64url")}${HEADER_END}`;
}

const HEADER_END = " -->";

/**
 * The header of a comment's body, when it is one for this target. Only the very first characters count, so a quoted
 * header is none. Null for whatever is odd: not base64url, too large, of another version or shape. Never throws.
 */
export function decodeHeader(body: string, targetKey: string): CommentHeader | null {
  const start = planMarker(targetKey);
  if (!body.startsWith(start)) return null;
  const line = body.slice(start.length).split(/\r?\n/, 1)[0] ?? "";
  if (!line.endsWith(HEADER_END)) return null;
  const data = line.slice(0, -HEADER_END.length);
  return /^[\w-]+$/.test(data) ? readHeader(inflated(data), targetKey) : null;
}

/** A body without its hidden first line. */
export function visiblePart(body: string): string {
  return body.replace(/^<!-- campaignctl:plan [^\n]*-->\r?(?:\n|$)/, "").trim();
}

function inflated(data: string): unknown {
  try {
    const bytes = inflateRawSync(Buffer.from(data, "base64url"), { maxOutputLength: MAX_INFLATED });
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // Whatever the reason, this is no header that we wrote: `readHeader` refuses null.
    return null;
  }
}

function readHeader(value: unknown, target: string): CommentHeader | null {
  const { v, c: commit, a: api, s: state, r, l }: Readonly<Record<string, unknown>> = Object(value);
  const reviewed = unpackReviewed(r);
  if (v !== HEADER_VERSION || reviewed === null || !isState(state)) return null;
  if (typeof commit !== "string" || !isSha(commit)) return null;
  const labels = typeof l === "string" ? { labels: unpackLabels(l) } : {};
  if (api === undefined) return { target, commit, state, reviewed, ...labels };
  return isApiDigest(api) ? { target, commit, api, state, reviewed, ...labels } : null;
}

function isApiDigest(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{16}$/.test(value);
}

function isState(value: unknown): value is CommentState {
  return STATES.includes(value);
}
