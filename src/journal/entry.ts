import type { WriteStep } from "../ports.ts";
import { isUuid } from "../uuid.ts";

/** The journal's own version. A line of another one is not understood. */
const FORMAT = 1;

const STEPS: readonly unknown[] = ["sending", "accepted", "not-accepted", "settled"] satisfies WriteStep[];

/** What all lines of one run say: whose they are. */
export type RunFacts = {
  readonly run: string;
  readonly pid: number;
  readonly host: string;
  readonly apiUrl: string;
  readonly planDigest: string;
};

/** One line: a step of one write. `at` is ISO 8601. No audience, no answer and no secret is in it. */
export type Entry = RunFacts & {
  readonly at: string;
  readonly campaignId: string;
  readonly step: WriteStep;
};

/** One entry as a line of JSON, with its line end. */
export function encodeEntry(entry: Entry): string {
  return `${JSON.stringify({ format: FORMAT, ...entry })}\n`;
}

/** The entry of a line; null when it is damaged or of another version. */
export function decodeEntry(line: string): Entry | null {
  const value = parse(line);
  if (typeof value !== "object" || value === null) return null;
  const { format, run, pid, host, apiUrl, planDigest, at, campaignId, step } = value as Record<
    string,
    unknown
  >;
  if (format !== FORMAT || !isUuid(run) || !isUuid(campaignId) || !isStep(step) || !isPid(pid)) return null;
  if (!isText(host) || !isText(apiUrl) || !isText(planDigest) || !isText(at)) return null;
  if (Number.isNaN(Date.parse(at))) return null;
  return { run, pid, host, apiUrl, planDigest, at: new Date(at).toISOString(), campaignId, step };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isStep(value: unknown): value is WriteStep {
  return STEPS.includes(value);
}

function isPid(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
